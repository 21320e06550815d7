import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, NotFoundError, without } from './support/client.js';
import { BOILING_POINT, INSTRUCTIONS, MODEL, scene } from './support/scene.js';

const CONFIG = { model: MODEL, instructions: INSTRUCTIONS };

test('an agent is created and deleted', async () => {
  const { client } = await connect();

  const { agent_id } = await client.agents.create({ agent_config: CONFIG });
  assert.match(agent_id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  await client.agents.delete(agent_id);
  await assert.rejects(client.agents.session.create(agent_id, { session_name: 's' }), NotFoundError);
});

test('an agent is retrieved with every setting filled in', { skip: without('agents.retrieve') }, async () => {
  const { client } = await connect();
  const { agent_id } = await client.agents.create({ agent_config: CONFIG });

  const agent = await client.agents.retrieve(agent_id);

  assert.equal(agent.agent_id, agent_id);
  assert.match(agent.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/);
  assert.deepEqual(agent.agent_config, {
    model: MODEL,
    instructions: INSTRUCTIONS,
    name: null,
    sampling_params: { strategy: { type: 'greedy' }, max_tokens: 0, repetition_penalty: 1.0, stop: null },
    input_shields: [],
    output_shields: [],
    toolgroups: [],
    client_tools: [],
    tool_choice: null,
    tool_prompt_format: null,
    tool_config: { tool_choice: 'auto', tool_prompt_format: null, system_message_behavior: 'append' },
    max_infer_iters: 10,
    enable_session_persistence: false,
    response_format: null,
  });
});

test('an agent keeps the tools and the sampling that it was given', { skip: without('agents.retrieve') }, async () => {
  const sampling_params = {
    strategy: { type: 'top_p', temperature: 0.7, top_p: 0.9 },
    max_tokens: 128,
    repetition_penalty: 1.1,
    stop: ['END'],
  };
  const { client, agentId } = await scene({
    config: { name: 'boiler', client_tools: [BOILING_POINT], sampling_params, max_infer_iters: 3 },
  });

  const { agent_config } = await client.agents.retrieve(agentId);

  assert.equal(agent_config.name, 'boiler');
  assert.equal(agent_config.max_infer_iters, 3);
  assert.deepEqual(agent_config.sampling_params, sampling_params);
  const [tool, ...others] = agent_config.client_tools;
  assert.deepEqual(others, []);
  assert.equal(tool.name, BOILING_POINT.name);
  assert.equal(tool.description, BOILING_POINT.description);
  assert.deepEqual(tool.parameters[1], BOILING_POINT.parameters[1]);
});

test('agents are listed in slices', { skip: without('agents.list') }, async () => {
  const { client } = await connect();
  const created = [];
  for (const name of ['first', 'second', 'third']) {
    created.push((await client.agents.create({ agent_config: { ...CONFIG, name } })).agent_id);
  }

  const all = (await client.agents.list()).data.map((agent) => agent.agent_id);
  assert.deepEqual(all.slice(-3), created);

  const slice = await client.agents.list({ start_index: all.length - 3, limit: 2 });
  assert.deepEqual(
    slice.data.map((agent) => agent.agent_config.name),
    ['first', 'second'],
  );
  assert.equal(slice.has_more, true);

  const rest = await client.agents.list({ start_index: all.length - 1, limit: 2 });
  assert.deepEqual(
    rest.data.map((agent) => agent.agent_config.name),
    ['third'],
  );
  assert.equal(rest.has_more, false);
});

test('deleting an agent deletes its sessions', async () => {
  const it = await scene();
  await it.ask('hello');

  await it.client.agents.delete(it.agentId);

  await assert.rejects(it.session(), NotFoundError);
});
