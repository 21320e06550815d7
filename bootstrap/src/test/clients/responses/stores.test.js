import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadRequestError, connect, NotFoundError, toFile } from './support/client.js';
import { about, all, alike, events, item, responseOf } from './support/scene.js';

const { client } = await connect();

const APPLES = 'Apples are red or green and grow on trees in orchards.';
const BICYCLES = 'A bicycle has two wheels, a frame and a chain.';
const QUICKLY = { pollIntervalMs: 20 };

const file = (name, text) => toFile(Buffer.from(text), name);
const upload = async (name, text, more = {}) =>
  client.files.create({ file: await file(name, text), purpose: 'assistants', ...more });

/** A store of two files of different kinds, which have been read. */
async function library() {
  const store = await client.vectorStores.create({ name: 'library' });
  for (const [name, text, kind] of [
    ['apples.txt', APPLES, 'fruit'],
    ['bicycles.txt', BICYCLES, 'vehicle'],
  ]) {
    const { id } = await upload(name, text);
    const body = { file_id: id, attributes: { kind } };
    assert.equal((await client.vectorStores.files.createAndPoll(store.id, body, QUICKLY)).status, 'completed');
  }
  return store.id;
}

const shared = await library();

test('a file is uploaded, read, listed and deleted', async () => {
  const uploaded = await upload('ä, b.txt', APPLES, { expires_after: { anchor: 'created_at', seconds: 3600 } });

  assert.equal(uploaded.object, 'file');
  assert.equal(uploaded.filename, 'ä, b.txt');
  assert.equal(uploaded.bytes, APPLES.length);
  assert.equal(uploaded.purpose, 'assistants');
  assert.equal(uploaded.status, 'processed');
  assert.equal(uploaded.expires_at, uploaded.created_at + 3600);
  assert.deepEqual(await client.files.retrieve(uploaded.id), uploaded);
  assert.deepEqual(await client.files.waitForProcessing(uploaded.id), uploaded);
  assert.equal(await (await client.files.content(uploaded.id)).text(), APPLES);
  const listed = await all(client.files.list({ limit: 1, order: 'asc', purpose: 'assistants' }));
  assert.deepEqual(
    listed.find(({ id }) => id === uploaded.id),
    uploaded,
  );
  assert.deepEqual(await client.files.delete(uploaded.id), { id: uploaded.id, object: 'file', deleted: true });
  await assert.rejects(client.files.retrieve(uploaded.id), NotFoundError);
});

test('a file may be large', async () => {
  const large = 'apples '.repeat(500_000);

  const { id, bytes } = await upload('large.txt', large);

  assert.equal(bytes, large.length);
  assert.equal(await (await client.files.content(id)).text(), large);
  await assert.rejects(upload('larger.txt', 'a'.repeat(33 << 20)), (error) => error.status === 413);
});

test('what is wrong with a file is told', async () => {
  await assert.rejects(
    upload('a.txt', APPLES, { purpose: 'fun' }),
    (error) => error instanceof BadRequestError && error.param === 'purpose' && error.code === 'invalid_value',
  );
  await assert.rejects(upload('a.txt', ''), (error) => error instanceof BadRequestError && error.param === 'file');
  await assert.rejects(client.files.content('file-none'), NotFoundError);
});

test('a store is created, changed, listed and deleted', async () => {
  const store = await client.vectorStores.create({
    name: 'fruit',
    metadata: { topic: 'fruit' },
    expires_after: { anchor: 'last_active_at', days: 7 },
  });

  assert.equal(store.status, 'completed');
  assert.deepEqual(await client.vectorStores.retrieve(store.id), store);
  const changed = await client.vectorStores.update(store.id, { name: 'trees', expires_after: null });
  assert.deepEqual(changed, { ...store, name: 'trees', expires_after: null, expires_at: null });
  const ids = (await all(client.vectorStores.list({ limit: 1 }))).map(({ id }) => id);
  assert.ok(ids.indexOf(store.id) < ids.indexOf(shared), 'the newest comes first');
  assert.equal((await client.vectorStores.delete(store.id)).deleted, true);
  await assert.rejects(client.vectorStores.retrieve(store.id), NotFoundError);
});

