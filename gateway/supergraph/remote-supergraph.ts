import { parse } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import { overridesByRules } from './label-rules.js';
import { remoteTransport } from './remote-transport.js';
import type { SubgraphTraffic } from './subgraph-settings.js';
import { subgraphUrls } from './subgraph-urls.js';
import { createSupergraph, type Supergraph } from './supergraph.js';
import type { Transport } from './transport.js';

export interface RemoteSupergraphOptions {
  readonly preparedOperations: number;
  readonly traffic: SubgraphTraffic;
}

export interface RemoteSupergraph {
  readonly supergraph: Supergraph;
  /** How many subgraphs it has. */
  readonly subgraphs: number;
}

/** Opens a supergraph over the URLs that its SDL gives its subgraphs. Throws COMPOSITION_FAILED. */
export async function openRemoteSupergraph(
  sdl: string,
  options: RemoteSupergraphOptions,
): Promise<RemoteSupergraph> {
  const urls = readUrls(sdl);
  const transports = new Map<string, Transport>();
  for (const [subgraph, url] of urls) {
    // A subgraph without a URL has no transport: what is asked of it fails, and nothing else does.
    if (url === '') continue;
    transports.set(
      subgraph,
      remoteTransport(subgraph, checkUrl(subgraph, url), options.traffic, () => ({})),
    );
  }
  const { preparedOperations, traffic } = options;
  const overrides = overridesByRules(traffic.labelRules);
  return {
    supergraph: await createSupergraph({ sdl, transports, preparedOperations, overrides }),
    subgraphs: urls.size,
  };
}

function readUrls(sdl: string): Map<string, string> {
  try {
    return subgraphUrls(parse(sdl, { noLocation: true }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AskgraphError('COMPOSITION_FAILED', `The supergraph SDL cannot be read: ${reason}`, { cause });
  }
}

function checkUrl(subgraph: string, url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new AskgraphError('COMPOSITION_FAILED', `The URL of subgraph "${subgraph}" is not one: "${url}".`);
}
