import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AskgraphError, asAskgraphError, type ErrorCode, isErrorCode, retryAfter } from '../schema/errors.js';

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
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = askgraphErrorIn(thrown);
  const code = isTooDeepToRead(thrown) || isTooLongToRead(thrown) ? 'TOO_COMPLEX' : codeOf(thrown);
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
    message: messageFor(code, original, thrown, formatted.message),
    extensions: { ...kept, ...domain, ...details, code },
  };
}

/** The same without the names that GraphQL suggests, for where the schema is nobody's business. */
export function formatWithoutSuggestions(
  formatted: GraphQLFormattedError,
  thrown: unknown,
): GraphQLFormattedError {
  const error = formatError(formatted, thrown);
  if (askgraphErrorIn(thrown) !== undefined) return error;
  return { ...error, message: error.message.replace(/ Did you mean .*$/s, '') };
}

function messageFor(
  code: ErrorCode,
  original: AskgraphError | undefined,
  thrown: unknown,
  message: string,
): string {
  if (original !== undefined) return original.message;
  if (isTooDeepToRead(thrown)) return 'The operation is nested too deeply to be read.';
  if (isTooLongToRead(thrown)) return 'The operation has too many tokens.';
  // What nobody meant to throw was not written for clients.
  return code === 'INTERNAL' ? 'Something went wrong inside the gateway.' : message.trim();
}

/** Our code of whatever was thrown; INTERNAL where it has none. */
export function codeOf(thrown: unknown): ErrorCode {
  const original = askgraphErrorIn(thrown);
  if (original !== undefined) return original.code;
  const code = thrown instanceof GraphQLError ? thrown.extensions.code : undefined;
  if (typeof code !== 'string') return 'INTERNAL';
  return APOLLO_CODES[code] ?? (isErrorCode(code) ? code : 'INTERNAL');
}

/** The parser calls itself for every level, and runs out of stack at some thousand. */
function isTooDeepToRead(thrown: unknown): boolean {
  return (
    thrown instanceof GraphQLError &&
    thrown.extensions.code === 'GRAPHQL_PARSE_FAILED' &&
    deepest(thrown) instanceof RangeError
  );
}

/** The parser stops at the token that is one too many. */
function isTooLongToRead(thrown: unknown): boolean {
  return (
    thrown instanceof GraphQLError &&
    thrown.extensions.code === 'GRAPHQL_PARSE_FAILED' &&
    /Document contains more tha[nt] \d+ tokens/.test(thrown.message)
  );
}

function deepest(error: Error): Error {
  return error instanceof GraphQLError && error.originalError !== undefined
    ? deepest(error.originalError)
    : error;
}

/** A refusal of a whole request, with its status, as Apollo Server takes it. */
export function asGraphQLRefusal(thrown: unknown): GraphQLError {
  const error = asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the gateway.');
  const seconds = retryAfter(error);
  const headers = new HeaderMap(seconds === undefined ? [] : [['retry-after', seconds]]);
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: error.status, headers } },
  });
}

/** The error of ours that lies behind what GraphQL made of it. */
export function askgraphErrorIn(thrown: unknown): AskgraphError | undefined {
  if (thrown instanceof AskgraphError) return thrown;
  return thrown instanceof GraphQLError && thrown.originalError !== undefined
    ? askgraphErrorIn(thrown.originalError)
    : undefined;
}
