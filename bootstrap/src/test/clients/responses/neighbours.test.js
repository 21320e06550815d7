import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { APIError, BadRequestError, connect, NotFoundError, without } from './support/client.js';
import { about, all, MODEL, shown, unique } from './support/scene.js';

const { client } = await connect();

test('models are listed and read', async () => {
  const models = await all(client.models.list());

  const listed = models.find(({ id }) => id === MODEL);
  assert.equal(listed.object, 'model');
  assert.ok(Number.isInteger(listed.created));
  assert.equal(typeof listed.owned_by, 'string');
  assert.deepEqual({ ...(await client.models.retrieve(MODEL)) }, { ...listed });
  await assert.rejects(client.models.retrieve('no-such-model'), NotFoundError);
});

test('tokens of an input are counted', { skip: without('inputTokens') }, async () => {
  const short = await client.responses.inputTokens.count(about('hello'));
  const long = await client.responses.inputTokens.count(about('hello, and then hello again, and once more'));

  assert.equal(short.object, 'response.input_tokens');
  assert.ok(short.input_tokens > 0);
  assert.ok(long.input_tokens > short.input_tokens);
});

test('a context is compacted, and what comes of it is an input', {
  skip: without('compact'),
}, async () => {
  const text = unique('hello');
  const first = await client.responses.create(about(text));

  const compacted = await client.responses.compact({ model: MODEL, previous_response_id: first.id });

  assert.equal(compacted.object, 'response.compaction');
  const compaction = compacted.output.at(-1);
  assert.equal(compaction.type, 'compaction');
  assert.ok(compaction.encrypted_content);
  assert.doesNotMatch(compaction.encrypted_content, /hello|said/);
  const next = unique('go on');
  const response = await client.responses.create(about([...compacted.output, { role: 'user', content: next }]));
  assert.equal(response.output_text, `You said: ${next}`);
  const [request] = await model.requests(next);
  assert.ok(shown(request).length > 1, 'the model is shown what was compacted');
  await assert.rejects(client.responses.compact({ model: MODEL }), BadRequestError);
});

test('chats are passed on to the engine', async () => {
  const text = unique('hello');
  const body = { model: MODEL, messages: [{ role: 'user', content: text }] };

  const whole = await client.chat.completions.create(body);
  const chunks = await all(await client.chat.completions.create({ ...body, stream: true }));

  assert.equal(whole.choices[0].message.content, `You said: ${text}`);
  assert.equal(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), `You said: ${text}`);
  await assert.rejects(
    client.chat.completions.create({ ...body, model: 'no-such-model' }),
    (error) => error instanceof APIError && error.code === 'model_not_found',
  );
});

test('embeddings are passed on to the engine', async () => {
  const { data } = await client.embeddings.create({ model: MODEL, input: ['one', 'two'], encoding_format: 'float' });

  assert.deepEqual(
    data.map(({ index, embedding }) => [index, embedding]),
    [
      [0, [0.5, -0.25]],
      [1, [-0.25, 0.5]],
    ],
  );
});
