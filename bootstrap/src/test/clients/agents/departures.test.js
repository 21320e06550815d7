import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, model } from '../control.mjs';
import { BOILING_POINT, response, scene, turnOf, unique } from './support/scene.js';

/** Reads a stream until the model's answer stands still in its middle. */
async function readToThePause(stream, name) {
  const seen = [];
  for await (const chunk of stream) {
    seen.push(chunk);
    if (chunk.event.payload.delta?.type === 'text') {
      await gate.reached(name);
      return seen;
    }
  }
  throw new Error(`the stream ended before its pause: ${JSON.stringify(seen.at(-1))}`);
}

const pause = () => unique('g').replace(' ', '-');

test('a reader that aborts ends its turn, and the session goes on', async () => {
  const it = await scene();
  const name = pause();
  const text = unique(`#pause=${name}`);
  const stream = await it.stream(text);
  const chunks = [];

  for await (const chunk of stream) {
    chunks.push(chunk);
    if (chunk.event.payload.delta?.type === 'text') {
      await gate.reached(name);
      stream.controller.abort();
    }
  }

  await model.abandoned(text);
  assert.equal(chunks.at(-1).event.payload.delta.text, 'Once ');
  const next = unique('go on');
  assert.equal((await it.ask(next)).output_message.content, `You said: ${next}`);
  const { turns } = await it.session();
  assert.equal(turns.length, 2);
  assert.equal(turns[0].input_messages[0].content, text);
  assert.notEqual(turns[0].completed_at, null);
  assert.deepEqual(await it.turn(turns[0].turn_id), turns[0]);
});

test('a reader that breaks out of its loop is noticed likewise', async () => {
  const it = await scene();
  const name = pause();
  const text = unique(`#pause=${name}`);

  await readToThePause(await it.stream(text), name);

  await model.abandoned(text);
  assert.equal((await it.tell('hello')).at(-1).event_type, 'turn_complete');
});

test('a reader that leaves a resumed turn leaves the steps before', async () => {
  const it = await scene({ config: { client_tools: [BOILING_POINT] } });
  const name = pause();
  const text = unique(`#tool #pause-after-tool=${name}`);
  const waiting = turnOf(await it.tell(text));

  const stream = await it.client.agents.turn.resume(it.agentId, it.sessionId, waiting.turn_id, {
    tool_responses: [response(waiting.output_message.tool_calls[0], '100')],
    stream: true,
  });
  await readToThePause(stream, name);

  await model.abandoned(text);
  assert.equal((await it.tell('hello')).at(-1).event_type, 'turn_complete');
  const { steps } = await it.turn(waiting.turn_id);
  assert.deepEqual(
    steps.map(({ step_type }) => step_type),
    ['inference', 'tool_execution'],
  );
});

test('a client that gives up waiting for an answer in one piece is noticed likewise', async () => {
  const it = await scene();
  const name = pause();
  const text = unique(`#pause=${name}`);
  const impatience = new AbortController();
  const asked = it.ask(text, { signal: impatience.signal });
  const refused = assert.rejects(asked, { name: 'Error' });
  await gate.reached(name);

  impatience.abort();

  await refused;
  await model.abandoned(text);
  assert.equal((await it.tell('hello')).at(-1).event_type, 'turn_complete');
});
