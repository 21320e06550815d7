import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ConflictError } from './support/client.js';
import { gate, model } from '../control.mjs';
import { scene, textOf, turnOf, unique } from './support/scene.js';

const keyed = (key) => ({ headers: { 'Idempotency-Key': key } });

test('a request repeated under its key gets the turn that the first one made', async () => {
  const it = await scene();
  const text = unique('hello');
  const key = randomUUID();

  const first = turnOf(await it.tell(text, keyed(key)));
  const second = await it.tell(text, keyed(key));

  assert.deepEqual(turnOf(second), first);
  assert.equal(textOf(second), `You said: ${text}`);
  assert.equal((await model.requests(text)).length, 1);
  assert.equal((await it.session()).turns.length, 1);
});

test('a request that is not streamed is repeated likewise', async () => {
  const it = await scene();
  const text = unique('hello');
  const key = randomUUID();

  assert.deepEqual(await it.ask(text, keyed(key)), await it.ask(text, keyed(key)));
  assert.equal((await model.requests(text)).length, 1);
});

test('a request repeated while the first still runs waits for its turn', async () => {
  const it = await scene();
  const name = unique('g').replace(' ', '-');
  const text = unique(`#pause=${name}`);
  const key = randomUUID();
  const first = it.tell(text, keyed(key));
  await gate.reached(name);

  const second = it.tell(text, keyed(key));
  await gate.open(name);

  assert.deepEqual(turnOf(await second), turnOf(await first));
  assert.equal((await model.requests(text)).length, 1);
});

test('another request under the same key is refused, and not tried again', async () => {
  const it = await scene();
  const key = randomUUID();
  await it.ask('hello', keyed(key));
  const before = it.turnRequests();

  await assert.rejects(it.ask('something else', keyed(key)), ConflictError);

  assert.equal(it.turnRequests(), before + 1);
  assert.equal((await it.session()).turns.length, 1);
});

test('the key that the client makes up by itself is understood', async () => {
  const it = await scene();
  it.client.idempotencyHeader = 'Idempotency-Key';
  const text = unique('hello');

  const first = await it.ask(text, { idempotencyKey: 'my-key' });
  const second = await it.ask(text, { idempotencyKey: 'my-key' });

  assert.deepEqual(second, first);
  assert.equal((await model.requests(text)).length, 1);
});
