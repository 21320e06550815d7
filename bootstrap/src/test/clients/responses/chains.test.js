import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { BadRequestError, connect, NotFoundError } from './support/client.js';
import { about, all, BOILING_POINT, item, outputOf, shown, unique } from './support/scene.js';

const { client } = await connect();

const tools = [BOILING_POINT];

test('a chain remembers, and each of its forks only what came before', async () => {
  const texts = ['one', 'two', 'left', 'right'].map(unique);
  const first = await client.responses.create(about(texts[0], { instructions: 'Be kind.' }));
  const second = await client.responses.create(about(texts[1], { previous_response_id: first.id }));
  await client.responses.create(about(texts[2], { previous_response_id: second.id }));
  await client.responses.create(about(texts[3], { previous_response_id: second.id }));

  assert.equal(second.previous_response_id, first.id);
  const before = [texts[0], texts[1]].flatMap((text) => [
    ['user', text],
    ['assistant', `You said: ${text}`],
  ]);
  for (const text of texts.slice(2)) {
    const [request] = await model.requests(text);
    assert.deepEqual(shown(request), [...before, ['user', text]], 'instructions are not handed on');
  }
});

test('what was not stored can be sent again, thoughts included', async () => {
  const text = unique('#think=reasoning #tool');
  const settings = { tools, store: false, include: ['reasoning.encrypted_content'] };
  const input = [{ role: 'user', content: text }];

  const first = await client.responses.create(about(input, settings));
  assert.equal(first.store, false);
  const thought = item(first, 'reasoning');
  assert.ok(thought.encrypted_content);
  assert.doesNotMatch(thought.encrypted_content, /think/);
  input.push(...first.output, outputOf(item(first, 'function_call'), '100'));
  const second = await client.responses.create(about(input, settings));
  assert.equal(second.output_text, 'The tool says: 100');
  input.push(...second.output, { role: 'user', content: `again ${text.split(' ').at(-1)}` });
  const third = await client.responses.create(about(input, settings));

  assert.match(third.output_text, /^You said: again/);
  const [, again] = await model.requests(text);
  assert.deepEqual(
    again.messages.map(({ role }) => role),
    ['user', 'assistant', 'tool'],
  );
  const { reasoning, reasoning_content: content } = again.messages[1];
  assert.equal(reasoning ?? content, 'Let me think.', 'within a loop the model is shown what it thought');
  await assert.rejects(client.responses.retrieve(first.id), NotFoundError);
});

test('sealed thoughts are enough without the words', async () => {
  const text = unique('#think=reasoning #tool');
  const settings = { tools, store: false, include: ['reasoning.encrypted_content'] };
  const first = await client.responses.create(about(text, settings));
  const { id, type, summary, encrypted_content: sealed } = item(first, 'reasoning');
  const call = item(first, 'function_call');

  const replay = (thought) =>
    client.responses.create(about([{ role: 'user', content: text }, thought, call, outputOf(call, '100')], settings));
  await replay({ id, type, summary, encrypted_content: sealed });

  const [, again] = await model.requests(text);
  const { reasoning, reasoning_content: content } = again.messages.find(({ role }) => role === 'assistant');
  assert.equal(reasoning ?? content, 'Let me think.');
  await assert.rejects(
    replay({ id, type, summary, encrypted_content: 'nonsense' }),
    (error) => error instanceof BadRequestError && error.code === 'invalid_encrypted_content',
  );
});

test('stored items can be referred to', async () => {
  const text = unique('second');
  const first = await client.responses.create(about('#think=reasoning first'));

  const second = await client.responses.create(
    about([
      { role: 'user', content: 'first' },
      ...first.output.map(({ id }) => ({ type: 'item_reference', id })),
      { role: 'user', content: text },
    ]),
  );

  assert.equal(second.output_text, `You said: ${text}`);
  const [request] = await model.requests(text);
  assert.deepEqual(shown(request), [
    ['user', 'first'],
    ['assistant', 'You said: #think=reasoning first'],
    ['user', text],
  ]);
  await assert.rejects(
    client.responses.create(about([{ type: 'item_reference', id: `msg_${'0'.repeat(32)}` }])),
    (error) => error instanceof NotFoundError && error.param === 'input' && /not found/.test(error.message),
  );
});

test('the input of a response is listed with what came before it', async () => {
  const first = await client.responses.create(about('#tool', { tools }));
  const call = item(first, 'function_call');
  const second = await client.responses.create(
    about([outputOf(call, '100'), { role: 'user', content: 'so?' }], { tools, previous_response_id: first.id }),
  );

  const ascending = await all(client.responses.inputItems.list(second.id, { order: 'asc' }));
  const descending = await all(client.responses.inputItems.list(second.id));
  const paged = await all(client.responses.inputItems.list(second.id, { order: 'asc', limit: 1 }));

  assert.deepEqual(
    ascending.map(({ type }) => type),
    ['message', 'function_call', 'function_call_output', 'message'],
  );
  assert.deepEqual(ascending[0].content, [{ type: 'input_text', text: '#tool' }]);
  assert.deepEqual(ascending[1], call);
  assert.equal(ascending[2].output, '100');
  assert.ok(ascending.every(({ id }) => id));
  assert.deepEqual(descending, ascending.toReversed());
  assert.deepEqual(paged, ascending);
  const page = await client.responses.inputItems.list(second.id, { order: 'asc', limit: 2, after: ascending[0].id });
  assert.deepEqual(page.data, ascending.slice(1, 3));
  assert.equal(page.has_more, true);
});

test('a response is read until it is deleted', async () => {
  const { client: watched, sent } = await connect();
  const response = await watched.responses.create(about('hello'));
  assert.deepEqual(await watched.responses.retrieve(response.id), response);

  await watched.responses.delete(response.id);

  await assert.rejects(watched.responses.retrieve(response.id), NotFoundError);
  await assert.rejects(watched.responses.delete(response.id), NotFoundError);
  await assert.rejects(
    watched.responses.create(about('and?', { previous_response_id: response.id })),
    (error) => error instanceof BadRequestError && error.code === 'previous_response_not_found',
  );
  assert.equal(sent.length, 6);
});

test('what is included is chosen again by whoever reads', async () => {
  const response = await client.responses.create(about('#think=reasoning hello'));

  const plain = await client.responses.retrieve(response.id);
  const more = await client.responses.retrieve(response.id, { include: ['reasoning.encrypted_content'] });

  assert.equal(item(plain, 'reasoning').encrypted_content, undefined);
  assert.ok(item(more, 'reasoning').encrypted_content);
});

test('a response that has ended can be streamed', async () => {
  const response = await client.responses.create(about('hello'));

  const seen = await all(await client.responses.retrieve(response.id, { stream: true }));

  assert.equal(seen[0].type, 'response.created');
  assert.deepEqual(seen.at(-1).response.output, response.output);
});
