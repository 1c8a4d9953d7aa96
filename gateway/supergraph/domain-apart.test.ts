import { type GraphQLSchema, isObjectType, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DomainSdl, joinDomainSdl, printDomainSdl } from '../../schema/print-sdl.js';
import { isCatalogSubgraph } from '../../subgraphs/define-subgraph.js';
import { describeDomain } from '../../subgraphs/describe-domain.js';
import { listSubgraphs } from '../../subgraphs/list.js';
import { readCosts } from '../limits/costs.js';
import { composeSupergraph } from './compose.js';
import { composedPart, findDomainsApart } from './domain-apart.js';
import { publicSchema } from './public-schema.js';
import { createSupergraph, type Supergraph } from './supergraph.js';
import type { Transport } from './transport.js';

const OTHER = 'type Query { other(of: Int): Other } type Other { name: String }';
const domains: { readonly name: string; readonly printed: DomainSdl }[] = [];
const asked: { readonly subgraph: string; readonly query: string; readonly variables: unknown }[] = [];
let supergraph: Supergraph;

/** Says what it was asked, and answers every field that was asked for with nothing. */
const note = (subgraph: string): Transport => ({
  async execute({ query, variables }) {
    asked.push({ subgraph, query: query.replaceAll(/\s+/g, ' '), variables });
    // A field with arguments is asked for under an alias.
    const alias = /(\w+): other/.exec(query)?.[1] ?? 'other';
    return { data: subgraph === 'other' ? { [alias]: { name: 'o' } } : { [subgraph]: null } };
  },
  async close() {},
});

beforeAll(async () => {
  for (const { definition, catalog } of await listSubgraphs()) {
    if (!isCatalogSubgraph(definition) || catalog === undefined) continue;
    domains.push({
      name: definition.name,
      printed: printDomainSdl(describeDomain(definition, catalog), catalog),
    });
  }
  const apart = findDomainsApart([
    ...domains.map((domain) => ({ ...domain, sdl: '' })),
    { name: 'other', printed: undefined, sdl: OTHER },
  ]);
  const sdl = await composeSupergraph([
    ...apart.map((domain) => ({ name: domain.subgraph, sdl: composedPart(domain), url: 'local:' })),
    { name: 'other', sdl: OTHER, url: 'local:' },
  ]);
  supergraph = await createSupergraph({
    sdl,
    apart,
    transports: new Map([...domains.map(({ name }) => name), 'other'].map((name) => [name, note(name)])),
    preparedOperations: 10,
  });
});

async function run(query: string, variables: Record<string, unknown> = {}) {
  asked.length = 0;
  const signal = new AbortController().signal;
  const caller = { id: 'somebody', roles: [], claims: {} };
  const context = { requestId: 'r', caller, signal, asOf: new Date(0) };
  const result = await supergraph.execute({ document: parse(query), variables, context } as never);
  return { result, asked: [...asked].sort((a, b) => a.subgraph.localeCompare(b.subgraph)) };
}

/** Types, their fields, and the arguments of these. */
function coordinatesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => [
    type.name,
    ...(isObjectType(type)
      ? Object.values(type.getFields()).flatMap(({ name, args }) =>
          [name, ...args.map((argument) => `${name}.${argument.name}`)].map((end) => `${type.name}.${end}`),
        )
      : []),
  ]);
}

describe('domains apart', () => {
  it('are all catalog domains of the demo, with the schema that the composer makes of them as a whole', async () => {
    expect(domains.map(({ name }) => name)).toEqual(['finance', 'hr', 'legal', 'sales']);
    const whole = await composeSupergraph([
      ...domains.map(({ name, printed }) => ({ name, sdl: joinDomainSdl(printed), url: 'local:' })),
      { name: 'other', sdl: OTHER, url: 'local:' },
    ]);
    const print = (schema: ReturnType<typeof publicSchema>) => printSchema(lexicographicSortSchema(schema));
    expect(print(supergraph.schema)).toBe(print(publicSchema(parse(whole))));
    const own = new Map(supergraph.apart.flatMap(({ printed }) => [...printed.own]));
    const costs = readCosts(supergraph.sdl, (type) => own.get(type));
    const costsOfWhole = readCosts(whole);
    const coordinates = coordinatesOf(supergraph.schema);
    expect(coordinates.filter((one) => costsOfWhole.sizes.get(one) !== undefined).length).toBeGreaterThan(50);
    expect(coordinates.map((one) => [one, costs.sizes.get(one), costs.weights.get(one)])).toEqual(
      coordinates.map((one) => [one, costsOfWhole.sizes.get(one), costsOfWhole.weights.get(one)]),
    );
    expect(supergraph.sdl.length).toBeLessThan(whole.length / 5);
  });

  it('are no longer apart where another subgraph has a type of theirs, or their field of the query', () => {
    const others = [
      'extend type HrEmployees @key(fields: "empNo") { empNo: Int! }',
      'type Query { hr: Int }',
    ];
    for (const sdl of others) {
      const found = findDomainsApart([
        ...domains.map((domain) => ({ ...domain, sdl: '' })),
        { name: 'remote', printed: undefined, sdl },
      ]);
      expect(found.map(({ subgraph }) => subgraph)).toEqual(['finance', 'legal', 'sales']);
    }
  });

  it('are asked each by one fetch of their own, with the variables and fragments that they use', async () => {
    const { result, asked } = await run(
      `query($limit: Int, $of: Int, $yes: Boolean!) { ...Rest hr @include(if: $yes) { ...Some } sales { event { eventid } } }
       fragment Rest on Query { other(of: $of) { name } hr { departments(limit: $limit) { deptNo } } }
       fragment Some on HrQuery { titles { title } }`,
      { limit: 3, of: 4, yes: true },
    );
    expect(result).toEqual({ data: { other: { name: 'o' }, hr: null, sales: null } });
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['hr', 'other', 'sales']);
    expect(asked[0]?.query).toMatch(/departments\(limit: \$limit\).*fragment Some on HrQuery \{ titles/);
    expect(asked[0]?.query).not.toMatch(/other|\$of|sales/);
    expect(asked.map(({ variables }) => variables)).toEqual([{ limit: 3 }, { of: 4 }, {}]);
  });
});
