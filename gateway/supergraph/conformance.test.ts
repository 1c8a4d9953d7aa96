import { buildASTSchema, type ExecutionResult, execute, parse, printSchema, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeRequestHeaders } from '../../subgraphs/request-headers.js';
import { composeSupergraph } from './compose.js';
import { readComposed, sourcesOf } from './conformance/composed.js';
import {
  type ConformanceCase,
  type ConformanceOperation,
  subgraphSchema,
} from './conformance/conformance.js';
import { type HttpSubgraph, serveSubgraph } from './conformance/http-subgraph.js';
import { loadCases } from './conformance/index.js';
import { testContext } from './conformance/test-context.js';
import { httpTransport } from './http.js';
import { localTransport } from './local.js';
import { createSupergraph, type Supergraph } from './supergraph.js';
import type { Transport } from './transport.js';

const cases = await loadCases();

describe('the conformance suite', () => {
  it('has at least thirty cases, each with a name of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(30);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});

describe.each(['in process', 'over HTTP', 'composed elsewhere'] as const)('%s', (way) => {
  describe.each(cases)('$name', (fixture) => {
    let supergraph: Supergraph;
    let asked: ConformanceOperation | undefined;
    const servers: HttpSubgraph[] = [];

    beforeAll(async () => {
      const subgraphs = Object.entries(fixture.subgraphs);
      const transports = new Map<string, Transport>();
      for (const [name, subgraph] of subgraphs) {
        const schema = subgraphSchema(subgraph);
        if (way !== 'over HTTP') transports.set(name, localTransport({ schema, parsedDocuments: 100 }));
        else {
          const server = await serveSubgraph(schema);
          servers.push(server);
          transports.set(
            name,
            httpTransport({
              subgraph: name,
              url: server.url,
              timeoutMilliseconds: 5000,
              maximumResponseBytes: 1_000_000,
              headers: (context) => encodeRequestHeaders(context, new Date()),
            }),
          );
        }
      }
      const sdl =
        way === 'composed elsewhere'
          ? await readComposed(fixture)
          : await composeSupergraph(sourcesOf(fixture));
      supergraph = await createSupergraph({
        sdl,
        transports,
        preparedOperations: 100,
        overrides: {
          holds: (label) => asked?.overrides?.labels.includes(label) ?? false,
          chance: () => (asked?.overrides?.percentage ?? 99.9) / 100,
        },
      });
    });

    afterAll(async () => {
      await supergraph.close();
      await Promise.all(servers.map((server) => server.close()));
    });

    const operations: readonly ConformanceOperation[] = fixture.operations;
    it.each(operations)('answers $query', async (operation) => {
      asked = operation;
      const document = parse(operation.query);
      expect(validate(supergraph.schema, document)).toEqual([]);
      const result = await supergraph.execute({
        document,
        variables: operation.variables,
        context: testContext(),
      });
      expect(plain(result.data)).toEqual(operation.data);
      expect(summary(result)).toEqual(expectedErrors(operation));
      await compareWithMonolith(fixture, operation, result, supergraph);
      if (/^\s*mutation/.test(operation.query)) return;
      const { variables } = operation;
      const answer = await supergraph.respond({ document, variables, context: testContext() });
      const again = JSON.parse('text' in answer ? answer.text : JSON.stringify(answer.result));
      expect(JSON.stringify(again.data)).toBe(JSON.stringify(result.data));
      expect(placesOf(again)).toEqual(placesOf(result));
    });
  });
});

/** The same operation on the same data in one piece, by graphql-js alone: also the order of fields must agree. */
async function compareWithMonolith(
  { monolith }: ConformanceCase,
  operation: ConformanceOperation,
  result: ExecutionResult,
  supergraph: Supergraph,
): Promise<void> {
  if ('none' in monolith) return;
  const reference = await execute({
    schema: buildASTSchema(parse(printSchema(supergraph.schema))),
    document: parse(operation.query),
    rootValue: monolith.root,
    variableValues: operation.variables ?? {},
  });
  expect(JSON.stringify(result.data)).toBe(JSON.stringify(reference.data));
  if (operation.monolithErrors !== 'other') {
    expect(placesOf(result)).toEqual(placesOf(reference));
  }
}

function placesOf({ errors }: ExecutionResult): string[] {
  return (errors ?? []).map(({ message, path }) => `${path?.join('.')}: ${message}`).sort();
}

function summary({ errors }: ExecutionResult): unknown[] {
  return sorted(
    (errors ?? []).map(({ message, path, extensions }) => ({ message, path, code: extensions.code })),
  );
}

function expectedErrors({ errors }: ConformanceOperation): unknown[] {
  return sorted(
    (errors ?? []).map(({ message, path, code }) => ({ message, path, code: code ?? expect.any(String) })),
  );
}

function sorted<Item extends { path?: readonly (string | number)[] | undefined }>(items: Item[]): Item[] {
  return items.sort((one, other) => String(one.path).localeCompare(String(other.path)));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
