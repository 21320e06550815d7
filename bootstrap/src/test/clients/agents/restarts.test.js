import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, model, server } from '../control.mjs';
import { BOILING_POINT, response, scene, textOf, turnOf, unique } from './support/scene.js';

const tools = () => scene({ config: { client_tools: [BOILING_POINT] } });

const answerTo = (turn) => [response(turn.output_message.tool_calls[0], '100')];

test('turns that await input outlive a restart and are resumed, streamed or not', async () => {
  const scenes = [await tools(), await tools()];
  const texts = [unique('#tool'), unique('#tool')];
  const waiting = [turnOf(await scenes[0].tell(texts[0])), await scenes[1].ask(texts[1])];

  await server.restart();
  const [first, second] = [await scenes[0].reconnected(), await scenes[1].reconnected()];

  assert.deepEqual(await first.turn(waiting[0].turn_id), waiting[0]);
  assert.deepEqual(await second.turn(waiting[1].turn_id), waiting[1]);
  const resumed = [
    turnOf(await first.answer(waiting[0], answerTo(waiting[0]))),
    await second.answerAtOnce(waiting[1], answerTo(waiting[1])),
  ];
  for (const index of [0, 1]) {
    const turn = resumed[index];
    assert.equal(turn.output_message.content, 'The tool says: 100');
    assert.equal(turn.turn_id, waiting[index].turn_id);
    assert.equal(turn.started_at, waiting[index].started_at);
    assert.deepEqual(turn.steps[0], waiting[index].steps[0]);
    assert.deepEqual((await [first, second][index].session()).turns, [turn]);
    assert.equal((await model.requests(texts[index])).length, 2);
  }
});

/** What a reader sees of a stream until it is cut off, and of the model's answer that stands still meanwhile. */
function reading(stream, name) {
  const chunks = [];
  const cutOff = assert.rejects(async () => {
    for await (const chunk of stream) {
      chunks.push(chunk);
    }
  }, 'a stream that was cut off must not look like one that has ended');
  return { chunks, cutOff, standsStill: gate.reached(name) };
}

test('sessions go on after the server was killed in the middle of a stream', async () => {
  const gates = [unique('g'), unique('g')].map((name) => name.replace(' ', '-'));
  // One is killed in its first step, the other after two that were told.
  const plain = await scene();
  const plainText = unique(`#pause=${gates[0]}`);
  const earlier = await plain.ask(unique('hello'));
  const resumed = await tools();
  const resumedText = unique(`#tool #pause-after-tool=${gates[1]}`);
  const waiting = turnOf(await resumed.tell(resumedText));
  const readings = [
    reading(await plain.stream(plainText), gates[0]),
    reading(
      await resumed.client.agents.turn.resume(resumed.agentId, resumed.sessionId, waiting.turn_id, {
        tool_responses: answerTo(waiting),
        stream: true,
      }),
      gates[1],
    ),
  ];
  await Promise.all(readings.map(({ standsStill }) => standsStill));

  await server.kill();
  await Promise.all(readings.map(({ cutOff }) => cutOff));
  await server.start();

  const goesOn = await plain.reconnected();
  const next = unique('go on');
  assert.equal(textOf(await goesOn.tell(next)), `You said: ${next}`);
  const { turns } = await goesOn.session();
  assert.equal(turns.length, 3);
  assert.deepEqual(turns[0], earlier);
  assert.equal(turns[1].input_messages[0].content, plainText);
  assert.notEqual(turns[1].completed_at, null, 'the turn that was cut off is at rest');
  assert.equal((await model.requests(plainText)).length, 1, 'nobody ran it again');

  const goesOnToo = await resumed.reconnected();
  const told = readings[1].chunks
    .map((chunk) => chunk.event.payload)
    .find(({ event_type }) => event_type === 'step_complete');
  const { steps } = await goesOnToo.turn(waiting.turn_id);
  assert.deepEqual(steps, [waiting.steps[0], told.step_details]);
  assert.equal((await goesOnToo.ask(next)).output_message.content, `You said: ${next}`);
});
