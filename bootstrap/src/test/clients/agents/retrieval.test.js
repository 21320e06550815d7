import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { BadRequestError, connect, NotFoundError, toFile, without } from './support/client.js';
import { order, scene, turnOf } from './support/scene.js';

const { client } = await connect();

const APPLES = 'Apples are red or green and grow on trees in orchards.';
const BICYCLES = 'A bicycle has two wheels, a frame and a chain.';
const QUESTION = 'Which fruit grows on trees?';
const RAG = 'builtin::rag';

const embeddingModel = (await client.models.list()).find(({ model_type }) => model_type === 'embedding').identifier;

/** A vector database that no other test has. */
async function database() {
  const id = `db/${randomUUID()}`;
  await client.vectorDBs.register({ vector_db_id: id, embedding_model: embeddingModel });
  return id;
}

/** One with a document on each of two things. */
async function library() {
  const id = await database();
  await client.toolRuntime.ragTool.insert({
    vector_db_id: id,
    chunk_size_in_tokens: 100,
    documents: [
      { document_id: 'apples', content: APPLES, mime_type: 'text/plain', metadata: { kind: 'fruit' } },
      { document_id: 'bicycles', content: { type: 'text', text: BICYCLES }, metadata: {} },
    ],
  });
  return id;
}

const textOf = (content) => (Array.isArray(content) ? content.map(({ text }) => text).join('\n') : (content ?? ''));

test('a vector database is registered, listed, read and unregistered', async () => {
  const vector_db_id = `db/${randomUUID()}`;
  const made = await client.vectorDBs.register({
    vector_db_id,
    embedding_model: embeddingModel,
    embedding_dimension: 384,
    provider_id: 'faiss',
    provider_vector_db_id: 'x',
  });

  assert.equal(made.identifier, vector_db_id);
  assert.equal(made.embedding_model, embeddingModel);
  assert.equal(made.embedding_dimension, 384);
  assert.deepEqual(await client.vectorDBs.retrieve(vector_db_id), { ...made, type: 'vector_db' });
  const listed = (await client.vectorDBs.list()).find(({ identifier }) => identifier === vector_db_id);
  assert.deepEqual(listed, { ...made, type: 'vector_db' });
  await client.vectorDBs.unregister(vector_db_id);
  await assert.rejects(client.vectorDBs.retrieve(vector_db_id), NotFoundError);
  await assert.rejects(
    client.vectorDBs.register({ vector_db_id, embedding_model: 'no-such-model' }),
    BadRequestError,
  );
});

test('chunks are inserted and found', async () => {
  const vector_db_id = await database();
  await client.vectorIo.insert({
    vector_db_id,
    chunks: [
      { content: APPLES, metadata: { document_id: 'apples', page: 1 } },
      { content: [{ type: 'text', text: BICYCLES }], metadata: { document_id: 'bicycles' } },
    ],
  });

  const found = await client.vectorIo.query({ vector_db_id, query: QUESTION });
  assert.equal(found.chunks.length, found.scores.length);
  assert.equal(textOf(found.chunks[0].content), APPLES);
  assert.equal(found.chunks[0].metadata.document_id, 'apples');
  assert.equal(found.chunks[0].metadata.page, 1);
  assert.ok(found.scores[0] > found.scores[1]);
  const best = await client.vectorIo.query({
    vector_db_id,
    query: [{ type: 'text', text: QUESTION }],
    params: { max_chunks: 1, score_threshold: 0.1, mode: 'hybrid' },
  });
  assert.deepEqual(
    best.chunks.map(({ metadata }) => metadata.document_id),
    ['apples'],
  );
  await assert.rejects(client.vectorIo.query({ vector_db_id: 'none', query: 'a' }), NotFoundError);
});

test('documents are inserted and asked', async () => {
  const vector_db_id = await library();

  const { content, metadata } = await client.toolRuntime.ragTool.query({
    content: QUESTION,
    vector_db_ids: [vector_db_id],
    query_config: {
      query_generator_config: { type: 'default', separator: ' ' },
      max_chunks: 1,
      max_tokens_in_context: 500,
    },
  });

  assert.ok(textOf(content).includes(APPLES), textOf(content));
  assert.ok(!textOf(content).includes(BICYCLES));
  assert.deepEqual(metadata.document_ids, ['apples']);
  const nothing = await client.toolRuntime.ragTool.query({ content: QUESTION, vector_db_ids: [await database()] });
  assert.equal(nothing.content, null);
});

test('the tools of retrieval are listed and invoked', async () => {
  const vector_db_id = await library();

  const group = await client.toolgroups.get(RAG);
  assert.deepEqual(
    (await client.toolgroups.list()).find(({ identifier }) => identifier === RAG),
    group,
  );
  const tools = await client.tools.list({ toolgroup_id: RAG });
  assert.deepEqual(tools.map(({ identifier }) => identifier).sort(), ['insert_into_memory', 'knowledge_search']);
  assert.deepEqual(await client.tools.get('knowledge_search'), tools.find((tool) => tool.identifier !== 'insert_into_memory'));
  const definitions = await client.toolRuntime.listTools({ tool_group_id: RAG });
  const search = definitions.find(({ name }) => name === 'knowledge_search');
  assert.deepEqual(
    search.parameters.map(({ name, required }) => [name, required]),
    [['query', true]],
  );

  const kwargs = { query: QUESTION, vector_db_ids: [vector_db_id] };
  const found = await client.toolRuntime.invokeTool({ tool_name: 'knowledge_search', kwargs });
  assert.equal(found.error_message, null);
  assert.ok(textOf(found.content).includes(APPLES));
  assert.equal(found.metadata.document_ids[0], 'apples');
  const lost = await client.toolRuntime.invokeTool({ tool_name: 'knowledge_search', kwargs: { query: QUESTION } });
  assert.match(lost.error_message, /vector_db_ids/);
});

