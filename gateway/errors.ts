import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AskgraphError, type ErrorCode, isErrorCode } from '../schema/errors.js';

/** Codes of Apollo Server's own refusals, in our words. */
const APOLLO_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'BAD_REQUEST',
  GRAPHQL_VALIDATION_FAILED: 'BAD_REQUEST',
  BAD_REQUEST: 'BAD_REQUEST',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
};
const KEPT = ['details', 'serviceName'] as const;

/** What a client is told of an error: its message, our code and the facts that help; never a stack, a query or a cause. */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const original = askgraphErrorIn(thrown);
  const apolloCode = formatted.extensions?.code;
  const code =
    original?.code ??
    (typeof apolloCode === 'string'
      ? (APOLLO_CODES[apolloCode] ?? (isErrorCode(apolloCode) ? apolloCode : undefined))
      : undefined);
  if (code === undefined || code === 'INTERNAL') report(thrown);
  const kept = Object.fromEntries(
    KEPT.flatMap((key) =>
      formatted.extensions?.[key] === undefined ? [] : [[key, formatted.extensions[key]]],
    ),
  );
  const details =
    original !== undefined && Object.keys(original.details).length > 0 ? { details: original.details } : {};
  const domain = original?.domain === undefined ? {} : { domain: original.domain };
  return {
    ...formatted,
    message: code === undefined ? 'Something went wrong inside the gateway.' : formatted.message,
    extensions: { ...kept, ...domain, ...details, code: code ?? 'INTERNAL' },
  };
}

/** The error of ours that lies behind what GraphQL made of it. */
export function askgraphErrorIn(thrown: unknown): AskgraphError | undefined {
  if (thrown instanceof AskgraphError) return thrown;
  return thrown instanceof GraphQLError && thrown.originalError !== undefined
    ? askgraphErrorIn(thrown.originalError)
    : undefined;
}
