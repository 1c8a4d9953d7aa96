import type { ApolloServer } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../subgraphs/request-context.js';
import { type ApolloOptions, makeApollo } from './apollo.js';
import type { Supergraph } from './supergraph/supergraph.js';

type Apollo = Promise<ApolloServer<RequestContext>>;

/** How many callers' rights have a server at a time. */
const REMEMBERED = 100;

/**
 * A server for each schema that callers see: what it parses, validates, introspects and suggests is of that schema
 * alone. One that has not been asked for long goes when nothing runs in it any more: it holds nothing but memory.
 */
export function makeApollos(
  visible: (context: RequestContext) => Supergraph,
  options: Omit<ApolloOptions, 'supergraph'>,
): { of(context: RequestContext): Apollo; stop(): Promise<void> } {
  const servers = new LRUCache<Supergraph, Apollo>({ max: REMEMBERED });
  return {
    of(context) {
      const supergraph = visible(context);
      let server = servers.get(supergraph);
      if (server === undefined) {
        server = makeApollo({ ...options, supergraph });
        servers.set(supergraph, server);
        const forget = () => void servers.delete(supergraph);
        server.catch(forget);
      }
      return server;
    },
    async stop() {
      await Promise.all([...servers.values()].map(async (server) => (await server).stop()));
    },
  };
}
