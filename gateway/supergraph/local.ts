import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  Kind,
  parse,
  visit,
} from 'graphql';
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
    const document = parse(query, { noLocation: true });
    if (hasVariableInLiteral(document)) {
      const run: Run = (variableValues, contextValue) =>
        execute({ schema, document, operationName: operationName ?? null, variableValues, contextValue });
      operations.set(key, run);
      return run;
    }
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const compiled = compileQuery(schema, document, operationName);
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

/**
 * Whether a variable stands inside an object or a list that is written out. Where such a variable is not given,
 * graphql-jit takes null instead of what the specification says (the input field's default, or no field at all).
 */
function hasVariableInLiteral(document: DocumentNode): boolean {
  let depth = 0;
  let found = false;
  const literal = {
    enter: () => {
      depth += 1;
    },
    leave: () => {
      depth -= 1;
    },
  };
  visit(document, {
    [Kind.OBJECT]: literal,
    [Kind.LIST]: literal,
    [Kind.VARIABLE]: {
      enter: () => {
        if (depth > 0) found = true;
      },
    },
  });
  return found;
}
