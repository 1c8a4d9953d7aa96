import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  OperationTypeNode,
} from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';

/** A subscription that has passed all that is checked of an operation. */
export interface AcceptedSubscription {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Starts a subscription: its results one by one, or the errors that it can't be started for. */
export type Subscribe = (
  subscription: AcceptedSubscription,
  context: RequestContext,
) => Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;

export interface Subscriptions {
  /** Starts what Apollo Server has let through, and has it answer what can't be started. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** The results that the plugin has put down for a request; undefined where it was answered as any other. */
  take(context: RequestContext): AsyncGenerator<ExecutionResult, void, void> | undefined;
}

/**
 * Apollo Server reads, validates, weighs and refuses a subscription as it does a query, so that both pass the very same
 * checks; what it does not do is to answer it event by event, which is done beside it.
 */
export function makeSubscriptions(
  subscribe: Subscribe,
  format: (error: GraphQLError) => GraphQLFormattedError,
): Subscriptions {
  // Apollo Server copies the context; the signal in it is the request's own.
  const byRequest = new WeakMap<AbortSignal, AsyncGenerator<ExecutionResult, void, void>>();
  return {
    plugin: {
      async requestDidStart() {
        return {
          async responseForOperation({ operation, document, request, contextValue }) {
            if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return null;
            const { variables = {}, operationName } = request;
            const started = await subscribe({ document, operationName, variables }, contextValue);
            const http = { headers: new HeaderMap() };
            if (Symbol.asyncIterator in started) {
              byRequest.set(contextValue.signal, started);
              return { http, body: { kind: 'single', singleResult: { data: {} } } };
            }
            const errors = (started.errors ?? []).map(format);
            return { http: { ...http, status: 400 }, body: { kind: 'single', singleResult: { errors } } };
          },
        };
      },
    },
    take: ({ signal }) => byRequest.get(signal),
  };
}
