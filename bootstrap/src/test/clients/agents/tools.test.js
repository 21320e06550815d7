import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConflictError } from './support/client.js';
import { model } from '../control.mjs';
import { BOILING_POINT, order, response, scene, shown, textOf, turnOf, unique } from './support/scene.js';

const tools = () => scene({ config: { client_tools: [BOILING_POINT] } });

/** What does not depend on how the turn was asked for. */
function assertAwaitsInput(turn, count) {
  const { output_message } = turn;
  assert.equal(output_message.content, '');
  assert.equal(output_message.stop_reason, 'end_of_message');
  assert.equal(output_message.tool_calls.length, count);
  const [step, ...others] = turn.steps;
  assert.deepEqual(others, []);
  assert.equal(step.step_type, 'inference');
  assert.equal(step.model_response.stop_reason, 'end_of_turn');
  assert.deepEqual(step.model_response.tool_calls, output_message.tool_calls);
}

test('a call for the client is handed out and answered, streamed', async () => {
  const it = await tools();
  const text = unique('#tool');

  const asked = await it.tell(text);

  assert.deepEqual(order(asked), [
    'step_start inference',
    'step_progress inference tool_call',
    'step_complete inference',
    'turn_awaiting_input',
  ]);
  const deltas = asked.filter(({ event_type }) => event_type === 'step_progress').map(({ delta }) => delta);
  assert.equal(deltas.at(-1).parse_status, 'succeeded');
  const waiting = turnOf(asked);
  assertAwaitsInput(waiting, 1);
  const [call] = waiting.output_message.tool_calls;
  assert.equal(call.tool_name, BOILING_POINT.name);
  assert.deepEqual(call.arguments, { liquid: 'water' });
  assert.deepEqual(JSON.parse(call.arguments_json), { liquid: 'water' });
  assert.deepEqual(deltas.at(-1).tool_call, call);

  const answer = { ...response(call, '100'), metadata: { source: 'table' } };
  const resumed = await it.answer(waiting, [answer]);

  assert.deepEqual(order(resumed), [
    'step_complete tool_execution',
    'step_start inference',
    'step_progress inference text',
    'step_complete inference',
    'turn_complete',
  ]);
  assert.equal(textOf(resumed), 'The tool says: 100');
  const turn = turnOf(resumed);
  assert.equal(turn.turn_id, waiting.turn_id);
  assert.equal(turn.started_at, waiting.started_at);
  assert.deepEqual(
    turn.steps.map(({ step_type }) => step_type),
    ['inference', 'tool_execution', 'inference'],
  );
  assert.deepEqual(turn.steps[0], waiting.steps[0]);
  assert.deepEqual(turn.steps[1].tool_calls, [call]);
  assert.deepEqual(turn.steps[1].tool_responses, [answer]);
  assert.equal(new Set(turn.steps.map(({ step_id }) => step_id)).size, 3, 'every step has an id of its own');
  assert.deepEqual(await it.turn(turn.turn_id), turn);

  const requests = await model.requests(text);
  assert.equal(requests.length, 2);
  const [toolMessage] = requests[1].messages.filter(({ role }) => role === 'tool');
  assert.equal(toolMessage.tool_call_id, call.call_id);
  assert.deepEqual(shown(requests[1]).at(-1), ['tool', '100']);
});

test('a call for the client is handed out and answered, not streamed', async () => {
  const it = await tools();

  const waiting = await it.ask(unique('#tool'));
  assertAwaitsInput(waiting, 1);
  assert.deepEqual(await it.turn(waiting.turn_id), waiting);

  const turn = await it.answerAtOnce(waiting, [response(waiting.output_message.tool_calls[0], '100')]);
  assert.equal(turn.output_message.content, 'The tool says: 100');
  assert.equal(turn.turn_id, waiting.turn_id);
  assert.equal(turn.steps.length, 3);
  assert.equal(it.turnRequests(), 2);
});

test('the tools of the agent are offered to the model', async () => {
  const it = await tools();
  const text = unique('hello');
  await it.ask(text);

  const [{ tools: offered }] = await model.requests(text);

  assert.equal(offered.length, 1);
  assert.equal(offered[0].function.name, BOILING_POINT.name);
  assert.equal(offered[0].function.description, BOILING_POINT.description);
  const { properties, required } = offered[0].function.parameters;
  assert.equal(properties.liquid.type, 'string');
  assert.equal(properties.celsius.type, 'boolean');
  assert.deepEqual(required, ['liquid']);
});

