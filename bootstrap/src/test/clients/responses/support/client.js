// The client under test, in the version that CLIENT_VERSION names.

import { server } from '../../control.mjs';

export const version = process.env.CLIENT_VERSION;
const name = `openai-${version}`;

const sdk = await import(name);
export const { APIError, BadRequestError, InternalServerError, NotFoundError, RateLimitError, toFile } = sdk;

export const { zodResponsesFunction, zodTextFormat } = await import(`${name}/helpers/zod`);
/** The zod that this version's helpers take. */
export const { z } = await import(version.startsWith('5.') ? 'zod/v3' : 'zod');

/** The client's socket, with which `ws` comes along. */
export const socketOf = async (client) => new (await import(`${name}/resources/responses/ws`)).ResponsesWS(client);

// What a version lacks, or does by half.
const MISSING = {
  '5.23.2': ['inputTokens', 'compact', 'ResponsesWS', 'an end that is incomplete', 'parsed arguments alone'],
};

/** Why a test can't be run with this version, or false. */
export function without(feature) {
  return (MISSING[version] ?? []).includes(feature) && `openai ${version} lacks ${feature}`;
}

/**
 * A client of the running server, with its defaults, retries included. `sent` notes each request that leaves it, the
 * repeated ones too.
 */
export async function connect(options = {}) {
  const sent = [];
  const client = new sdk.default({
    baseURL: `${await server.url()}/v1`,
    apiKey: 'any',
    fetch: (url, init) => {
      sent.push(`${init.method.toUpperCase()} ${new URL(url).pathname}`);
      return fetch(url, init);
    },
    ...options,
  });
  return { client, sent };
}
