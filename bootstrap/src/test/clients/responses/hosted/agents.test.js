import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, hostedMcpTool, OpenAIResponsesModel, run, setTracingDisabled, webSearchTool } from '@openai/agents';
import OpenAI from 'openai';
import { MODEL } from '../support/scene.js';

// The framework brings its own client, so it is driven along with one version only.
const skip = process.env.CLIENT_VERSION !== '6.49.0' && 'agents bring openai 6.49.0';

setTracingDisabled(true);

const client = new OpenAI({ baseURL: `${process.env.PARLEY_URL}/v1`, apiKey: 'any', maxRetries: 0 });
const agent = (...tools) => new Agent({ name: 'finder', model: new OpenAIResponsesModel(client, MODEL), tools });
const shelf = (requireApproval) =>
  hostedMcpTool({ serverLabel: 'shelf', serverUrl: 'https://shelf.example', requireApproval });

test('an agent has the server search the web', { skip }, async () => {
  for (const stream of [false, true]) {
    const result = await run(agent(webSearchTool()), '#call=search {"query":"pulse"}', { stream });
    await result.completed;

    assert.match(result.finalOutput, /^The tool says: /);
  }
});

test('an agent has the server call a tool of another', { skip }, async () => {
  const result = await run(agent(shelf('never')), '#call=shelf__find {}');

  assert.equal(result.finalOutput, 'The tool says: On the left');
});

test('an agent asks before the server calls a tool', { skip }, async () => {
  const finder = agent(shelf({ always: { toolNames: ['find'] } }));

  const asking = await run(finder, '#call=shelf__find {}');
  assert.equal(asking.interruptions.length, 1);
  asking.state.approve(asking.interruptions[0]);
  const result = await run(finder, asking.state);

  assert.equal(result.finalOutput, 'The tool says: On the left');
});
