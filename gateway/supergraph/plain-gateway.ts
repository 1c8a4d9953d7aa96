import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AskgraphError } from '../../schema/errors.js';
import type { Caller } from '../../subgraphs/request-context.js';
import type { GatewayConfig } from './gateway-config.js';
import { headersOf } from './label-rules.js';
import { openRemoteSupergraph } from './remote-supergraph.js';
import { createDocumentCache } from './route/document-cache.js';
import { type Admit, graphqlRoute, type RouteTarget } from './route/graphql-route.js';
import { createPersistedQueries } from './route/persisted-queries.js';
import { readSafelist } from './route/safelist.js';
import { serve } from './served.js';
import { watchText } from './watch-file.js';

/** A gateway over a supergraph file, without a port. */
export interface PlainGateway {
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** How many subgraphs the supergraph has now. */
  subgraphs(): number;
  /** Ends when what is under way is done. */
  close(): Promise<void>;
}

export interface PlainGatewayOptions {
  readonly config: GatewayConfig;
  readonly admit?: Admit | undefined;
  /** Says who asks; without it everybody is anonymous. */
  readonly identify?: ((request: IncomingMessage) => Promise<Caller>) | undefined;
  readonly report: (event: { readonly message: string; readonly error?: unknown }) => void;
  readonly now: () => Date;
  readonly newHex: (bytes: number) => string;
}

const ANYONE = { subject: 'anonymous', roles: [], claims: {} };
const WATCH_MILLISECONDS = 250;

/**
 * Serves a supergraph file over its subgraphs' URLs, and the file's next content when it changes: requests under way
 * end with what they began with. Throws COMPOSITION_FAILED where the file is no supergraph, and CONFIGURATION_INVALID.
 */
export async function openPlainGateway(options: PlainGatewayOptions): Promise<PlainGateway> {
  const { config, admit, identify, report, now, newHex } = options;
  const sdl = await readSupergraph(config.supergraph);
  let target = await openTarget(sdl, config);
  let replacing = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    try {
      const previous = target;
      target = await openTarget(text, config);
      report({ message: 'The supergraph was loaded anew.' });
      await previous.served.retire();
    } catch (error) {
      report({ message: 'The new supergraph cannot be served; the one before it still is.', error });
    }
  };
  const unwatch = watchText(config.supergraph, sdl, WATCH_MILLISECONDS, (text) => {
    replacing = replacing.then(() => replace(text));
  });
  const { forwardRules, labelRules } = config.traffic;
  const names = [...forwardRules.map(({ from }) => from), ...headersOf(labelRules)];
  return {
    graphql: graphqlRoute({
      admit,
      target: () => target,
      resolveQuery: createPersistedQueries({
        characters: config.documentCharacters,
        ...(config.safelist === undefined ? {} : { safelist: await readSafelist(config.safelist) }),
      }),
      identify: identify ?? (async () => ANYONE),
      maximumRequestBytes: config.requestLimitBytes,
      timeoutMilliseconds: config.requestTimeoutMilliseconds,
      dependsOnClient: (headers) =>
        identify !== undefined || names.some((name) => headers[name] !== undefined),
      returnRules: config.traffic.returnRules,
      now,
      newHex,
      report: (error) => report({ message: 'A request failed.', error }),
    }),
    subgraphs: () => target.subgraphs,
    async close() {
      unwatch();
      await replacing;
      await target.served.retire();
    },
  };
}

async function openTarget(
  sdl: string,
  config: GatewayConfig,
): Promise<RouteTarget & { readonly subgraphs: number }> {
  const { supergraph, subgraphs } = await openRemoteSupergraph(sdl, config);
  return {
    served: serve(supergraph),
    check: createDocumentCache({
      schema: supergraph.schema,
      documents: config.preparedOperations,
      characters: config.documentCharacters,
      maximumTokens: config.maximumTokens,
      introspection: config.introspection,
    }),
    subgraphs,
  };
}

async function readSupergraph(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AskgraphError('CONFIGURATION_INVALID', `The supergraph file "${path}" cannot be read.`, {
      cause,
    });
  }
}
