import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, model } from '../control.mjs';
import { BadRequestError, connect, NotFoundError } from './support/client.js';
import { about, all, BOILING_POINT, events, gateName, item, outputOf, shown, unique } from './support/scene.js';

const { client, sent } = await connect();
const { conversations } = client;

const user = (text) => ({ type: 'message', role: 'user', content: text });
const listed = (id, query = { order: 'asc' }) => all(conversations.items.list(id, query));
const texts = (list) => list.map(({ content }) => content[0].text);

test('a conversation is begun, changed and ended', async () => {
  const made = await conversations.create({ metadata: { topic: 'x' }, items: [user('hello')] });
  assert.match(made.id, /^conv_\w{32,}$/);
  assert.equal(made.object, 'conversation');
  assert.deepEqual(made.metadata, { topic: 'x' });
  assert.ok(Number.isInteger(made.created_at));
  assert.deepEqual(await conversations.retrieve(made.id), made);

  const changed = await conversations.update(made.id, { metadata: { topic: 'y' } });
  assert.deepEqual(changed, { ...made, metadata: { topic: 'y' } });
  assert.deepEqual(await conversations.retrieve(made.id), changed);

  const deleted = await conversations.delete(made.id);
  assert.deepEqual({ ...deleted }, { id: made.id, object: 'conversation.deleted', deleted: true });
  await assert.rejects(conversations.retrieve(made.id), NotFoundError);
});

test('items are added, listed, read and removed', async () => {
  const { id } = await conversations.create();
  assert.deepEqual(await listed(id), []);

  const added = await conversations.items.create(id, { items: ['one', 'two', 'three'].map(user) });

  assert.deepEqual(texts(added.data), ['one', 'two', 'three']);
  assert.equal(added.first_id, added.data[0].id);
  assert.equal(added.last_id, added.data[2].id);
  const whole = await listed(id);
  assert.deepEqual(whole, added.data);
  assert.deepEqual(await listed(id, {}), whole.toReversed());
  assert.deepEqual(await listed(id, { order: 'asc', limit: 1 }), whole);
  assert.deepEqual(await listed(id, { order: 'asc', after: whole[0].id }), whole.slice(1));
  assert.deepEqual(await conversations.items.retrieve(whole[1].id, { conversation_id: id }), whole[1]);

  const after = await conversations.items.delete(whole[1].id, { conversation_id: id });

  assert.equal(after.id, id);
  assert.deepEqual(texts(await listed(id)), ['one', 'three']);
  await assert.rejects(conversations.items.retrieve(whole[1].id, { conversation_id: id }), NotFoundError);
});

test('responses read a conversation and add to it', async () => {
  const [first, second, third] = ['first', 'second', 'third'].map(unique);
  const conversation = await conversations.create({ items: [user(first)] });

  const response = await client.responses.create(about(second, { conversation: conversation.id }));
  await events(await client.responses.create(about(third, { conversation: { id: conversation.id }, stream: true })));

  assert.deepEqual(response.conversation, { id: conversation.id });
  assert.deepEqual(texts(await listed(conversation.id)), [
    first,
    second,
    `You said: ${second}`,
    third,
    `You said: ${third}`,
  ]);
  const [request] = await model.requests(third);
  assert.deepEqual(shown(request), [
    ['user', first],
    ['user', second],
    ['assistant', `You said: ${second}`],
    ['user', third],
  ]);
});

test('a loop of tools may run in a conversation', async () => {
  const tools = [BOILING_POINT];
  const { id } = await conversations.create();
  const first = await client.responses.create(about('#tool', { tools, conversation: id }));

  const second = await client.responses.create(
    about([outputOf(item(first, 'function_call'), '100')], { tools, conversation: id }),
  );

  assert.equal(second.output_text, 'The tool says: 100');
  assert.deepEqual(
    (await listed(id)).map(({ type }) => type),
    ['message', 'function_call', 'function_call_output', 'message'],
  );
});

test('what is not stored is not added', async () => {
  const { id } = await conversations.create({ items: [user('hello')] });

  await client.responses.create(about('secret', { conversation: id, store: false }));

  assert.deepEqual(texts(await listed(id)), ['hello']);
});

test('one response at a time runs in a conversation', async () => {
  const { id } = await conversations.create();
  const name = gateName();
  const running = client.responses.create(about(`#pause=${name}`, { conversation: id }));
  await gate.reached(name);

  await assert.rejects(client.responses.create(about('me too', { conversation: id }), { maxRetries: 0 }), (error) => {
    assert.ok(error instanceof BadRequestError);
    assert.deepEqual([error.code, error.param], ['conversation_locked', 'conversation']);
    return true;
  });
  await gate.open(name);

  assert.equal((await running).output_text, 'Once upon a time');
  const after = await client.responses.create(about('me too', { conversation: id }));
  assert.equal(after.output_text, 'You said: me too');
});

test('a conversation that is not there is named', async () => {
  const nobody = `conv_${'0'.repeat(32)}`;
  const before = sent.length;

  await assert.rejects(conversations.retrieve(nobody), NotFoundError);
  await assert.rejects(conversations.items.list(nobody), NotFoundError);
  await assert.rejects(client.responses.create(about('hello', { conversation: nobody })), (error) => {
    assert.ok(error instanceof NotFoundError);
    assert.match(error.message, new RegExp(nobody));
    return true;
  });
  const other = await client.responses.create(about('hello'));
  const { id } = await conversations.create();
  await assert.rejects(
    client.responses.create(about('hello', { conversation: id, previous_response_id: other.id })),
    (error) => error instanceof BadRequestError && error.code === 'mutually_exclusive_parameters',
  );
  assert.equal(sent.length - before, 6);
});
