import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, model, server } from '../control.mjs';
import { INSTRUCTIONS, order, payloads, scene, shown, textOf, turnOf, unique, user } from './support/scene.js';

test('a turn is streamed event by event', async () => {
  const it = await scene();
  const text = unique('hello');

  const events = await it.tell(text);

  assert.deepEqual(order(events), [
    'step_start inference',
    'step_progress inference text',
    'step_complete inference',
    'turn_complete',
  ]);
  assert.ok(events.filter(({ event_type }) => event_type === 'step_progress').length > 1, 'the text comes in pieces');
  assert.equal(textOf(events), `You said: ${text}`);

  const turn = turnOf(events);
  assert.equal(turn.session_id, it.sessionId);
  assert.deepEqual(turn.input_messages, [{ role: 'user', content: text, context: null }]);
  assert.deepEqual(turn.output_message, {
    role: 'assistant',
    content: `You said: ${text}`,
    stop_reason: 'end_of_turn',
    tool_calls: [],
  });
  assert.deepEqual(turn.output_attachments, []);
  const [step, ...others] = turn.steps;
  assert.deepEqual(others, []);
  assert.deepEqual(events.at(-2).step_details, step);
  assert.equal(events[0].step_id, step.step_id);
  assert.deepEqual(step.model_response, turn.output_message);
});

test('a turn that is not streamed is the same turn', async () => {
  const it = await scene();
  const text = unique('hello');

  const turn = await it.ask(text);

  assert.equal(turn.output_message.content, `You said: ${text}`);
  assert.deepEqual(
    turn.steps.map(({ step_type }) => step_type),
    ['inference'],
  );
  assert.equal(it.turnRequests(), 1);
});

test('a turn and its steps are read back as they were told', async () => {
  const it = await scene();
  const turn = turnOf(await it.tell('hello'));

  assert.deepEqual(await it.turn(turn.turn_id), turn);
  const [step] = turn.steps;
  const read = await it.client.agents.steps.retrieve(it.agentId, it.sessionId, turn.turn_id, step.step_id);
  assert.deepEqual(read.step, step);
});

test('times only ever go forward', async () => {
  const it = await scene();
  const turns = [await it.ask('one'), turnOf(await it.tell('two'))];

  const instants = turns.flatMap((turn) => [
    turn.started_at,
    ...turn.steps.flatMap((step) => [step.started_at, step.completed_at]),
    turn.completed_at,
  ]);
  // Compared with all six digits, which a Date does not keep.
  const micros = instants.map((instant) => {
    const [, seconds, fraction = ''] = /^(.{19})(?:\.(\d{1,6}))?Z$/.exec(instant);
    return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
  });
  assert.ok(
    micros.every((micro, index) => index === 0 || micro > micros[index - 1]),
    instants.join('\n'),
  );
});

test('the model is shown the instructions and the turns before', async () => {
  const it = await scene();
  const first = unique('first');
  const second = unique('second');
  await it.tell(first);
  await it.tell(second);

  const [request, ...others] = await model.requests(second);

  assert.deepEqual(others, []);
  assert.deepEqual(shown(request), [
    ['system', INSTRUCTIONS],
    ['user', first],
    ['assistant', `You said: ${first}`],
    ['user', second],
  ]);
});

test('text of every script arrives whole', async () => {
  const it = await scene();
  const text = unique('Grüße, 你好, 👩‍👩‍👧‍👦, "quoted"\\\n\ttabbed  line');

  const events = await it.tell(text);

  assert.equal(textOf(events), `You said: ${text}`);
  assert.equal((await it.turn(turnOf(events).turn_id)).input_messages[0].content, text);
});

test('content in parts keeps its shape', async () => {
  const it = await scene();
  const content = [
    { type: 'text', text: 'part one' },
    { type: 'text', text: 'part two' },
  ];

  const turn = await it.client.agents.turn.create(it.agentId, it.sessionId, {
    messages: [user(content)],
    stream: false,
  });

  assert.deepEqual(turn.input_messages[0].content, content);
});

test('a silent model is bridged by heartbeats that the client does not notice', async () => {
  const it = await scene();
  const watcher = await scene();
  const name = unique('g').replace(' ', '-');
  const stream = await it.stream(`#pause=${name}`);
  const events = payloads(stream);
  await gate.reached(name);

  // The second stream began later, so when it has seen two heartbeats the client's has too.
  await twoHeartbeats(watcher, `#pause=${name}`);
  await gate.open(name);

  assert.equal(textOf(await events), 'Once upon a time');
});

async function twoHeartbeats({ agentId, sessionId }, text) {
  const response = await fetch(`${await server.url()}/v1/agents/${agentId}/session/${sessionId}/turn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [user(text)], stream: true }),
  });
  let seen = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    seen += chunk;
    if (seen.split('\n: ').length > 2) {
      return;
    }
  }
  assert.fail(`the stream ended without two heartbeats: ${seen}`);
}

test('a second turn of a session waits until the first has ended', async () => {
  const it = await scene();
  const name = unique('g').replace(' ', '-');
  const text = unique('second');
  const first = it.tell(`#pause=${name}`);
  await gate.reached(name);

  const second = it.tell(text);
  await gate.open(name);

  assert.equal(textOf(await first), 'Once upon a time');
  assert.equal(textOf(await second), `You said: ${text}`);
  const [request] = await model.requests(text);
  assert.ok(
    shown(request).some(([role, content]) => role === 'assistant' && content === 'Once upon a time'),
    'the second turn knows of the first',
  );
});
