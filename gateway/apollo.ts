import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { type DocumentNode, GraphQLError, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { formatError } from './errors.js';
import { apolloGateway } from './supergraph/apollo-gateway.js';
import type { Supergraph } from './supergraph/supergraph.js';

const MOST_ASKS = 3;

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
    formatError: (formatted, error) =>
      formatError(formatted, error, (unexpected) => logger.error({ error: unexpected }, 'unexpected error')),
    plugins: [limitAsks, nameRequests, answerPrivately],
  });
  await apollo.start();
  return apollo;
}

/** A question is never asked by GET, which caches and crawlers repeat, and at most three times in one operation. */
const limitAsks: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, request }) {
        const asks = operation === undefined ? 0 : countAsks(operation.selectionSet, document);
        if (asks > 0 && request.http?.method === 'GET') {
          throw refusal(
            new AskgraphError('BAD_REQUEST', 'ask is not answered by GET: send it by POST.'),
            405,
          );
        }
        if (asks > MOST_ASKS) {
          throw refusal(
            new AskgraphError(
              'TOO_COMPLEX',
              `One operation may ask at most ${MOST_ASKS} questions; this one asks ${asks}.`,
            ),
            400,
          );
        }
      },
    };
  },
};

/** Aliases and fragments on the root are counted too: a question costs the same however it is written. */
function countAsks({ selections }: SelectionSetNode, document: DocumentNode): number {
  return selections.reduce((total, selection) => total + asksIn(selection, document), 0);
}

function asksIn(selection: SelectionNode, document: DocumentNode): number {
  switch (selection.kind) {
    case Kind.FIELD:
      return selection.name.value === 'ask' ? 1 : 0;
    case Kind.INLINE_FRAGMENT:
      return countAsks(selection.selectionSet, document);
    case Kind.FRAGMENT_SPREAD: {
      const fragment = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? countAsks(fragment.selectionSet, document) : 0;
    }
  }
}

function refusal(error: AskgraphError, status: number): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status } },
  });
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
