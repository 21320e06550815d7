import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, model, server } from '../control.mjs';
import { BadRequestError, connect } from './support/client.js';
import {
  about,
  alike,
  all,
  assertGapless,
  events,
  gateName,
  order,
  responseOf,
  textOf,
  unpadded,
} from './support/scene.js';

const { client } = await connect();

const background = (input, more = {}) => about(input, { background: true, ...more });

/** Asks for a response until it is as wanted. */
async function polled(by, id, wanted) {
  for (;;) {
    const response = await by.responses.retrieve(id);
    if (wanted.includes(response.status)) {
      return response;
    }
    assert.ok(['queued', 'in_progress'].includes(response.status), JSON.stringify(response));
  }
}

/** Reads a stream to its end, and meanwhile tells when an event has come. */
function reader(stream) {
  const seen = [];
  const waiting = [];
  const end = (async () => {
    for await (const event of stream) {
      seen.push(event);
      waiting.filter(({ wanted }) => wanted(event)).forEach(({ resolve }) => resolve());
    }
  })();
  const until = (wanted) =>
    seen.some(wanted) ? Promise.resolve() : new Promise((resolve) => waiting.push({ wanted, resolve }));
  return { seen, until, end };
}

test('a response in the background is asked for until it has ended', async () => {
  const name = gateName();
  const begun = await client.responses.create(background(`#pause=${name}`));
  assert.equal(begun.status, 'queued');
  assert.equal(begun.background, true);
  assert.deepEqual(begun.output, []);
  await gate.reached(name);
  const running = await polled(client, begun.id, ['in_progress']);
  assert.equal(running.usage, null);

  await gate.open(name);
  const ended = await polled(client, begun.id, ['completed']);

  assert.equal(ended.output_text, 'Once upon a time');
  assert.equal(ended.usage.total_tokens, 15);
});

test('a response in the background is called off', async () => {
  const name = gateName();
  const text = `#pause=${name}`;
  const begun = await client.responses.create(background(text));
  await gate.reached(name);

  const cancelled = await client.responses.cancel(begun.id);

  assert.equal(cancelled.id, begun.id);
  assert.equal(cancelled.status, 'cancelled');
  await model.abandoned(text);
  assert.equal((await client.responses.retrieve(begun.id)).status, 'cancelled');
  assert.equal((await client.responses.cancel(begun.id)).status, 'cancelled', 'once more does no harm');
});

test('what has ended is not called off, and what is not in the background can not be', async () => {
  const begun = await client.responses.create(background('hello'));
  const ended = await polled(client, begun.id, ['completed']);
  assert.deepEqual(alike(await client.responses.cancel(begun.id)), alike(ended));

  const foreground = await client.responses.create(about('hello'));
  await assert.rejects(client.responses.cancel(foreground.id), BadRequestError);
});

test('a stream from the background tells the same', async () => {
  const text = '#think=reasoning hello';
  const seen = await events(await client.responses.create(background(text, { stream: true })));

  assert.deepEqual(order(seen).slice(0, 3), ['created', 'queued', 'in_progress']);
  assert.equal(seen[0].response.status, 'queued');
  const ended = responseOf(seen);
  assert.deepEqual(await client.responses.retrieve(ended.id), { ...ended, output_text: `You said: ${text}` });
  const foreground = await client.responses.create(about(text));
  assert.deepEqual(alike(ended), { ...alike(foreground), background: true });
});

test('a reader who left comes back to where he was', async () => {
  const name = gateName();
  const stream = await client.responses.create(background(`#pause=${name}`, { stream: true }));
  const before = [];
  for await (const event of stream) {
    before.push(event);
    if (event.type === 'response.output_text.delta') {
      break;
    }
  }
  const { id } = before[0].response;

  const again = await client.responses.retrieve(id, {
    stream: true,
    starting_after: before.at(-1).sequence_number,
  });
  await gate.open(name);
  const after = await all(again);

  assertGapless([...before, ...after]);
  assert.equal(textOf([...before, ...after]), 'Once upon a time');
  const whole = await events(await client.responses.retrieve(id, { stream: true }));
  const told = [...before, ...after].map(unpadded);
  assert.deepEqual(whole.map(unpadded), told, 'a reader from the beginning is told the same');
  const accumulated = await client.responses.stream({ response_id: id }).finalResponse();
  assert.deepEqual(alike(accumulated), alike(responseOf(after)));
  const last = await all(await client.responses.retrieve(id, { stream: true, starting_after: whole.length - 2 }));
  assert.deepEqual(last, whole.slice(-1));
});

test('readers of a response that is called off come to an end', async () => {
  const name = gateName();
  const reading = reader(await client.responses.create(background(`#pause=${name}`, { stream: true })));
  await reading.until(({ type }) => type === 'response.output_text.delta');

  await client.responses.cancel(reading.seen[0].response.id);
  await reading.end;

  assertGapless(reading.seen);
  assert.ok(
    reading.seen.every(({ type }) => !/response\.(completed|failed|incomplete)$/.test(type)),
    order(reading.seen).join(),
  );
});

test('a stream goes on after the server was killed in the middle of it', async () => {
  const name = gateName();
  const stream = await client.responses.create(background(`#pause=${name}`, { stream: true }));
  const { seen: before, until, end } = reader(stream);
  const cutOff = assert.rejects(end, 'a stream that was cut off must not look like one that has ended');
  await until(({ type }) => type === 'response.output_text.delta');

  await server.kill();
  await cutOff;
  await server.start();
  await gate.open(name);
  const { client: later } = await connect();
  const { id } = before[0].response;
  const after = await all(
    await later.responses.retrieve(id, { stream: true, starting_after: before.at(-1).sequence_number }),
  );

  assertGapless([...before, ...after]);
  const ended = responseOf(after);
  assert.equal(ended.status, 'completed');
  assert.equal(ended.output[0].content[0].text, 'Once upon a time');
  const whole = await events(await later.responses.retrieve(id, { stream: true }));
  assert.deepEqual(whole.map(unpadded), [...before, ...after].map(unpadded));
  assert.deepEqual(alike(await later.responses.retrieve(id)), alike(ended));
});

test('what was told twice is put together once', async () => {
  const name = gateName();
  const { client: first } = await connect();
  const { seen, until, end } = reader(
    await first.responses.create(background(`#pause=${name}`, { stream: true })),
  );
  const cutOff = assert.rejects(end);
  await until(({ type }) => type === 'response.output_text.delta');
  await server.kill();
  await cutOff;
  await server.start();
  await gate.open(name);
  const { client: second } = await connect();

  const accumulated = await second.responses.stream({ response_id: seen[0].response.id }).finalResponse();

  assert.equal(accumulated.output[0].content[0].text, 'Once upon a time');
  assert.deepEqual(alike(accumulated), alike(await second.responses.retrieve(accumulated.id)));
});

test('what waits in the queue outlives a restart', async () => {
  const { client: first } = await connect();
  const name = gateName();
  const begun = await first.responses.create(background(`#pause=${name}`));
  await gate.reached(name);

  await server.restart();
  await gate.open(name);
  const { client: second } = await connect();

  assert.equal((await polled(second, begun.id, ['completed'])).output_text, 'Once upon a time');
});

test('nothing runs in the background that is not stored', async () => {
  const { client: again } = await connect();

  await assert.rejects(again.responses.create(background('hello', { store: false })), BadRequestError);
});