/** An agent that looks into databases. */
const reader = (group, vector_db_ids) => scene({ config: { toolgroups: [{ name: group, args: { vector_db_ids } }] } });

test('a turn looks into a database, streamed and not', async () => {
  const it = await reader(`${RAG}/knowledge_search`, [await library()]);
  const text = `#call=knowledge_search {"query":"${QUESTION}"}`;

  const told = await it.tell(text);
  const turn = await it.ask(text);

  assert.deepEqual(order(told), [
    'step_start inference',
    'step_progress inference tool_call',
    'step_complete inference',
    'step_start tool_execution',
    'step_progress tool_execution tool_call',
    'step_complete tool_execution',
    'step_start inference',
    'step_progress inference text',
    'step_complete inference',
    'turn_complete',
  ]);
  for (const { steps, output_message } of [turnOf(told), turn]) {
    assert.deepEqual(
      steps.map(({ step_type }) => step_type),
      ['inference', 'tool_execution', 'inference'],
    );
    const [response] = steps[1].tool_responses;
    assert.equal(response.tool_name, 'knowledge_search');
    assert.ok(Array.isArray(response.content));
    assert.ok(textOf(response.content).includes(APPLES));
    assert.deepEqual(response.metadata.document_ids, ['apples', 'bicycles']);
    assert.match(output_message.content, /^The tool says: /);
  }
});

test('a turn inserts into a database, and the next one finds it', async () => {
  const it = await reader(RAG, [await database()]);

  await it.ask(`#call=insert_into_memory {"content":"${APPLES}","document_id":"note"}`);
  const turn = await it.ask(`#call=knowledge_search {"query":"${QUESTION}"}`);

  const [response] = turn.steps[1].tool_responses;
  assert.deepEqual(response.metadata.document_ids, ['note']);
  assert.ok(textOf(response.content).includes(APPLES));
});

test('a database that is not there is an answer for the model', async () => {
  const it = await reader(RAG, ['db/none']);

  const turn = await it.ask(`#call=knowledge_search {"query":"${QUESTION}"}`);

  assert.match(textOf(turn.steps[1].tool_responses[0].content), /db\/none/);
  assert.match(turn.output_message.content, /^The tool says: /);
});

test('what a database has is put before the model unasked', async () => {
  const args = { vector_db_ids: [await library()], insert_context: true };
  const it = await scene({ config: { toolgroups: [{ name: RAG, args }] } });

  const turn = await it.ask(QUESTION);

  assert.deepEqual(
    turn.steps.map(({ step_type }) => step_type),
    ['memory_retrieval', 'inference'],
  );
  assert.ok(textOf(turn.steps[0].inserted_context).includes(APPLES));
});

test('files and vector stores are there as well', { skip: without('files and vectorStores') }, async () => {
  const uploaded = await client.files.create({
    file: await toFile(Buffer.from(APPLES), 'apples.txt'),
    purpose: 'assistants',
  });
  assert.equal((await client.files.retrieve(uploaded.id)).filename, 'apples.txt');
  const store = await client.vectorStores.create({ name: 'fruit', embedding_model: embeddingModel });
  const path = [store.id, uploaded.id];
  await client.vectorStores.files.create(store.id, { file_id: uploaded.id, attributes: { kind: 'fruit' } });
  while ((await client.vectorStores.files.retrieve(...path)).status === 'in_progress') {
    await pause(20);
  }

  assert.equal((await client.vectorStores.retrieve(store.id)).file_counts.completed, 1);
  const { content, filename } = await client.vectorStores.files.content(...path);
  assert.deepEqual(content, [{ type: 'text', text: APPLES }]);
  assert.equal(filename, 'apples.txt');
  const { data } = await client.vectorStores.search(store.id, { query: QUESTION, max_num_results: 1 });
  assert.equal(data[0].filename, 'apples.txt');
  assert.deepEqual(data[0].attributes, { kind: 'fruit' });
  const listed = await client.vectorStores.list();
  assert.ok(listed.data.some(({ id }) => id === store.id));
  // one store in two languages
  assert.equal((await client.vectorDBs.retrieve(store.id)).embedding_model, embeddingModel);
  assert.equal((await client.vectorStores.files.delete(...path)).deleted, true);
  assert.equal((await client.vectorStores.delete(store.id)).deleted, true);
  assert.equal((await client.files.delete(uploaded.id)).deleted, true);
});

test('texts are embedded', { skip: without('embeddings') }, async () => {
  const { data } = await client.embeddings.create({ model: embeddingModel, input: ['apples', 'trees'] });

  assert.deepEqual(
    data.map(({ index, embedding }) => [index, embedding.length]),
    [
      [0, 384],
      [1, 384],
    ],
  );
});
