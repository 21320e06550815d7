import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { BadRequestError, connect } from './support/client.js';
import { about, BOILING_POINT, events, item, items, order, outputOf, responseOf, unique } from './support/scene.js';

const { client } = await connect();

const tools = [BOILING_POINT];

test('a loop of calls and outputs comes to an answer', async () => {
  const text = unique('#tools-in-turn');
  const liquids = [];

  let response = await client.responses.create(about(text, { tools }));
  while (items(response, 'function_call').length > 0) {
    assert.equal(response.status, 'completed');
    const call = item(response, 'function_call');
    const { liquid } = JSON.parse(call.arguments);
    liquids.push(liquid);
    response = await client.responses.create(
      about([outputOf(call, `${liquid}!`)], { tools, previous_response_id: response.id }),
    );
  }

  assert.deepEqual(liquids, ['water', 'ethanol']);
  assert.equal(response.output_text, 'The tool says: ethanol!');
  const requests = await model.requests(text);
  assert.deepEqual(
    requests.at(-1).messages.map(({ role }) => role),
    ['user', 'assistant', 'tool', 'assistant', 'tool'],
  );
  assert.deepEqual(requests[0].tools[0].function.parameters, BOILING_POINT.parameters);
});

test('a loop may be streamed', async () => {
  const text = unique('#tool');
  const first = await events(await client.responses.create(about(text, { tools, stream: true })));

  assert.deepEqual(order(first), [
    'created',
    'in_progress',
    'output_item.added',
    'function_call_arguments.delta',
    'function_call_arguments.done',
    'output_item.done',
    'completed',
  ]);
  const call = item(responseOf(first), 'function_call');
  assert.match(call.id, /^fc_/);
  assert.equal(call.name, 'get_boiling_point');
  assert.equal(call.arguments, '{"liquid":"water"}');
  assert.equal(call.status, 'completed');
  const done = first.find(({ type }) => type === 'response.function_call_arguments.done');
  assert.deepEqual([done.name, done.arguments], ['get_boiling_point', '{"liquid":"water"}']);

  const second = await events(
    await client.responses.create(
      about([outputOf(call, '100')], { tools, previous_response_id: responseOf(first).id, stream: true }),
    ),
  );

  assert.equal(responseOf(second).output[0].content[0].text, 'The tool says: 100');
});

test('calls are told apart, however the model numbers them', async () => {
  for (const word of ['#two-tools', '#tools-at-index-zero', '#tools-of-one-id']) {
    const response = await client.responses.create(about(word, { tools }));

    const calls = items(response, 'function_call');
    assert.deepEqual(
      calls.map(({ arguments: given }) => JSON.parse(given).liquid),
      ['water', 'ethanol'],
      word,
    );
    assert.notEqual(calls[0].call_id, calls[1].call_id, word);
    const answered = await client.responses.create(
      about([outputOf(calls[1], '78'), outputOf(calls[0], '100')], { tools, previous_response_id: response.id }),
    );
    assert.match(answered.output_text, /^The tool says: /, word);
  }
});

test('an output may have parts', async () => {
  const response = await client.responses.create(about('#tool', { tools }));
  const call = item(response, 'function_call');

  const answered = await client.responses.create(
    about([outputOf(call, [{ type: 'input_text', text: '100' }])], { tools, previous_response_id: response.id }),
  );

  assert.equal(answered.output_text, 'The tool says: 100');
});

test('a custom tool is called with free text', async () => {
  const custom = [{ type: 'custom', name: 'run_sql', description: 'Runs SQL.' }];
  const text = unique('#call=run_sql {"input":"select \\"a\\" from b"}');

  const seen = await events(await client.responses.create(about(text, { tools: custom, stream: true })));
  const first = responseOf(seen);
  const call = item(first, 'custom_tool_call');
  assert.deepEqual(order(seen).slice(2, -1), [
    'output_item.added',
    'custom_tool_call_input.delta',
    'custom_tool_call_input.done',
    'output_item.done',
  ]);
  const answered = await client.responses.create(
    about([{ type: 'custom_tool_call_output', call_id: call.call_id, output: '1 row' }], {
      tools: custom,
      previous_response_id: first.id,
    }),
  );

  assert.equal(call.name, 'run_sql');
  assert.equal(call.input, 'select "a" from b');
  assert.match(call.id, /^ctc_/);
  assert.equal(answered.output_text, 'The tool says: 1 row');
  const [, again] = await model.requests(text);
  assert.deepEqual(JSON.parse(again.messages.at(-2).tool_calls[0].function.arguments), { input: 'select "a" from b' });
});

test('which tool is to be called can be said', async () => {
  const text = unique('hello');
  const response = await client.responses.create(
    about(text, { tools, tool_choice: { type: 'function', name: 'get_boiling_point' }, parallel_tool_calls: false }),
  );
  const none = unique('hello');
  await client.responses.create(about(none, { tools, tool_choice: 'none' }));

  assert.deepEqual(response.tool_choice, { type: 'function', name: 'get_boiling_point' });
  assert.equal(response.parallel_tool_calls, false);
  const [request] = await model.requests(text);
  assert.deepEqual(request.tool_choice, { type: 'function', function: { name: 'get_boiling_point' } });
  const [without] = await model.requests(none);
  assert.equal(without.tools, undefined);
});

const refused = (part, param) => (error) => {
  assert.ok(error instanceof BadRequestError, String(error));
  assert.match(error.message, part);
  assert.equal(error.param, param);
  return true;
};

test('a call without an output, and an output without a call, are refused', async () => {
  const response = await client.responses.create(about('#tool', { tools }));
  const call = item(response, 'function_call');

  await assert.rejects(
    client.responses.create(about('well?', { tools, previous_response_id: response.id })),
    refused(new RegExp(`No tool output found for function call ${call.call_id}`), 'input'),
  );
  await assert.rejects(
    client.responses.create(about([{ type: 'function_call_output', call_id: 'call_nobody', output: '1' }], { tools })),
    refused(/No tool call found for function call output with call_id call_nobody/, 'input'),
  );
});

test('a choice of a tool that is not there is refused', async () => {
  await assert.rejects(
    client.responses.create(about('hello', { tools, tool_choice: { type: 'function', name: 'another' } })),
    refused(/another/, 'tool_choice'),
  );
});

test('a shell in a container is refused where there are none', async () => {
  const shell = { type: 'shell', environment: { type: 'container_auto' } };

  await assert.rejects(client.responses.create(about('hello', { tools: [...tools, shell] })), refused(/"local"/, 'tools[1]'));
});
