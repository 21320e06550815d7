import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model } from '../control.mjs';
import { BadRequestError, connect, without, z, zodResponsesFunction, zodTextFormat } from './support/client.js';
import { about, item, unique } from './support/scene.js';

const { client } = await connect();

const Boiling = z.object({ liquid: z.string(), degrees: z.number() });
const format = zodTextFormat(Boiling, 'boiling');

test('an answer is parsed by the schema that was sent along', async () => {
  const text = unique('#json');

  const response = await client.responses.parse(about(text, { text: { format } }));

  assert.deepEqual(response.output_parsed, { liquid: 'water', degrees: 100 });
  assert.equal(response.text.format.type, 'json_schema');
  assert.equal(response.text.format.name, 'boiling');
  assert.equal(response.text.format.strict, true);
  assert.deepEqual(response.text.format.schema, format.schema);
  const [request] = await model.requests(text);
  assert.equal(request.response_format.type, 'json_schema');
  const { $schema: _, ...schema } = format.schema;
  assert.deepEqual(request.response_format.json_schema.schema, schema, 'as engines understand it');
});

test('a streamed answer is parsed at its end', async () => {
  const stream = client.responses.stream(about('#json', { text: { format } }));
  const deltas = [];
  stream.on('response.output_text.delta', ({ snapshot }) => deltas.push(snapshot));

  const response = await stream.finalResponse();

  assert.deepEqual(response.output_parsed, { liquid: 'water', degrees: 100 });
  assert.equal(deltas.at(-1), '{"liquid":"water","degrees":100}');
  assert.equal(deltas.length, 1, 'a strict answer is told once it is known to keep to its schema');
});

test('a schema may be sent by hand, and any JSON be asked for', async () => {
  const schema = {
    type: 'object',
    properties: { liquid: { type: 'string' }, degrees: { type: 'integer' } },
    required: ['liquid', 'degrees'],
    additionalProperties: false,
  };
  const typed = await client.responses.create(
    about('#json', { text: { format: { type: 'json_schema', name: 'boiling', schema } } }),
  );
  const any = await client.responses.create(about('#json', { text: { format: { type: 'json_object' } } }));

  assert.equal(JSON.parse(typed.output_text).degrees, 100);
  assert.equal(JSON.parse(any.output_text).degrees, 100);
});

test('the arguments of a call are parsed by the schema of the tool', { skip: without('parsed arguments alone') }, async () => {
  const tool = zodResponsesFunction({ name: 'get_boiling_point', parameters: z.object({ liquid: z.string() }) });

  const response = await client.responses.parse(about('#tool', { tools: [tool] }));

  assert.deepEqual(item(response, 'function_call').parsed_arguments, { liquid: 'water' });
});

test('a schema without a name is refused', async () => {
  await assert.rejects(
    client.responses.create(about('#json', { text: { format: { type: 'json_schema', schema: { type: 'object' } } } })),
    (error) => error instanceof BadRequestError && /text\.format\.name/.test(error.param),
  );
});
