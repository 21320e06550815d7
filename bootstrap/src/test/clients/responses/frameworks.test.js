import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, OpenAIResponsesModel, OpenAIResponsesWSModel, run, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { model, server } from '../control.mjs';
import { version } from './support/client.js';
import { MODEL, unique } from './support/scene.js';

// The framework brings its own client, so it is driven along with one version only.
const skip = version !== '6.49.0' && 'agents bring openai 6.49.0';

setTracingDisabled(true);

async function agent(more = {}) {
  const asked = [];
  const client = new OpenAI({ baseURL: `${await server.url()}/v1`, apiKey: 'any' });
  const made = new Agent({
    name: 'chemist',
    instructions: 'You know boiling points.',
    model: new OpenAIResponsesModel(client, MODEL),
    tools: [
      tool({
        name: 'get_boiling_point',
        description: 'Tells the boiling point of a liquid.',
        parameters: z.object({ liquid: z.string() }),
        execute: async ({ liquid }) => {
          asked.push(liquid);
          return `${liquid}!`;
        },
      }),
    ],
    ...more,
  });
  return { agent: made, asked };
}

test('an agent calls its tools until it has an answer', { skip }, async () => {
  const it = await agent();
  const text = unique('#think=reasoning #tools-in-turn');

  const result = await run(it.agent, text);

  assert.equal(result.finalOutput, 'The tool says: ethanol!');
  assert.deepEqual(it.asked, ['water', 'ethanol']);
  assert.equal((await model.requests(text)).length, 3);
});

test('an agent calls its tools over a socket, stored or not', { skip }, async () => {
  globalThis.WebSocket ??= WebSocket; // as newer versions of Node have it
  const client = new OpenAI({ baseURL: `${await server.url()}/v1`, apiKey: 'any' });
  const overSocket = new OpenAIResponsesWSModel(client, MODEL);
  for (const store of [true, false]) {
    const it = await agent({ model: overSocket, modelSettings: { store } });
    const text = unique('#think=reasoning #tools-in-turn');

    const result = await run(it.agent, text);

    assert.equal(result.finalOutput, 'The tool says: ethanol!');
    assert.deepEqual(it.asked, ['water', 'ethanol']);
    assert.equal((await model.requests(text)).length, 3);
  }
  await overSocket.close();
});

test('an agent may be streamed', { skip }, async () => {
  const it = await agent();
  const text = unique('#two-tools');
  const kinds = [];

  const result = await run(it.agent, text, { stream: true });
  for await (const event of result) {
    if (event.type === 'run_item_stream_event') {
      kinds.push(event.name);
    }
  }
  await result.completed;

  assert.match(result.finalOutput, /^The tool says: /);
  assert.deepEqual(it.asked.toSorted(), ['ethanol', 'water']);
  assert.deepEqual(
    kinds.toSorted(),
    ['tool_called', 'tool_called', 'tool_output', 'tool_output', 'message_output_created'].toSorted(),
  );
});

test('an agent goes on with what was said before, from its own list or from the server', { skip }, async () => {
  const it = await agent();
  const first = await run(it.agent, unique('#think=reasoning #tool'));

  const bySelf = await run(it.agent, [...first.history, { role: 'user', content: unique('and now?') }]);
  const byServer = await run(it.agent, unique('and then?'), { previousResponseId: first.lastResponseId });

  assert.match(bySelf.finalOutput, /^You said: and now\?/);
  assert.match(byServer.finalOutput, /^You said: and then\?/);
});

test('an agent answers in the form that was asked for', { skip }, async () => {
  const it = await agent({ outputType: z.object({ liquid: z.string(), degrees: z.number() }), tools: [] });

  const result = await run(it.agent, unique('#json'));

  assert.deepEqual(result.finalOutput, { liquid: 'water', degrees: 100 });
});
