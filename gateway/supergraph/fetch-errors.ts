import type { GraphQLError } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { FetchError } from './execution.js';
import type { ResultPath } from './path.js';

type SubgraphError = Pick<GraphQLError, 'message'> &
  Partial<Pick<GraphQLError, 'extensions' | 'originalError'>>;

/** What a subgraph reported, as an error of the whole at `path`. */
export function subgraphError(error: SubgraphError, serviceName: string, path: ResultPath): FetchError {
  const { stacktrace: _stack, exception: _exception, ...extensions } = error.extensions ?? {};
  const code = extensions.code ?? codeOf(error.originalError);
  return {
    message: typeof error.message === 'string' ? error.message : 'The subgraph reported an error.',
    path,
    extensions: { ...extensions, code, serviceName },
    originalError: error.originalError instanceof Error ? error.originalError : undefined,
  };
}

/** What kept a request from its subgraph or its answer from here, as an error at `path`. */
export function transportError(thrown: unknown, serviceName: string, path: ResultPath): FetchError {
  const known = thrown instanceof AskgraphError;
  return {
    message: known ? thrown.message : `The request to subgraph "${serviceName}" failed.`,
    path,
    extensions: { code: known ? thrown.code : 'INTERNAL', serviceName },
    originalError: thrown instanceof Error ? thrown : undefined,
  };
}

function codeOf(original: Error | undefined): string {
  if (original instanceof AskgraphError) return original.code;
  // An error that a resolver in process did not mean to throw; over HTTP there is no original to see.
  return original === undefined || original.name === 'GraphQLError' ? 'QUERY_FAILED' : 'INTERNAL';
}
