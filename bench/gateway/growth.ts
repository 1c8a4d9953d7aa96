import { parse } from 'graphql';
import { composeSupergraph } from '../../gateway/supergraph/compose.js';
import {
  type SubgraphFixture,
  subgraphSchema,
  subgraphSdl,
} from '../../gateway/supergraph/conformance/conformance.js';
import { testContext } from '../../gateway/supergraph/conformance/test-context.js';
import { localTransport } from '../../gateway/supergraph/local.js';
import { createSupergraph, type Supergraph } from '../../gateway/supergraph/supergraph.js';

// How the gateway's own cost grows, subgraphs in process: with the entities of a list that crosses two subgraphs, and
// with the fetches of a plan. growth.js
const MEASURED_SECONDS = 1.5;

async function open(fixtures: Readonly<Record<string, SubgraphFixture>>): Promise<Supergraph> {
  const sources = Object.entries(fixtures);
  const sdl = await composeSupergraph(
    sources.map(([name, fixture]) => ({ name, sdl: subgraphSdl(fixture), url: `http://${name}.test` })),
  );
  const transports = new Map(
    sources.map(([name, fixture]) => [
      name,
      localTransport({ schema: subgraphSchema(fixture), parsedDocuments: 100 }),
    ]),
  );
  return createSupergraph({ sdl, transports, preparedOperations: 100 });
}

async function measure(name: string, supergraph: Supergraph, query: string): Promise<string> {
  const document = parse(query);
  const ask = async (): Promise<void> => {
    const answer = await supergraph.respond({ document, context: testContext() });
    if ('result' in answer && answer.result.errors !== undefined)
      throw new Error(`${answer.result.errors[0]}`);
    JSON.stringify(answer);
  };
  const begun = performance.now();
  await ask();
  const first = performance.now() - begun;
  const repeat = async (seconds: number): Promise<number> => {
    const end = performance.now() + seconds * 1000;
    let requests = 0;
    for (; performance.now() < end; requests++) await ask();
    return requests;
  };
  await repeat(MEASURED_SECONDS);
  const before = process.cpuUsage();
  const requests = await repeat(MEASURED_SECONDS);
  const { user, system } = process.cpuUsage(before);
  return `| ${name} | ${first.toFixed(1)} | ${((user + system) / 1000 / requests).toFixed(3)} |\n`;
}

const lists = await open({
  a: {
    sdl: 'type Query { items(count: Int!): [Item!]! } type Item @key(fields: "id") { id: ID! name: String }',
    resolvers: {
      Query: {
        items: (_: unknown, { count }: { count: number }) =>
          Array.from({ length: count }, (_item, index) => ({ id: String(index), name: `name ${index}` })),
      },
    },
  },
  b: {
    sdl: 'type Item @key(fields: "id") { id: ID! stock: Int }',
    resolvers: { Item: { __resolveReference: ({ id }: { id: string }) => ({ id, stock: Number(id) * 2 }) } },
  },
});
const fetches = await open(
  Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `s${index}`,
      { sdl: `type Query { f${index}: Int }`, resolvers: { Query: { [`f${index}`]: () => index } } },
    ]),
  ),
);
process.stdout.write('| case | first request ms | CPU ms/request |\n|---|---|---|\n');
for (const count of [1, 10, 100, 1_000, 10_000]) {
  const query = `{ items(count: ${count}) { id name stock } }`;
  process.stdout.write(await measure(`${count} entities across two subgraphs`, lists, query));
}
for (const count of [1, 5, 20]) {
  const fields = Array.from({ length: count }, (_, index) => `f${index}`).join(' ');
  process.stdout.write(await measure(`a plan of ${count} fetches`, fetches, `{ ${fields} }`));
}