test('two calls in one message are one step', async () => {
  const it = await tools();

  const waiting = turnOf(await it.tell(unique('#two-tools')));
  assertAwaitsInput(waiting, 2);
  const [water, ethanol] = waiting.output_message.tool_calls;
  assert.notEqual(water.call_id, ethanol.call_id);

  const turn = turnOf(await it.answer(waiting, [response(water, '100'), response(ethanol, '78')]));
  assert.deepEqual(
    turn.steps.map(({ step_type }) => step_type),
    ['inference', 'tool_execution', 'inference'],
  );
  assert.deepEqual(
    turn.steps[1].tool_responses.map(({ content }) => content),
    ['100', '78'],
  );
});

test('a step of a tool is read back by its id', async () => {
  const it = await tools();
  const waiting = turnOf(await it.tell(unique('#tool')));
  const turn = turnOf(await it.answer(waiting, [response(waiting.output_message.tool_calls[0], '100')]));

  for (const step of turn.steps) {
    const read = await it.client.agents.steps.retrieve(it.agentId, it.sessionId, turn.turn_id, step.step_id);
    assert.deepEqual(read.step, step);
  }
});

test('the same answer given twice gives the same turn and asks the model once', async () => {
  const it = await tools();
  const text = unique('#tool');
  const waiting = turnOf(await it.tell(text));
  const answer = [response(waiting.output_message.tool_calls[0], '100')];

  const first = turnOf(await it.answer(waiting, answer));
  const second = turnOf(await it.answer(waiting, answer));
  const third = await it.answerAtOnce(waiting, answer);

  assert.deepEqual(second, first);
  assert.deepEqual(third, first);
  assert.equal((await model.requests(text)).length, 2);
});

test('another answer to a call that was answered is refused, and not tried again', async () => {
  const it = await tools();
  const waiting = turnOf(await it.tell(unique('#tool')));
  const [call] = waiting.output_message.tool_calls;
  const turn = turnOf(await it.answer(waiting, [response(call, '100')]));
  const before = it.turnRequests();

  await assert.rejects(it.answer(waiting, [response(call, '101')]), ConflictError);

  assert.equal(it.turnRequests(), before + 1);
  assert.deepEqual(await it.turn(turn.turn_id), turn);
});

test('of several answers at once one wins', async () => {
  const it = await tools();
  const text = unique('#tool');
  const waiting = turnOf(await it.tell(text));
  const [call] = waiting.output_message.tool_calls;

  const outcomes = await Promise.allSettled(
    ['1', '2', '3'].map((content) => it.answerAtOnce(waiting, [response(call, content)])),
  );

  const won = outcomes.filter(({ status }) => status === 'fulfilled');
  assert.equal(won.length, 1);
  for (const { reason } of outcomes.filter(({ status }) => status === 'rejected')) {
    assert.ok(reason instanceof ConflictError, reason);
  }
  assert.equal((await model.requests(text)).length, 2);
});

test('a call that nobody answers does not stop the session', async () => {
  const it = await tools();
  const abandoned = turnOf(await it.tell(unique('#tool')));
  const text = unique('never mind');

  const turn = turnOf(await it.tell(text));

  assert.equal(turn.output_message.content, `You said: ${text}`);
  assert.notEqual(turn.turn_id, abandoned.turn_id);
  const [request] = await model.requests(text);
  const calls = request.messages.flatMap(({ tool_calls }) => tool_calls ?? []).map(({ id }) => id);
  const answered = request.messages.filter(({ role }) => role === 'tool').map(({ tool_call_id }) => tool_call_id);
  assert.deepEqual(answered, calls, 'no call goes unanswered to the model');
});

test('a completed turn goes on with calls that the client read out of its text', async () => {
  const it = await tools();
  const turn = turnOf(await it.tell(unique('hello')));

  const resumed = await it.answer(turn, [{ call_id: 'invented-1', tool_name: 'lookup', content: 'found' }]);

  // The model never made the call, so how it is told of the answer is the server's business.
  assert.match(textOf(resumed), /found/);
  assert.equal(turnOf(resumed).turn_id, turn.turn_id);
});

test('a limit of one inference hands out calls that are not to be answered', async () => {
  const it = await scene({ config: { client_tools: [BOILING_POINT], max_infer_iters: 1 } });

  const events = await it.tell(unique('#tool'));

  assert.equal(events.at(-1).event_type, 'turn_awaiting_input');
  assert.equal(turnOf(events).output_message.stop_reason, 'end_of_turn');
  assert.equal(turnOf(events).output_message.tool_calls.length, 1);
  const text = unique('go on');
  assert.equal(textOf(await it.tell(text)), `You said: ${text}`);
});