test('a file is uploaded into a store, described and taken out', async () => {
  const { id: store } = await client.vectorStores.create({});
  const read = await client.vectorStores.files.uploadAndPoll(store, await file('apples.txt', APPLES), QUICKLY);

  assert.equal(read.status, 'completed');
  assert.equal(read.vector_store_id, store);
  assert.equal(read.last_error, null);
  const path = { vector_store_id: store };
  assert.deepEqual(await client.vectorStores.files.retrieve(read.id, path), read);
  assert.deepEqual(await all(client.vectorStores.files.list(store, { filter: 'completed' })), [read]);
  assert.deepEqual(await all(client.vectorStores.files.list(store, { filter: 'failed' })), []);
  const attributes = { kind: 'fruit', weight: 1.5, ripe: true };
  assert.deepEqual(await client.vectorStores.files.update(read.id, { ...path, attributes }), { ...read, attributes });
  const [content, ...others] = await all(client.vectorStores.files.content(read.id, path));
  assert.deepEqual({ ...content }, { type: 'text', text: APPLES });
  assert.deepEqual(others, []);
  assert.equal((await client.vectorStores.files.delete(read.id, path)).deleted, true);
  await assert.rejects(client.vectorStores.files.retrieve(read.id, path), NotFoundError);
  assert.equal((await client.files.retrieve(read.id)).filename, 'apples.txt');
});

test('files are put into a store together', async () => {
  const { id: store } = await client.vectorStores.create({});
  const files = await Promise.all([file('apples.txt', APPLES), file('bicycles.txt', BICYCLES)]);

  const polled = await client.vectorStores.fileBatches.uploadAndPoll(store, { files }, QUICKLY);
  assert.deepEqual(polled.file_counts, { in_progress: 0, completed: 2, failed: 0, cancelled: 0, total: 2 });

  const fileIds = (await all(client.vectorStores.files.list(store))).map(({ id }) => id);
  const made = await client.vectorStores.fileBatches.create(store, {
    file_ids: fileIds,
    chunking_strategy: { type: 'static', static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 0 } },
  });
  const path = { vector_store_id: store };
  const batch = await client.vectorStores.fileBatches.poll(store, made.id, QUICKLY);
  assert.equal(batch.object, 'vector_store.files_batch');
  assert.equal(batch.status, 'completed');
  assert.deepEqual(await client.vectorStores.fileBatches.retrieve(made.id, path), batch);
  const listed = await all(client.vectorStores.fileBatches.listFiles(made.id, { ...path, limit: 1, order: 'asc' }));
  assert.deepEqual(listed.map(({ id }) => id).sort(), fileIds.sort());
  assert.deepEqual(await client.vectorStores.fileBatches.cancel(made.id, path), batch);
});

test('a store is searched', async () => {
  const page = await client.vectorStores.search(shared, { query: 'What grows on trees?', rewrite_query: true });

  assert.deepEqual(page.object, 'vector_store.search_results.page');
  const [best] = page.data;
  assert.equal(best.filename, 'apples.txt');
  assert.deepEqual(best.attributes, { kind: 'fruit' });
  assert.deepEqual(best.content, [{ type: 'text', text: APPLES }]);
  assert.ok(best.score > 0 && best.score <= 1);
  const narrowed = await all(
    client.vectorStores.search(shared, {
      query: ['What grows on trees?', 'fruit'],
      filters: { type: 'in', key: 'kind', value: ['vehicle'] },
      max_num_results: 3,
      ranking_options: { ranker: 'auto', score_threshold: 0 },
    }),
  );
  assert.deepEqual(
    narrowed.map(({ filename }) => filename),
    ['bicycles.txt'],
  );
});

