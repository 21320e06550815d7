import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { connect, without } from './support/client.js';
import {
  about,
  alike,
  BOILING_POINT,
  events,
  item,
  order,
  responseOf,
  shown,
  TEXT_ORDER,
  textOf,
  unique,
} from './support/scene.js';

const { client, sent } = await connect();

test('a response is made', async () => {
  const text = unique('hello');

  const response = await client.responses.create(about(text, { instructions: 'Be kind.', metadata: { topic: 'x' } }));

  assert.equal(response.object, 'response');
  assert.match(response.id, /^resp_\w{32,}$/);
  assert.equal(response.status, 'completed');
  assert.equal(response.model, 'scripted-model');
  assert.equal(response.output_text, `You said: ${text}`);
  assert.equal(response.instructions, 'Be kind.');
  assert.deepEqual(response.metadata, { topic: 'x' });
  assert.equal(response.error, null);
  assert.equal(response.incomplete_details, null);
  assert.equal(response.store, true);
  assert.equal(response.parallel_tool_calls, true);
  assert.deepEqual(response.tools, []);
  assert.equal(response.tool_choice, 'auto');
  assert.equal(response.text.format.type, 'text');
  assert.ok(Number.isInteger(response.created_at) && response.completed_at >= response.created_at);
  const { usage } = response;
  assert.deepEqual([usage.input_tokens, usage.output_tokens, usage.total_tokens], [12, 3, 15]);
  assert.equal(usage.input_tokens_details.cached_tokens, 0);
  assert.equal(usage.output_tokens_details.reasoning_tokens, 0);
  const message = item(response, 'message');
  assert.match(message.id, /^msg_\w{32,}$/);
  assert.deepEqual(
    { ...message, id: '' },
    {
      id: '',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: `You said: ${text}`, annotations: [], logprobs: [] }],
    },
  );
  const [request, ...others] = await model.requests(text);
  assert.deepEqual(others, []);
  assert.deepEqual(shown(request), [
    ['system', 'Be kind.'],
    ['user', text],
  ]);
});

test('answers say which request they are to', async () => {
  const { response } = await client.responses.create(about('hello')).withResponse();

  assert.ok(response.headers.get('x-request-id'));
});

test('a response is streamed event by event', async () => {
  const text = unique('hello');

  const seen = await events(await client.responses.create(about(text, { stream: true })));

  assert.deepEqual(order(seen), TEXT_ORDER);
  assert.ok(seen.filter(({ type }) => type === 'response.output_text.delta').length > 1, 'the text comes in pieces');
  assert.equal(textOf(seen), `You said: ${text}`);
  const { output } = responseOf(seen);
  assert.deepEqual(seen.find(({ type }) => type === 'response.output_item.done').item, output[0]);
  assert.equal(new Set(seen.filter(({ response }) => response).map(({ response }) => response.id)).size, 1);
});

const ANSWERS = {
  'a text': about('hello', { instructions: 'Be kind.', metadata: { a: 'b' }, temperature: 0.5, top_p: 0.9 }),
  'text of every script': about('Grüße, 你好, 👩‍👩‍👧‍👦, "quoted"\\\n\ttabbed  line'),
  reasoning: about('#think=reasoning hello'),
  'reasoning under its other name': about('#think=reasoning_content hello'),
  'a summary of reasoning': about('#think=reasoning hello', { reasoning: { effort: 'low', summary: 'auto' } }),
  'sealed reasoning': about('#think=reasoning hello', { store: false, include: ['reasoning.encrypted_content'] }),
  'a call': about('#tool', { tools: [BOILING_POINT] }),
  'a thought, then a call': about('#think=reasoning #tool', { tools: [BOILING_POINT] }),
  'a text, then a call': about('#text-and-tool', { tools: [BOILING_POINT] }),
  'two calls': about('#two-tools', { tools: [BOILING_POINT] }),
  'two calls at index zero': about('#tools-at-index-zero', { tools: [BOILING_POINT] }),
  'two calls of one id': about('#tools-of-one-id', { tools: [BOILING_POINT] }),
  'a call that is cut off': about('#cut-tool', { tools: [BOILING_POINT] }),
  'a call of a custom tool': about('#call=run_sql {"input":"select 1"}', {
    tools: [{ type: 'custom', name: 'run_sql', description: 'Runs SQL.' }],
  }),
  'a refusal': about('#refuse'),
  'probabilities of tokens': about('#logprobs', { include: ['message.output_text.logprobs'], top_logprobs: 1 }),
  'an answer that is cut off': about('#short', { max_output_tokens: 16 }),
  'an answer that is filtered': about('#filter'),
  'an answer in JSON': about('#json', { text: { format: { type: 'json_object' } } }),
};

