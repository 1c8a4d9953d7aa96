import { type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Transport } from './transport.js';

export interface LocalTransportOptions {
  /**
   * An executable subgraph schema: it answers `_entities` where other subgraphs add to its entities. A field without
   * a resolver reads a property that is the value itself: compiled code calls no function and awaits no promise there.
   */
  readonly schema: GraphQLSchema;
  /** How many operations stay parsed and compiled. */
  readonly parsedDocuments: number;
}

type Run = (
  variables: Readonly<Record<string, unknown>>,
  contextValue: unknown,
) => Promise<ExecutionResult> | ExecutionResult;

/**
 * The way to a subgraph in the same process. Operations are compiled by graphql-jit, which gives resolvers the same
 * `info` as graphql-js and completes a list of a thousand rows sixteen times as fast. They come from query plans,
 * which are valid by construction, so they are not validated again.
 */
export function localTransport({ schema, parsedDocuments }: LocalTransportOptions): Transport {
  const operations = new LRUCache<string, Run>({ max: parsedDocuments });
  const compile = async (query: string, operationName: string | undefined): Promise<Run> => {
    const key = `${operationName ?? ''}\n${query}`;
    const known = operations.get(key);
    if (known !== undefined) return known;
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const compiled = compileQuery(schema, parse(query, { noLocation: true }), operationName);
    // What does not compile is an answer already: it has the errors.
    if (!isCompiledQuery(compiled)) return () => compiled;
    const run: Run = (variables, contextValue) => compiled.query(undefined, contextValue, variables);
    operations.set(key, run);
    return run;
  };
  return {
    async execute({ query, operationName, variables, context }) {
      const run = await compile(query, operationName);
      return run(variables ?? {}, context);
    },
    async close() {
      operations.clear();
    },
  } satisfies Transport;
}