const ANSWERS = {
  'all of a store': [{}, ['apples.txt', 'bicycles.txt']],
  'the best of a store': [
    {
      max_num_results: 1,
      ranking_options: { ranker: 'auto', score_threshold: 0.1, hybrid_search: { embedding_weight: 1, text_weight: 0.5 } },
    },
    ['apples.txt'],
  ],
  'those that are of a kind': [{ filters: { type: 'eq', key: 'kind', value: 'vehicle' } }, ['bicycles.txt']],
  'what is not there': [{ filters: { type: 'eq', key: 'kind', value: 'stone' } }, []],
};

for (const [name, [terms, names]] of Object.entries(ANSWERS)) {
  test(`an answer from files: ${name}`, async () => {
    const body = about('#call=file_search {"queries":["Which fruit grows on trees?"]}', {
      tools: [{ type: 'file_search', vector_store_ids: [shared], ...terms }],
    });
    const include = ['file_search_call.results'];

    const bare = await client.responses.create(body);
    const whole = await client.responses.create({ ...body, include });
    const seen = await events(await client.responses.create({ ...body, include, stream: true }));

    assert.equal(item(bare, 'file_search_call').results, null);
    const { queries, results } = item(whole, 'file_search_call');
    assert.deepEqual(queries, ['Which fruit grows on trees?']);
    assert.deepEqual(
      results.map(({ filename }) => filename),
      names,
    );
    const [{ annotations }] = item(whole, 'message').content;
    assert.deepEqual([...new Set(annotations.map(({ filename }) => filename))], names);
    assert.deepEqual(alike(responseOf(seen)), alike(whole));
    assert.deepEqual(alike(await client.responses.retrieve(bare.id, { include })), alike(whole));
  });
}

test('a store that is not there is refused', async () => {
  const tools = [{ type: 'file_search', vector_store_ids: ['vs_none'] }];

  await assert.rejects(client.responses.create(about('hello', { tools })), /vs_none/);
});

test('texts are judged', async () => {
  const shield_id = 'words';
  const params = { words: ['bomb'] };
  await client.post('/shields', { body: { shield_id, provider_id: 'deny-list', params } });

  const one = await client.moderations.create({ input: 'a cake', model: shield_id });
  const several = await client.moderations.create({
    input: [
      { type: 'text', text: 'a cake' },
      { type: 'text', text: 'a bomb' },
    ],
    model: shield_id,
  });

  assert.match(one.id, /^modr-/);
  assert.equal(one.model, shield_id);
  assert.deepEqual(
    [...one.results, ...several.results].map(({ flagged }) => flagged),
    [false, false, true],
  );
  const [{ categories, category_scores, category_applied_input_types }] = one.results;
  for (const category of ['harassment/threatening', 'illicit', 'self-harm', 'sexual/minors', 'violence']) {
    assert.equal(categories[category], false);
    assert.equal(category_scores[category], 0);
    assert.deepEqual(category_applied_input_types[category], ['text']);
  }
  const image = [{ type: 'image_url', image_url: { url: 'https://example.org/1.png' } }];
  await assert.rejects(client.moderations.create({ input: image, model: shield_id }), BadRequestError);
});

test('texts are embedded by the model of the server, whichever way the numbers come', async () => {
  const { data: models } = await client.models.list();
  const model = models.find(({ custom_metadata, model_type }) =>
    [custom_metadata?.model_type, model_type].includes('embedding'),
  ).id;

  const inBase64 = await client.embeddings.create({ model, input: ['apples', 'trees'] });
  const asNumbers = await client.embeddings.create({ model, input: 'apples', encoding_format: 'float' });

  assert.equal(inBase64.data.length, 2);
  assert.ok(inBase64.usage.total_tokens > 0);
  const [{ embedding }] = inBase64.data;
  const [{ embedding: numbers }] = asNumbers.data;
  assert.equal(embedding.length, numbers.length);
  assert.ok(numbers.every((number, place) => Math.abs(number - embedding[place]) < 1e-5));
  assert.ok(Math.abs(Math.hypot(...numbers) - 1) < 1e-3, 'the vector has the length 1');
});
