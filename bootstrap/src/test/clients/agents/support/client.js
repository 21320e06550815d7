// The client under test, in the version that CLIENT_VERSION names.

import { server } from '../../control.mjs';

export const version = process.env.CLIENT_VERSION;

const sdk = await import(`llama-stack-client-${version}`);
export const { APIError, BadRequestError, ConflictError, InternalServerError, NotFoundError, toFile } = sdk;

// What a version was released without.
const MISSING = {
  '0.2.7': [
    'agents.list',
    'agents.retrieve',
    'agents.session.list',
    'shields.delete',
    'moderations',
    'files and vectorStores',
    'embeddings',
  ],
  '0.2.17': ['shields.delete', 'moderations'],
};

/** Why a test can't be run with this version, or false. */
export function without(method) {
  return (MISSING[version] ?? []).includes(method) && `llama-stack-client ${version} has no ${method}`;
}

/**
 * A client of the running server, with its defaults, retries included. `sent` notes each request that leaves it, the
 * repeated ones too.
 */
export async function connect(options = {}) {
  const client = new sdk.default({ baseURL: await server.url(), ...options });
  const sent = [];
  const send = client.fetch;
  client.fetch = (url, init) => {
    sent.push(`${init.method.toUpperCase()} ${new URL(url).pathname}`);
    return send(url, init);
  };
  return { client, sent };
}
