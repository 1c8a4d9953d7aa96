import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { ERROR_STATUS } from '../schema/errors.js';
import type { Definition } from '../schema/sdl-text.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { askgraphErrorIn, codeOf, formatError, formatWithoutSuggestions } from './errors.js';
import type { CallerLimits } from './limits/caller-limits.js';
import { readCosts } from './limits/costs.js';
import type { OperationLimits } from './limits/limits-config.js';
import { limitOperations } from './operation-limits.js';
import { apolloGateway } from './supergraph/apollo-gateway.js';
import type { Supergraph } from './supergraph/supergraph.js';

export interface ApolloOptions {
  readonly supergraph: Supergraph;
  readonly logger: FastifyBaseLogger;
  readonly introspection: 'on' | 'off';
  readonly operationLimits: OperationLimits;
  readonly callerLimits: CallerLimits;
  /** What else is done with every operation. */
  readonly plugins: readonly ApolloServerPlugin<RequestContext>[];
}

/** So many mistakes of one document are named. */
const MOST_MISTAKES = 20;

/** Apollo Server in front of the supergraph: it parses, validates, protects against CSRF and answers HTTP. */
export async function makeApollo({
  supergraph,
  logger,
  introspection,
  operationLimits,
  callerLimits,
  plugins,
}: ApolloOptions): Promise<ApolloServer<RequestContext>> {
  const graph = apolloGateway<RequestContext>({
    supergraph: borrowed(supergraph),
    requestContext: (context) => context,
  });
  const apollo = new ApolloServer<RequestContext>({
    gateway: graph,
    introspection: introspection === 'on',
    // A name like the one that a client got wrong tells of the schema too.
    hideSchemaDetailsFromClientErrors: introspection === 'off',
    parseOptions: { maxTokens: operationLimits.tokens },
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: (text) => logger.debug(text),
      info: (text) => logger.debug(text),
      warn: (text) => logger.warn(text),
      error: (text) => logger.error(text),
    },
    validationOptions: { maxErrors: MOST_MISTAKES },
    formatError: introspection === 'on' ? formatError : formatWithoutSuggestions,
    plugins: [
      // At its start it asks every type for its fields, which are read when they are first asked for.
      ApolloServerPluginCacheControlDisabled(),
      limitOperations(operationLimits, callerLimits, readCosts(supergraph.sdl, generatedTypes(supergraph))),
      ...plugins,
      logFaults(logger),
      nameRequests,
      answerPrivately,
      answerOldClients,
    ],
  });
  await apollo.start();
  return apollo;
}

function generatedTypes({ apart }: Supergraph): (name: string) => Definition | undefined {
  return (name) => apart.find(({ printed }) => printed.own.has(name))?.printed.own.get(name);
}

/** A supergraph that is closed by who has opened it. */
function borrowed(supergraph: Supergraph): Supergraph {
  return { ...supergraph, close: async () => {} };
}

/** What is no fault of the client is logged with all that is known of it, since the client is told so little. */
function logFaults(logger: FastifyBaseLogger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { requestId } }) {
          for (const error of errors) {
            const code = codeOf(error);
            if (ERROR_STATUS[code] < 500) continue;
            const fault = { requestId, code, error: askgraphErrorIn(error) ?? error.originalError ?? error };
            if (code === 'INTERNAL') logger.error(fault, 'unexpected error');
            else logger.warn(fault, 'part of a request failed');
          }
        },
      };
    },
  };
}

/** Every error says which request it belongs to, so that an operator finds it in the log. */
const nameRequests: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single' || response.body.singleResult.errors === undefined) return;
        response.body.singleResult.errors = response.body.singleResult.errors.map((error) => ({
          ...error,
          extensions: { ...error.extensions, requestId: contextValue.requestId },
        }));
      },
    };
  },
};

/** What is answered depends on who asks. */
const answerPrivately: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http?.headers.set('cache-control', 'private, no-store');
      },
    };
  },
};

/**
 * Who asks for `application/json` by its name takes any other status than 200 for a server that speaks no GraphQL, as
 * GraphQL over HTTP says: what is wrong with the operation stands in the answer.
 */
const answerOldClients: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        const isOld =
          accept.includes('application/json') && !accept.includes('application/graphql-response+json');
        if (isOld && response.http?.status === 400) response.http.status = 200;
      },
    };
  },
};
