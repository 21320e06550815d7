// What tests do with responses again and again.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export const MODEL = 'scripted-model';

export const BOILING_POINT = {
  type: 'function',
  name: 'get_boiling_point',
  description: 'Tells the boiling point of a liquid.',
  parameters: {
    type: 'object',
    properties: { liquid: { type: 'string' } },
    required: ['liquid'],
    additionalProperties: false,
  },
  strict: true,
};

/** A text that no other test says, to find its own requests by. */
export const unique = (text) => `${text} ${randomUUID()}`;

/** A name for a gate that no other test has. */
export const gateName = () => `g-${randomUUID()}`;

/** What is sent for a response to this text, with more parameters. */
export const about = (input, more = {}) => ({ model: MODEL, input, ...more });

/** An answer to a call, as a client sends it. */
export const outputOf = (call, output) => ({ type: 'function_call_output', call_id: call.call_id, output });

/** The items of one type. */
export const items = (response, type) => response.output.filter((item) => item.type === type);

/** The one item of a type. */
export function item(response, type) {
  const [only, ...others] = items(response, type);
  assert.ok(only, `no ${type} in ${JSON.stringify(response.output)}`);
  assert.deepEqual(others, []);
  return only;
}

/** All that an iterator has. */
export async function all(iterable) {
  const seen = [];
  for await (const one of iterable) {
    seen.push(one);
  }
  return seen;
}

/** The events of a stream to its end, which are numbered without a gap from this number on. */
export async function events(stream, from = 0) {
  const seen = await all(stream);
  assertGapless(seen, from);
  return seen;
}

export function assertGapless(seen, from = 0) {
  assert.deepEqual(
    seen.map(({ sequence_number }) => sequence_number),
    seen.map((_, index) => from + index),
    'each number comes once, and in order',
  );
}

/** An event without its padding, which every reader gets another of. */
export const unpadded = ({ obfuscation: _, ...event }) => event;

/** The order of a stream's events without their common prefix, a run of equal ones as one. */
export const order = (seen) =>
  seen.map(({ type }) => type.replace(/^response\./, '')).filter((type, index, types) => type !== types[index - 1]);

/** The order of the events of a text. */
export const TEXT_ORDER = [
  'created',
  'in_progress',
  'output_item.added',
  'content_part.added',
  'output_text.delta',
  'output_text.done',
  'content_part.done',
  'output_item.done',
  'completed',
];

/** The response that a stream ended in. */
export function responseOf(seen) {
  const last = seen.at(-1);
  assert.ok(last?.response, JSON.stringify(last));
  return last.response;
}

/** The text that a stream told piece by piece. */
export const textOf = (seen) =>
  seen
    .filter(({ type }) => type === 'response.output_text.delta')
    .map(({ delta }) => delta)
    .join('');

const ID = /^(resp|msg|rs|fc|fco|ctc|ctco|call|conv|ws|fs|ci|sh|sho|mcp|mcpl|mcpr)_\w+$/;
const PASSING = ['created_at', 'completed_at'];
const OF_THE_CLIENT = ['parsed', 'parsed_arguments', 'output_parsed', 'output_text'];

/**
 * A response without what differs from one to the next: ids stand as the order of their appearance, times and sealed
 * texts as their being there. What the client adds by itself is left out.
 */
export function alike(response) {
  const ids = new Map();
  const seen = (id) => {
    if (!ids.has(id)) {
      ids.set(id, `<${id.split('_')[0]}-${ids.size + 1}>`);
    }
    return ids.get(id);
  };
  return JSON.parse(
    JSON.stringify(response, (key, value) => {
      if (OF_THE_CLIENT.includes(key)) {
        return undefined;
      }
      if (PASSING.includes(key)) {
        return typeof value;
      }
      if (key === 'encrypted_content') {
        return '<sealed>';
      }
      if (key === 'call_id') {
        return seen(`call_${value}`);
      }
      return typeof value === 'string' && ID.test(value) ? seen(value) : value;
    }),
  );
}

/** What the model was shown of a conversation: role and text of each message. */
export const shown = (request) =>
  request.messages.map(({ role, content }) => [
    role,
    Array.isArray(content) ? content.map(({ text }) => text ?? '').join('\n') : (content ?? ''),
  ]);
