import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  APIError,
  BadRequestError,
  connect,
  InternalServerError,
  NotFoundError,
  without,
} from './support/client.js';
import { model } from '../control.mjs';
import { BOILING_POINT, MODEL, response, scene, unique, user } from './support/scene.js';

const nobody = randomUUID();

/** The reason as a person would look for it, in each of the places where servers of the era put it. */
function assertExplained(error, part) {
  assert.match(error.message, part);
  assert.match(error.error.detail, part);
  assert.match(error.error.error.message, part);
  assert.doesNotMatch(JSON.stringify(error.error), /Exception|dev\.parley|\bat [a-z]+\./);
  return true;
}

const notFound = (part) => (error) => error instanceof NotFoundError && assertExplained(error, part);
const badRequest = (part) => (error) => error instanceof BadRequestError && assertExplained(error, part);

test('unknown ids are not found', async () => {
  const it = await scene();
  const { session, turn, steps } = it.client.agents;
  const known = await it.ask('hello');
  const messages = { messages: [user('hello')] };
  const unknown = new RegExp(nobody);

  await assert.rejects(it.client.agents.delete(nobody), notFound(unknown));
  await assert.rejects(session.create(nobody, { session_name: 's' }), notFound(unknown));
  await assert.rejects(session.retrieve(it.agentId, nobody), notFound(unknown));
  await assert.rejects(session.delete(it.agentId, nobody), notFound(unknown));
  await assert.rejects(turn.create(it.agentId, nobody, { ...messages, stream: false }), notFound(unknown));
  await assert.rejects(turn.create(it.agentId, nobody, { ...messages, stream: true }), notFound(unknown));
  await assert.rejects(turn.create(nobody, it.sessionId, { ...messages, stream: true }), notFound(unknown));
  await assert.rejects(turn.retrieve(it.agentId, it.sessionId, nobody), notFound(unknown));
  await assert.rejects(steps.retrieve(it.agentId, it.sessionId, known.turn_id, nobody), notFound(unknown));
  await assert.rejects(steps.retrieve(it.agentId, it.sessionId, nobody, known.steps[0].step_id), notFound(unknown));
  await assert.rejects(
    turn.resume(it.agentId, it.sessionId, nobody, {
      tool_responses: [{ call_id: 'c', tool_name: 't', content: 'x' }],
      stream: true,
    }),
    notFound(unknown),
  );
  assert.equal(new Set(it.sent).size, it.sent.length - 1, 'only the two forms of the same request look alike');
});

test('unknown agents are not found by what newer clients have', { skip: without('agents.retrieve') }, async () => {
  const { client, sent } = await connect();

  await assert.rejects(client.agents.retrieve(nobody), notFound(new RegExp(nobody)));
  await assert.rejects(client.agents.session.list(nobody), notFound(new RegExp(nobody)));
  assert.equal(sent.length, 2);
});

test('ids that are none are not found either', async () => {
  const it = await scene();

  await assert.rejects(it.client.agents.session.retrieve(it.agentId, 'not-an-id'), notFound(/not-an-id/));
  await assert.rejects(it.turn('1'), notFound(/1/));
});

test('a session of one agent is not found under another', async () => {
  const it = await scene();
  const other = await scene();

  await assert.rejects(it.client.agents.session.retrieve(other.agentId, it.sessionId), NotFoundError);
});

test('a configuration that contradicts itself is refused', async () => {
  const { client, sent } = await connect();
  const config = { model: MODEL, instructions: 'i' };

  await assert.rejects(
    client.agents.create({ agent_config: { ...config, tool_choice: 'required', tool_config: { tool_choice: 'none' } } }),
    badRequest(/tool_choice/),
  );
  await assert.rejects(
    client.agents.create({ agent_config: { ...config, sampling_params: { strategy: { type: 'top_p' } } } }),
    badRequest(/temperature/),
  );
  await assert.rejects(client.agents.create({ agent_config: { instructions: 'i' } }), badRequest(/model/));
  assert.equal(sent.length, 3);
});

test('a turn that asks for what can not be is refused before it begins', async () => {
  const it = await scene();
  const { turn } = it.client.agents;
  const refused = (body, part) =>
    assert.rejects(turn.create(it.agentId, it.sessionId, { stream: true, ...body }), badRequest(part));

  await refused({ messages: [] }, /message/);
  await refused({ messages: [{ role: 'system', content: 'x' }] }, /role|system/);
  await refused({ messages: [{ role: 'user' }] }, /content/);
  await refused({ messages: [user([{ type: 'video', url: 'x' }])] }, /type|video/);
  await refused({ messages: [user('x')], toolgroups: ['builtin::nothing'] }, /builtin::nothing/);

  assert.equal(it.turnRequests(), 5);
  assert.deepEqual((await it.session()).turns, []);
});

test('answers that do not fit the calls are refused and leave the turn as it is', async () => {
  const it = await scene({ config: { client_tools: [BOILING_POINT] } });
  const waiting = await it.ask(unique('#two-tools'));
  const [water] = waiting.output_message.tool_calls;

  await assert.rejects(it.answer(waiting, [response(water, '100')]), badRequest(/tool_responses|response/));
  await assert.rejects(
    it.answerAtOnce(waiting, [{ call_id: 'another', tool_name: 't', content: 'x' }]),
    badRequest(/another/),
  );

  assert.deepEqual(await it.turn(waiting.turn_id), waiting);
});

test('a model that nobody has is named, and its turn is not run again', async () => {
  const it = await scene({ config: { model: 'no-such-model' } });
  const text = unique('hello');

  await assert.rejects(it.ask(text), (error) => error instanceof APIError && assertExplained(error, /no-such-model/));
  assert.equal(it.turnRequests(), 1);
  assert.equal((await model.requests(text)).length, 1);
});

test('a turn that breaks after it began is not run again', async () => {
  const it = await scene();
  const text = unique('#cut');

  await assert.rejects(it.ask(text), InternalServerError);

  assert.equal(it.turnRequests(), 1);
  assert.equal((await model.requests(text)).length, 1);
  const [broken] = (await it.session()).turns;
  assert.equal(broken.input_messages[0].content, text);
});

test('a stream that breaks ends in an error', async () => {
  const it = await scene();
  const text = unique('#cut');

  const chunks = [];
  for await (const chunk of await it.stream(text)) {
    chunks.push(chunk);
  }

  const last = chunks.pop();
  assert.deepEqual(Object.keys(last), ['error']);
  assert.match(last.error.message, /^5\d\d: ./);
  assert.ok(chunks.every((chunk) => chunk.error === undefined));
  assert.equal(chunks.at(-1).event.payload.delta.text, 'Once ');
  assert.equal(it.turnRequests(), 1);
  assert.equal((await model.requests(text)).length, 1);

  const next = unique('go on');
  assert.equal((await it.ask(next)).output_message.content, `You said: ${next}`);
});
