import type { GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type Served, serve } from './served.js';
import type { Supergraph } from './supergraph.js';

/** What Apollo Server takes as its `gateway`, and what replaces the supergraph behind it. */
export interface ApolloGateway extends GatewayInterface {
  /**
   * Serves another supergraph from now on. A request goes on with the supergraph that it was validated against;
   * the old one is closed once the requests that are under way in it are done. (Its transports still carry one that
   * comes late.)
   */
  replace(next: Supergraph): Promise<void>;
}

export interface ApolloGatewayOptions<ServerContext> {
  readonly supergraph: Supergraph;
  /** The request's context for subgraphs, out of what the server's `context` function has made. */
  readonly requestContext: (context: ServerContext) => RequestContext;
}

/** Puts a supergraph behind Apollo Server, which parses, validates and answers HTTP. */
export function apolloGateway<ServerContext>(options: ApolloGatewayOptions<ServerContext>): ApolloGateway {
  let current = serve(options.supergraph);
  // Requests know the schema that they were validated against; nothing else keeps an old supergraph.
  const bySchema = new WeakMap<GraphQLSchema, Served>([[current.supergraph.schema, current]]);
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const announce = (listener: GatewaySchemaLoadOrUpdateCallback): void =>
    listener({ apiSchema: current.supergraph.schema, coreSupergraphSdl: current.supergraph.sdl });

  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async load() {
      for (const listener of listeners) announce(listener);
      return {
        executor: async ({ schema, document, operationName, request, context }) => {
          const { supergraph, run } = bySchema.get(schema) ?? current;
          try {
            return await run(() =>
              supergraph.execute({
                document,
                operationName,
                variables: request.variables,
                context: options.requestContext(context as ServerContext),
              }),
            );
          } catch (thrown) {
            throw asGraphQLError(thrown);
          }
        },
      };
    },
    async replace(next) {
      const previous = current;
      current = serve(next);
      bySchema.set(next.schema, current);
      for (const listener of listeners) announce(listener);
      await previous.retire();
    },
    async stop() {
      listeners.clear();
      await current.retire();
    },
  } satisfies ApolloGateway;
}

function asGraphQLError(thrown: unknown): unknown {
  if (!(thrown instanceof AskgraphError)) return thrown;
  return new GraphQLError(thrown.message, { originalError: thrown, extensions: { code: thrown.code } });
}