for (const [name, body] of Object.entries(ANSWERS)) {
  test(`${name} is the same, streamed, accumulated, at once and read afterwards`, async () => {
    const whole = await client.responses.create(body);
    const seen = await events(await client.responses.create({ ...body, stream: true }));
    const accumulated = await client.responses.stream(body).finalResponse();

    assert.deepEqual(alike(responseOf(seen)), alike(whole));
    if (whole.status === 'completed' || !without('an end that is incomplete')) {
      assert.deepEqual(alike(accumulated), alike(whole));
    }
    assert.ok(
      seen.slice(0, -1).every(({ type }) => !/completed$|incomplete$|failed$/.test(type)),
      'only the last event ends the response',
    );
    if (body.store !== false) {
      assert.deepEqual(await client.responses.retrieve(whole.id, { include: body.include }), whole);
    }
  });
}

test('reasoning is an item of its own, before the answer', async () => {
  for (const field of ['reasoning', 'reasoning_content']) {
    const seen = await events(await client.responses.create(about(`#think=${field} hello`, { stream: true })));

    const { output } = responseOf(seen);
    assert.deepEqual(
      output.map(({ type }) => type),
      ['reasoning', 'message'],
    );
    assert.deepEqual(output[0].content, [{ type: 'reasoning_text', text: 'Let me think.' }]);
    assert.deepEqual(output[0].summary, []);
    assert.deepEqual(order(seen).slice(2, 8), [
      'output_item.added',
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
      'output_item.done',
    ]);
  }
});

test('a summary of reasoning is given to whom asks for it', async () => {
  const response = await client.responses.create(
    about('#think=reasoning hello', { reasoning: { effort: 'low', summary: 'auto' } }),
  );

  assert.equal(item(response, 'reasoning').summary[0].type, 'summary_text');
  assert.equal(response.reasoning.effort, 'low');
});

test('a refusal is a part of its own', async () => {
  const seen = await events(await client.responses.create(about('#refuse', { stream: true })));

  assert.deepEqual(item(responseOf(seen), 'message').content, [{ type: 'refusal', refusal: 'I will not.' }]);
  assert.deepEqual(order(seen).slice(3, 7), [
    'content_part.added',
    'refusal.delta',
    'refusal.done',
    'content_part.done',
  ]);
});

test('probabilities of tokens are given to whom asks for them', async () => {
  const response = await client.responses.create(
    about('#logprobs', { include: ['message.output_text.logprobs'], top_logprobs: 1 }),
  );

  const [part] = item(response, 'message').content;
  assert.deepEqual(part.logprobs, [
    {
      token: 'Yes',
      logprob: -0.25,
      bytes: [89, 101, 115],
      top_logprobs: [{ token: 'Yes', logprob: -0.25, bytes: [89, 101, 115] }],
    },
  ]);
  const plain = await client.responses.create(about('#logprobs'));
  assert.deepEqual(item(plain, 'message').content[0].logprobs, []);
});

test('an answer that was cut off says why', async () => {
  for (const [word, reason] of [
    ['#short', 'max_output_tokens'],
    ['#filter', 'content_filter'],
  ]) {
    const seen = await events(await client.responses.create(about(word, { stream: true })));

    const response = responseOf(seen);
    assert.equal(seen.at(-1).type, 'response.incomplete');
    assert.equal(response.status, 'incomplete');
    assert.deepEqual(response.incomplete_details, { reason });
    assert.equal(item(response, 'message').status, 'incomplete');
    assert.equal(item(response, 'message').content[0].text, 'Once upon');
    assert.equal(response.usage.total_tokens, 15);
  }
});

test('input may be a list of messages with parts', async () => {
  const text = unique('what is this?');
  const image = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/q842iQAAAABJRU5ErkJggg==';

  const response = await client.responses.create(
    about([
      { role: 'developer', content: 'Answer in verse.' },
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'good day' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text },
          { type: 'input_image', image_url: image, detail: 'low' },
        ],
      },
    ]),
  );

  assert.match(response.output_text, /^You said: what is this\?/);
  const [request] = await model.requests(text);
  assert.deepEqual(
    request.messages.map(({ role }) => role),
    ['system', 'user', 'assistant', 'user'],
  );
  assert.match(JSON.stringify(request.messages.at(-1)), /iVBORw0KGgo/);
});

