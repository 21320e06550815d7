import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import {
  APIError,
  BadRequestError,
  connect,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from './support/client.js';
import { about, all, unique } from './support/scene.js';

/** Whether an error is of this class, has these members, and tells nothing of the server's inside. */
const like = (type, members) => (error) => {
  assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
  for (const [name, wanted] of Object.entries(members)) {
    if (wanted instanceof RegExp) {
      assert.match(error[name], wanted);
    } else {
      assert.equal(error[name], wanted, name);
    }
  }
  assert.deepEqual(Object.keys(error.error).sort(), ['code', 'message', 'param', 'type']);
  assert.doesNotMatch(JSON.stringify(error.error), /Exception|dev\.parley|\bat [a-z]+\./);
  return true;
};

test('requests that can not be are refused with what is wrong with them, once', async () => {
  const { client, sent } = await connect();
  const refused = (body, code, param) =>
    assert.rejects(client.responses.create(body), like(BadRequestError, { status: 400, code, param }));
  const type = 'invalid_request_error';

  await refused({ input: 'hello' }, 'missing_required_parameter', 'model');
  await refused(about(5), 'invalid_type', 'input');
  await refused(about('hello', { temperature: 3 }), 'decimal_above_max_value', 'temperature');
  await refused(about('hello', { max_output_tokens: 1 }), 'integer_below_min_value', 'max_output_tokens');
  await refused(about('hello', { truncation: 'sometimes' }), 'invalid_value', 'truncation');
  await refused(about('hello', { include: ['everything'] }), 'invalid_value', 'include[0]');
  await refused(about([{ role: 'nobody', content: 'hello' }]), 'invalid_value', 'input[0].role');
  await refused(about([{ role: 'user', content: [{ type: 'smell' }] }]), 'invalid_value', 'input[0].content[0].type');
  await refused(about('hello', { metadata: { a: 'x'.repeat(513) } }), 'string_above_max_length', 'metadata.a');
  await refused(
    about('hello', { previous_response_id: `resp_${'0'.repeat(32)}` }),
    'previous_response_not_found',
    'previous_response_id',
  );
  await assert.rejects(client.responses.create({ input: 'hello' }), like(BadRequestError, { type, message: /model/ }));

  assert.equal(sent.length, 11);
});

test('a refusal comes as an answer of its own also when a stream was asked for', async () => {
  const { client } = await connect();

  await assert.rejects(
    client.responses.create(about('hello', { temperature: 3, stream: true })),
    like(BadRequestError, { param: 'temperature' }),
  );
});

test('what is not there is not found', async () => {
  const { client, sent } = await connect();
  const nobody = `resp_${'0'.repeat(32)}`;
  const notFound = like(NotFoundError, { status: 404, type: 'invalid_request_error', message: new RegExp(nobody) });

  await assert.rejects(client.responses.retrieve(nobody), notFound);
  await assert.rejects(client.responses.retrieve(nobody, { stream: true }), notFound);
  await assert.rejects(client.responses.delete(nobody), notFound);
  await assert.rejects(client.responses.cancel(nobody), notFound);
  await assert.rejects(client.responses.inputItems.list(nobody), notFound);
  await assert.rejects(client.responses.retrieve('resp_x'), like(NotFoundError, { status: 404 }));
  await assert.rejects(client.get('/nothing'), NotFoundError);

  assert.equal(sent.length, 7);
});

test('a model that nobody has is named', async () => {
  const { client, sent } = await connect();

  await assert.rejects(
    client.responses.create({ model: 'no-such-model', input: unique('hello') }),
    like(BadRequestError, { code: 'model_not_found', param: 'model', message: /no-such-model/ }),
  );
  assert.equal(sent.length, 1);
});

test('an input that is too long is told as such', async () => {
  const { client, sent } = await connect();

  await assert.rejects(
    client.responses.create(about(unique('#too-long'))),
    like(BadRequestError, { code: 'context_length_exceeded', param: 'input' }),
  );
  assert.equal(sent.length, 1);
});

test('an engine that is busy or down is told as such', async () => {
  const { client } = await connect({ maxRetries: 0 });

  await assert.rejects(
    client.responses.create(about(unique('#busy'))),
    like(RateLimitError, { status: 429, code: 'rate_limit_exceeded' }),
  );
  await assert.rejects(client.responses.create(about(unique('#down'))), like(InternalServerError, {}));
});

test('a response that breaks after it began is not made again', async () => {
  const { client, sent } = await connect();
  const text = unique('#cut');

  await assert.rejects(client.responses.create(about(text)), like(InternalServerError, {}));

  assert.equal(sent.length, 1);
  assert.equal((await model.requests(text)).length, 1);
});

test('a stream that breaks ends in an error', async () => {
  const { client, sent } = await connect();
  const text = unique('#cut');
  const seen = [];

  await assert.rejects(async () => {
    for await (const event of await client.responses.create(about(text, { stream: true }))) {
      seen.push(event);
    }
  }, APIError);
  await assert.rejects(client.responses.stream(about(text)).finalResponse(), APIError);

  assert.equal(seen.find(({ type }) => type === 'response.output_text.delta').delta, 'Once ');
  assert.equal(sent.length, 2);
});

test('the wire tells of a broken stream in both words, and ends properly', async () => {
  const { client } = await connect();
  const response = await client.responses.create(about(unique('#cut'), { stream: true })).asResponse();

  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
  assert.equal(lines.pop(), 'data: [DONE]');
  const seen = lines.map((line) => JSON.parse(line.slice('data: '.length)));
  const [error, failed] = seen.slice(-2);
  assert.equal(error.type, 'error');
  assert.ok(error.message && error.error.message);
  assert.equal(failed.type, 'response.failed');
  assert.equal(failed.response.status, 'failed');
  assert.equal(failed.response.error.code, 'server_error');
  assert.deepEqual(
    seen.map(({ sequence_number }) => sequence_number),
    [...seen.keys()],
  );
  const [message] = failed.response.output;
  assert.deepEqual([message.status, message.content[0].text], ['incomplete', 'Once ']);
});

test('bodies that are no JSON, and methods that are not served, get the same form of error', async () => {
  const { client } = await connect();
  const url = `${client.baseURL}/responses`;
  const headers = { 'content-type': 'application/json' };

  for (const [init, status] of [
    [{ method: 'POST', headers, body: '{' }, 400],
    [{ method: 'POST', headers, body: '[]' }, 400],
    [{ method: 'PUT', headers, body: '{}' }, 405],
  ]) {
    const response = await fetch(url, init);
    assert.equal(response.status, status);
    const { error } = await response.json();
    assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type'], init.body);
  }
});

test('a reader that leaves takes the model with it', async () => {
  const { client } = await connect();
  const name = unique('g').replace(' ', '-');
  const stream = await client.responses.create(about(`#pause=${name}`, { stream: true }));
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') {
      break;
    }
  }

  await model.abandoned(name);
});

test('what a list can not be asked for is refused', async () => {
  const { client } = await connect();
  const { id } = await client.responses.create(about('hello'));

  await assert.rejects(all(client.responses.inputItems.list(id, { limit: 0 })), like(BadRequestError, { param: 'limit' }));
  await assert.rejects(all(client.responses.inputItems.list(id, { limit: 101 })), like(BadRequestError, { param: 'limit' }));
  await assert.rejects(
    all(client.responses.inputItems.list(id, { order: 'up' })),
    like(BadRequestError, { param: 'order' }),
  );
  await assert.rejects(all(client.responses.inputItems.list(id, { after: 'msg_nobody' })), APIError);
});
