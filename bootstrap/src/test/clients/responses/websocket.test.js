import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { connect, socketOf, without } from './support/client.js';
import {
  about,
  assertGapless,
  BOILING_POINT,
  item,
  order,
  outputOf,
  shown,
  TEXT_ORDER,
  textOf,
  unique,
} from './support/scene.js';

const skip = without('ResponsesWS');

/** A socket on which one response after the other is asked for. */
async function open() {
  const { client } = await connect();
  const socket = await socketOf(client);
  const messages = socket.stream();

  /** The events of a response, or the error that came instead of it. */
  async function ask(body) {
    socket.send({ type: 'response.create', ...body });
    const seen = [];
    for await (const { type, message, error } of { [Symbol.asyncIterator]: () => ({ next: () => messages.next() }) }) {
      if (type === 'error') {
        return { error, seen };
      }
      if (type === 'message') {
        seen.push(message);
        if (/^response\.(completed|incomplete|failed)$/.test(message.type)) {
          return { seen, response: message.response };
        }
      }
    }
    throw new Error('the socket was closed');
  }

  return { client, socket, ask };
}

test('responses come over a socket as they do in a stream', { skip }, async () => {
  const { socket, ask } = await open();
  const text = unique('hello');

  const { seen } = await ask(about(text));
  socket.close();

  assertGapless(seen);
  assert.deepEqual(order(seen), TEXT_ORDER);
  assert.equal(textOf(seen), `You said: ${text}`);
});

test('a loop of tools runs over one socket, stored or not', { skip }, async () => {
  const { socket, ask } = await open();
  for (const store of [true, false]) {
    const { response: first } = await ask(about(unique('#tool'), { tools: [BOILING_POINT], store }));
    const { response: second } = await ask(
      about([outputOf(item(first, 'function_call'), '100')], {
        tools: [BOILING_POINT],
        previous_response_id: first.id,
        store,
      }),
    );
    assert.equal(second.output[0].content[0].text, 'The tool says: 100');
  }
  socket.close();
});

test('a chain goes on that no model has begun', { skip }, async () => {
  const { socket, ask } = await open();
  const text = unique('mind the gap');
  const question = unique('well?');

  const { seen, response: noted } = await ask(about(text, { generate: false, store: false }));
  const { response } = await ask(about(question, { previous_response_id: noted.id, store: false }));
  socket.close();

  assert.deepEqual(order(seen), ['created', 'in_progress', 'completed']);
  assert.deepEqual(noted.output, []);
  assert.equal(response.previous_response_id, noted.id);
  const [request, ...others] = await model.requests(question);
  assert.deepEqual(others, []);
  assert.deepEqual(shown(request), [
    ['user', text],
    ['user', question],
  ]);
});

test('responses are asked for ahead, and told beside each other in lanes', { skip }, async () => {
  const { client } = await connect();
  const socket = await socketOf(client);
  const texts = ['one', 'two', 'three'].map(unique);
  const done = new Promise((resolve) => {
    const ended = [];
    socket.on('response.completed', (event) => {
      if (ended.push(event) === texts.length) {
        resolve(ended);
      }
    });
  });

  const lanes = ['a', 'a', 'b'];
  texts.forEach((text, index) =>
    socket.send({ type: 'response.create', stream_id: lanes[index], ...about(text, { store: false }) }),
  );
  const ended = await done;
  socket.close();

  const told = (lane) =>
    ended.filter(({ stream_id }) => stream_id === lane).map(({ response }) => response.output[0].content[0].text);
  assert.deepEqual(told('a'), [`You said: ${texts[0]}`, `You said: ${texts[1]}`]);
  assert.deepEqual(told('b'), [`You said: ${texts[2]}`]);
});

test('an error leaves the socket open', { skip }, async () => {
  const { socket, ask } = await open();

  const { error } = await ask(about('hello', { previous_response_id: `resp_${'0'.repeat(32)}` }));
  assert.match(JSON.stringify(error.error ?? error.message), /previous_response_not_found|not found/);
  const { seen } = await ask(about('hello'));
  socket.close();

  assert.equal(textOf(seen), 'You said: hello');
});
