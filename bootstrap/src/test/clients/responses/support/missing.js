// What the server has not got yet. `missing.test.js` fails as soon as one of these is there, so that its tests are run.

import { server } from '../../control.mjs';

export const MISSING = {
  'a count of tokens': ['POST', '/v1/responses/input_tokens'],
  'a compaction on request': ['POST', '/v1/responses/compact'],
};

/** Why a test can't be run with this server, or false. */
export const lacks = (feature) => feature in MISSING && `the server has not got ${feature}`;

/** Whether the server says that it knows no such route. */
export async function isMissing(feature) {
  const [method, path] = MISSING[feature];
  const response = await fetch(`${await server.url()}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: method === 'POST' ? '{}' : undefined,
  });
  await response.body?.cancel();
  return [404, 405].includes(response.status);
}
