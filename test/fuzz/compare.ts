import {
  buildASTSchema,
  type ExecutionResult,
  execute,
  type GraphQLError,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { composeSupergraph, type SubgraphSource } from '../../gateway/supergraph/compose.js';
import { subgraphSchema, subgraphSdl } from '../../gateway/supergraph/conformance/conformance.js';
import { testContext } from '../../gateway/supergraph/conformance/test-context.js';
import { localTransport } from '../../gateway/supergraph/local.js';
import {
  createSupergraph,
  type Supergraph,
  type SupergraphRequest,
} from '../../gateway/supergraph/supergraph.js';
import { makeRandom } from './random.js';
import { makeRandomOperation } from './random-operation.js';
import { makeRandomSupergraph } from './random-supergraph.js';

/** One operation that was not answered as graphql-js answers it on the same data in one piece. */
export interface Difference {
  readonly seed: number;
  readonly query: string;
  readonly gateway: string;
  readonly monolith: string;
}

export interface FuzzResult {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** What joins subgraphs into the SDL of a supergraph. */
export type Compose = (subgraphs: readonly SubgraphSource[]) => Promise<string>;

/**
 * Makes one supergraph out of a seed, and asks the gateway and a monolith of the same data the same operations.
 * An operation that is not valid is left out: `compared` says how many were not.
 */
export async function compareWithMonolith(
  seed: number,
  operations: number,
  compose: Compose = composeSupergraph,
): Promise<FuzzResult> {
  const random = makeRandom(seed);
  const { subgraphs, root } = makeRandomSupergraph(random);
  const sources = Object.entries(subgraphs);
  const sdl = await compose(
    sources.map(([name, subgraph]) => ({ name, sdl: subgraphSdl(subgraph), url: `http://${name}.test` })),
  );
  const transports = new Map(
    sources.map(([name, subgraph]) => [
      name,
      localTransport({ schema: subgraphSchema(subgraph), parsedDocuments: 1000 }),
    ]),
  );
  const overriding = makeRandom(seed);
  const overrides = { holds: () => overriding.chance(0.5), chance: () => overriding.below(100) / 100 };
  const supergraph = await createSupergraph({ sdl, transports, preparedOperations: 1000, overrides });
  const monolith = buildASTSchema(parse(printSchema(supergraph.schema)));
  const differences: Difference[] = [];
  let compared = 0;
  for (let number = 0; number < operations; number++) {
    const { query, variables } = makeRandomOperation(supergraph.schema, random);
    const document = parse(query);
    if (validate(supergraph.schema, document).some((error) => !isHarmless(error))) continue;
    compared += 1;
    const reference = await execute({
      schema: monolith,
      document,
      rootValue: root,
      variableValues: variables,
    });
    const expected = JSON.stringify(reference.data);
    const request = { document, variables, context: testContext() };
    // The two ways of making an answer, in turns.
    const answer = number % 2 === 0 ? asText(supergraph, request) : supergraph.execute(request);
    const actual = await answer.then(
      ({ data, errors }) => JSON.stringify(data) + (errors === undefined ? '' : JSON.stringify(errors)),
      (error: unknown) =>
        error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error),
    );
    if (reference.errors !== undefined)
      throw new Error(`The monolith of seed ${seed} fails: ${reference.errors}`);
    if (actual !== expected) differences.push({ seed, query, gateway: actual, monolith: expected });
  }
  await supergraph.close();
  return { compared, differences };
}

async function asText(supergraph: Supergraph, request: SupergraphRequest): Promise<ExecutionResult> {
  const answer = await supergraph.respond(request);
  return 'text' in answer ? JSON.parse(answer.text) : answer.result;
}

/** A variable or fragment that nothing uses changes no answer. */
function isHarmless({ message }: GraphQLError): boolean {
  return message.endsWith('is never used.') || message.includes('is never used in operation');
}
