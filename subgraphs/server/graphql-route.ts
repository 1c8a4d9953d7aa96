import type { ServerResponse } from 'node:http';
import { type DocumentNode, execute, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { OpenSubgraph } from '../open-subgraph.js';
import type { RequestContext } from '../request-context.js';
import { errorExtensions, send } from './answers.js';
import { parseJson } from './read-body.js';

interface GraphqlBody {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** GraphQL, as a gateway asks for it. */
export async function answerGraphql(
  subgraph: OpenSubgraph,
  body: Buffer,
  context: RequestContext,
  response: ServerResponse,
): Promise<void> {
  const { query, variables, operationName } = readGraphql(parseJson(body));
  const document = parseQuery(query);
  // A name like the one that is wrong may be hidden from the caller.
  const problems = validate(subgraph.schema, document, specifiedRules, { hideSuggestions: true });
  if (problems.length > 0)
    return send(response, 400, { errors: problems.map((problem) => withCode(problem)) });
  const result = await execute({
    schema: subgraph.schema,
    document,
    contextValue: context,
    ...(variables === undefined ? {} : { variableValues: variables }),
    ...(operationName === undefined ? {} : { operationName }),
  });
  send(
    response,
    200,
    result.errors === undefined
      ? result
      : { ...result, errors: result.errors.map((error) => withCode(error)) },
  );
}

function readGraphql(body: unknown): GraphqlBody {
  if (typeof body !== 'object' || body === null || typeof (body as GraphqlBody).query !== 'string') {
    throw new AskgraphError('BAD_REQUEST', 'The request body must be a JSON object with a "query".');
  }
  const { query, variables, operationName } = body as GraphqlBody;
  return {
    query,
    ...(typeof variables === 'object' && variables !== null ? { variables } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
  };
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (cause) {
    throw new AskgraphError(
      'BAD_REQUEST',
      cause instanceof GraphQLError ? cause.message : 'The query does not parse.',
      { cause },
    );
  }
}

/** The code and the facts of an error of ours travel with it; its cause stays here. */
function withCode(error: GraphQLError): unknown {
  const { originalError } = error;
  if (originalError instanceof AskgraphError)
    return { ...error.toJSON(), extensions: errorExtensions(originalError) };
  const isOurs = originalError === undefined || originalError instanceof GraphQLError;
  return {
    ...error.toJSON(),
    message: isOurs ? withoutSuggestions(error.message) : 'Something went wrong inside the subgraph.',
    extensions: { code: isOurs ? 'BAD_USER_INPUT' : 'INTERNAL' },
  };
}

/** Those of variables' values come when they are read, and can't be turned off. */
function withoutSuggestions(message: string): string {
  return message.replace(/ Did you mean .*$/s, '');
}
