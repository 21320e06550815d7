import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotFoundError, without } from './support/client.js';
import { scene, user } from './support/scene.js';

test('a session is created, retrieved and deleted', async () => {
  const it = await scene();

  const session = await it.session();
  assert.equal(session.session_id, it.sessionId);
  assert.equal(session.session_name, 'a session');
  assert.deepEqual(session.turns, []);
  assert.ok(!Number.isNaN(Date.parse(session.started_at)));

  await it.client.agents.session.delete(it.agentId, it.sessionId);
  await assert.rejects(it.session(), NotFoundError);
});

test('a session shows its turns in their order, or those that are asked for', async () => {
  const it = await scene();
  const first = await it.ask('one');
  const second = await it.ask('two');
  const third = await it.ask('three');

  assert.deepEqual((await it.session()).turns, [first, second, third]);

  const some = await it.session({ turn_ids: [third.turn_id, first.turn_id] });
  assert.deepEqual(some.turns, [first, third]);
});

test('sessions are listed in slices, without their turns', { skip: without('agents.session.list') }, async () => {
  const it = await scene();
  await it.ask('hello');
  await it.client.agents.session.create(it.agentId, { session_name: 'another' });

  const all = await it.client.agents.session.list(it.agentId);
  assert.deepEqual(
    all.data.map(({ session_name, turns }) => ({ session_name, turns })),
    [
      { session_name: 'a session', turns: [] },
      { session_name: 'another', turns: [] },
    ],
  );
  assert.equal(all.has_more, false);

  const slice = await it.client.agents.session.list(it.agentId, { limit: 1 });
  assert.equal(slice.data.length, 1);
  assert.equal(slice.has_more, true);
});

test('a deleted session takes no more turns', async () => {
  const it = await scene();
  await it.client.agents.session.delete(it.agentId, it.sessionId);

  await assert.rejects(
    it.client.agents.turn.create(it.agentId, it.sessionId, { messages: [user('hello')], stream: true }),
    NotFoundError,
  );
  assert.equal(it.turnRequests(), 1);
});
