import assert from 'node:assert/strict';
import { test } from 'node:test';

const sdk = await import(`llama-stack-client-${process.env.CLIENT_VERSION}`);
const client = new sdk.default({
  baseURL: process.env.PARLEY_URL,
  maxRetries: 0,
  defaultHeaders: { 'X-LlamaStack-Provider-Data': JSON.stringify({ cellar_key: 'a-secret' }) },
});

const CELLAR = 'cellar/left';

/** All that a stream tells. */
async function payloads(stream) {
  const all = [];
  for await (const { event } of stream) {
    all.push(event.payload);
  }
  return all;
}

test('a tool group is registered, found, used and unregistered', async () => {
  await client.toolgroups.register({ toolgroup_id: CELLAR, provider_id: 'scripted', args: { shelf: 2 } });

  const groups = await client.toolgroups.list();
  const group = await client.toolgroups.get(CELLAR);
  const tools = await client.tools.list({ toolgroup_id: CELLAR });
  const tool = await client.tools.get('fetch');
  const fetched = await client.toolRuntime.invokeTool({ tool_name: 'fetch', kwargs: { what: 'wine' } });
  await client.toolgroups.unregister(CELLAR);

  assert.ok(groups.map(({ identifier }) => identifier).includes('builtin::websearch'));
  assert.deepEqual(groups.find(({ identifier }) => identifier === CELLAR), group);
  assert.deepEqual(group.args, { shelf: 2 });
  assert.deepEqual(tools, [tool]);
  assert.equal(fetched.content, 'Fetched {"what":"wine","shelf":2}');
  assert.equal(fetched.error_message, null);
  await assert.rejects(client.toolgroups.get(CELLAR), sdk.NotFoundError);
});

test('what is no group has no tools', async () => {
  assert.deepEqual(await client.tools.list({ toolgroup_id: 'builtin::rag/knowledge_search' }), []);
});

test('a tool that fails and one that is not there', async () => {
  const failed = await client.toolRuntime.invokeTool({ tool_name: 'gives_up', kwargs: {} });

  assert.equal(failed.error_message, 'the drawer is stuck');
  assert.equal(failed.content, null);
  await assert.rejects(client.toolRuntime.invokeTool({ tool_name: 'none', kwargs: {} }), sdk.BadRequestError);
});

test('tools of a group in a turn, streamed and not', async () => {
  const { agent_id } = await client.agents.create({
    agent_config: {
      model: 'scripted-model',
      instructions: 'Use the tools.',
      toolgroups: [{ name: 'builtin::websearch', args: { limit: 3 } }],
    },
  });
  const { session_id } = await client.agents.session.create(agent_id, { session_name: 'a session' });
  const messages = [{ role: 'user', content: '#call=brave_search {"query":"apples"}' }];

  const told = await payloads(await client.agents.turn.create(agent_id, session_id, { messages, stream: true }));
  const turn = await client.agents.turn.create(agent_id, session_id, { messages, stream: false });

  const streamed = told.at(-1).turn;
  assert.equal(told.at(-1).event_type, 'turn_complete');
  for (const { steps } of [streamed, turn]) {
    assert.deepEqual(
      steps.map(({ step_type }) => step_type),
      ['inference', 'tool_execution', 'inference'],
    );
    assert.equal(steps[1].tool_responses[0].tool_name, 'brave_search');
    assert.equal(steps[1].tool_responses[0].content, 'Found: {"query":"apples","limit":3}');
  }
});
