import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../schema/errors.js';
import { askgraphErrorIn, formatError } from './errors.js';

/** What a client gets of an error that GraphQL made of what was thrown. */
function told(thrown: unknown): ReturnType<typeof formatError> {
  const graphql =
    thrown instanceof GraphQLError
      ? thrown
      : new GraphQLError((thrown as Error).message, {
          originalError: thrown as Error,
          path: ['hr', 'employees'],
        });
  return formatError(
    { ...graphql.toJSON(), extensions: { ...graphql.extensions, stacktrace: ['at secret.ts:1'] } },
    graphql,
  );
}

describe('what a client is told of an error', () => {
  it('is our message, code, domain and facts, and where it happened', () => {
    const error = new AskgraphError('UNKNOWN_NAME', 'Unknown table "x" in hr.', {
      domain: 'hr',
      details: { name: 'x' },
      cause: new Error('SELECT * FROM secret'),
    });
    expect(told(error)).toEqual({
      message: 'Unknown table "x" in hr.',
      path: ['hr', 'employees'],
      extensions: { code: 'UNKNOWN_NAME', domain: 'hr', details: { name: 'x' } },
    });
  });

  it('is nothing of what nobody meant to throw', () => {
    const answer = told(new TypeError("Cannot read properties of undefined (reading 'password')"));
    expect(answer).toMatchObject({
      message: 'Something went wrong inside the gateway.',
      extensions: { code: 'INTERNAL' },
    });
    expect(JSON.stringify(answer)).not.toMatch(/password|secret|stacktrace/);
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', 'BAD_REQUEST'],
    ['GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST'],
    ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
    ['PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST'],
    ['OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST'],
    ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'],
    ['SOMETHING_ELSE', 'INTERNAL'],
  ])('has a code of our list: %s is %s', (code, ours) =>
    expect(told(new GraphQLError('Message.', { extensions: { code } })).extensions).toEqual({ code: ours }),
  );

  it('keeps the message of a refusal, and of a domain the name that answered', () =>
    expect(
      told(
        new GraphQLError('Cannot query field "x".', {
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED', serviceName: 'hr', query: 'SELECT 1' },
        }),
      ),
    ).toMatchObject({
      message: 'Cannot query field "x".',
      extensions: { code: 'BAD_REQUEST', serviceName: 'hr' },
    }));
});

describe('askgraphErrorIn', () => {
  it('finds our error however often GraphQL wrapped it, and nothing else', () => {
    const ours = new AskgraphError('FORBIDDEN', 'No.');
    const wrap = (error: Error) => new GraphQLError(error.message, { originalError: error });
    expect(askgraphErrorIn(ours)).toBe(ours);
    expect(askgraphErrorIn(wrap(wrap(ours)))).toBe(ours);
    expect(askgraphErrorIn(wrap(new Error('x')))).toBeUndefined();
    expect(askgraphErrorIn(new GraphQLError('x'))).toBeUndefined();
    expect(askgraphErrorIn('text')).toBeUndefined();
  });
});
