import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import type { LoadedDefinition } from './list.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { encodeRequestHeaders } from './request-headers.js';

export interface RemoteOptions {
  readonly url: string;
  readonly timeoutMilliseconds: number;
  readonly report: (message: string) => void;
}

/**
 * A domain that runs as a server of its own: its schema is what the server says it is, its catalog and glossary are
 * the definition's. It takes no SQL, for there is no door to it yet that is signed.
 * @throws SUBGRAPH_UNAVAILABLE where the server does not answer and no catalog says what it would.
 */
export async function openRemoteSubgraph(
  loaded: LoadedDefinition,
  options: RemoteOptions,
): Promise<OpenSubgraph> {
  const { definition, catalog } = loaded;
  const sdl = await fetchSdl(definition.name, options).catch((error: AskgraphError) => {
    if (catalog === undefined) throw error;
    options.report(`${error.message} Until it does, only its fields are missing.`);
    return printSubgraphSdl({ name: definition.name, description: catalog.description }, catalog);
  });
  return {
    name: definition.name,
    definition,
    sdl,
    schema: buildSubgraphSchema({ typeDefs: parse(sdl) }),
    engine: 'remote',
    ...(catalog === undefined ? {} : { catalog }),
    checkHealth: async () => void (await fetchSdl(definition.name, options)),
    close: async () => {},
  };
}

/** Throws SUBGRAPH_UNAVAILABLE. */
async function fetchSdl(domain: string, { url, timeoutMilliseconds }: RemoteOptions): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const caller = { subject: 'gateway', roles: [], claims: {} };
  const headers = {
    'content-type': 'application/json',
    ...encodeRequestHeaders({ requestId: 'compose', caller, asOf: new Date(), signal }),
  };
  const body = JSON.stringify({ query: '{ _service { sdl } }' });
  const unavailable = (cause: unknown) =>
    new AskgraphError('SUBGRAPH_UNAVAILABLE', `The subgraph ${domain} does not answer at ${url}.`, {
      domain,
      cause,
    });
  const response = await fetch(url, { method: 'POST', headers, body, signal }).catch((cause: unknown) => {
    throw unavailable(cause);
  });
  const answer = (await response.json().catch((cause: unknown) => {
    throw unavailable(cause);
  })) as { data?: { _service?: { sdl?: unknown } } };
  const sdl = answer.data?._service?.sdl;
  if (typeof sdl !== 'string') throw unavailable(answer);
  return sdl;
}
