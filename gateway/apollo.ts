import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { ERROR_STATUS } from '../schema/errors.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { askgraphErrorIn, codeOf, formatError } from './errors.js';
import { limitOperations } from './operation-limits.js';
import { apolloGateway } from './supergraph/apollo-gateway.js';
import type { Supergraph } from './supergraph/supergraph.js';

/** Apollo Server in front of the supergraph: it parses, validates, protects against CSRF and answers HTTP. */
export async function makeApollo(
  supergraph: Supergraph,
  logger: FastifyBaseLogger,
): Promise<ApolloServer<RequestContext>> {
  const apollo = new ApolloServer<RequestContext>({
    gateway: apolloGateway<RequestContext>({ supergraph, requestContext: (context) => context }),
    introspection: true,
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
    formatError,
    plugins: [limitOperations, logFaults(logger), nameRequests, answerPrivately],
  });
  await apollo.start();
  return apollo;
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
