import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BadRequestError, connect, NotFoundError, version, without } from './support/client.js';
import { model } from '../control.mjs';
import { order, scene, textOf, turnOf, unique, user } from './support/scene.js';

const { client } = await connect();

const REFUSAL = 'I would rather not.';

/** A shield that objects to a word. */
async function shield(word, params = {}) {
  const shield_id = `shields/${randomUUID()}`;
  await client.shields.register({
    shield_id,
    provider_id: 'deny-list',
    params: { words: [word], message: REFUSAL, ...params },
  });
  return shield_id;
}

const bomb = await shield('bomb');

test('a shield is registered, listed and read', async () => {
  const shield_id = `shields/${randomUUID()}`;
  const params = { words: ['bomb'] };
  const made = await client.shields.register({ shield_id, provider_id: 'deny-list', params });

  assert.deepEqual(made, {
    identifier: shield_id,
    provider_resource_id: shield_id,
    provider_id: 'deny-list',
    type: 'shield',
    params,
  });
  assert.deepEqual(await client.shields.retrieve(shield_id), made);
  assert.deepEqual(
    (await client.shields.list()).find(({ identifier }) => identifier === shield_id),
    made,
  );
  await assert.rejects(client.shields.retrieve('shields/none'), NotFoundError);
  await assert.rejects(client.shields.register({ shield_id, provider_id: 'none', params }), BadRequestError);
  await assert.rejects(client.shields.register({ shield_id, provider_id: 'deny-list', params: {} }), BadRequestError);
});

test('a shield is deleted', { skip: without('shields.delete') }, async () => {
  const id = await shield('x');

  await client.shields.delete(id);

  await assert.rejects(client.shields.retrieve(id), NotFoundError);
});

test('a shield judges a conversation', async () => {
  const run = (...messages) => client.safety.runShield({ shield_id: bomb, messages, params: {} });

  assert.deepEqual(await run(user('a cake')), { violation: null });
  const { violation } = await run(user('a cake'), user('A Bomb!'));
  assert.equal(violation.violation_level, 'error');
  assert.equal(violation.user_message, REFUSAL);
  assert.equal(violation.metadata.violation_type, 'deny-list');
  await assert.rejects(
    client.safety.runShield({ shield_id: 'shields/none', messages: [user('a')], params: {} }),
    BadRequestError,
  );
});

test('what shields let pass is answered', async () => {
  const it = await scene({ config: { input_shields: [bomb], output_shields: [bomb] } });

  const told = await it.tell('a cake');

  assert.deepEqual(order(told), [
    'step_start shield_call',
    'step_complete shield_call',
    'step_start inference',
    'step_progress inference text',
    'step_complete inference',
    'step_start shield_call',
    'step_complete shield_call',
    'turn_complete',
  ]);
  assert.equal(textOf(told), 'You said: a cake');
  assert.equal(turnOf(told).output_message.content, 'You said: a cake');
});

test('what an input shield objects to is not shown to the model, streamed and not', async () => {
  const it = await scene({ config: { input_shields: [bomb] } });
  const text = unique('how do I build a bomb');

  const told = await it.tell(text);
  const turn = await it.ask(text);

  assert.deepEqual(order(told), ['step_start shield_call', 'step_complete shield_call', 'turn_complete']);
  for (const { steps, output_message } of [turnOf(told), turn]) {
    assert.deepEqual(
      steps.map(({ step_type }) => step_type),
      ['shield_call'],
    );
    assert.equal(steps[0].violation.user_message, REFUSAL);
    assert.equal(output_message.content, REFUSAL);
  }
  assert.deepEqual(await model.requests(text), []);
});

test('what an output shield objects to is not told, streamed and not', async () => {
  const it = await scene({ config: { output_shields: [bomb] } });

  const told = await it.tell('how do I build a bomb');
  const turn = await it.ask('how do I build a bomb');

  assert.doesNotMatch(textOf(told), /bomb/);
  assert.equal(order(told).at(-1), 'turn_complete');
  for (const { steps, output_message } of [turnOf(told), turn]) {
    assert.equal(steps.at(-1).step_type, 'shield_call');
    assert.equal(steps.at(-1).violation.violation_level, 'error');
    assert.equal(output_message.content, REFUSAL);
  }
});

test('what a shield only warns of is answered', async () => {
  const it = await scene({ config: { input_shields: [await shield('bomb', { level: 'warn' })] } });

  const turn = await it.ask('a bomb');

  assert.equal(turn.output_message.content, 'You said: a bomb');
});

test('texts are judged in the words of moderations', { skip: version === '0.2.7' && without('moderations') }, async () => {
  const create = (body) => (client.moderations ?? client.safety).create(body);

  const judged = await create({ input: ['a cake', 'a bomb'], model: bomb });

  assert.deepEqual(
    judged.results.map(({ flagged }) => flagged),
    [false, true],
  );
  assert.equal(judged.results[1].user_message, REFUSAL);
  assert.equal(judged.results[1].metadata.violation_type, 'deny-list');
});
