import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDomainModel } from '../../schema/domain-model.js';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type OpenShop, openShop, shopCatalog, shopDomain } from '../fixtures/shop.js';
import { comparable, type LoadedShop, loadShop, SERVERS } from './engines.js';
import { QueryGenerator } from './generate.js';

const SEED = 20080131;
const QUERIES = 360;
const PER_TEST = 20;

let shop: OpenShop;
let embedded: GraphQLSchema;
let queries: readonly string[];

beforeAll(async () => {
  shop = await openShop();
  embedded = schemaOn(shop.connector);
  const samples = new Map<string, readonly unknown[]>();
  for (const { name, columns } of shopCatalog.tables) {
    for (const column of columns) {
      const rows = await shop.sql(
        `SELECT DISTINCT "${column.name}" FROM "${name}" WHERE "${column.name}" IS NOT NULL ORDER BY hash("${column.name}"), 1 LIMIT 15`,
      );
      samples.set(
        `${name}.${column.name}`,
        rows.map(([cell]) => cell),
      );
    }
  }
  const generator = new QueryGenerator(
    makeDomainModel(shopDomain, shopCatalog),
    (table, column) => samples.get(`${table}.${column}`) ?? [],
    SEED,
  );
  queries = Array.from({ length: QUERIES }, () => generator.query());
});
afterAll(() => shop.close());

function schemaOn(connector: Connector): GraphQLSchema {
  return buildSubgraphSchemaFor({ domain: shopDomain, catalog: shopCatalog, connector, audit: NO_AUDIT });
}

async function answer(schema: GraphQLSchema, query: string): Promise<unknown> {
  const document = parse(query);
  expect(validate(schema, document), query).toEqual([]);
  const contextValue: RequestContext = {
    requestId: 'differential',
    caller: { subject: 'test', roles: [], claims: {} },
    signal: new AbortController().signal,
    asOf: new Date(0),
  };
  const { data, errors } = await execute({ schema, document, contextValue });
  const causes = errors?.map((error) => [error.message, String(error.originalError?.cause)]);
  return comparable(JSON.parse(JSON.stringify({ data, errors: causes })));
}

describe('generated typed queries', () => {
  it('are of many kinds, and most find something', async () => {
    const answers = await Promise.all(queries.map((query) => answer(embedded, query)));
    expect(answers.filter((found) => 'errors' in (found as object))).toEqual([]);
    const empty = answers.filter((found) =>
      /^\{"data":\{"shop":\{"\w+":(\[\]|null)\}\}\}$/.test(JSON.stringify(found)),
    );
    expect(empty.length).toBeLessThan(QUERIES / 3);
    expect(new Set(queries).size).toBeGreaterThan(QUERIES * 0.9);
    const all = queries.join('\n');
    for (const word of [
      'some:',
      'none:',
      'every:',
      'not:',
      'or:',
      'grain: WEEK',
      'part:',
      'having:',
      'IgnoreCase',
      'distinct:',
      'notIn:',
      'NULLS_FIRST',
      'Aggregate: {',
      'median',
      'stddevSample',
      'metrics',
      'having: { keys:',
      'Pk(',
    ]) {
      expect(all).toContain(word);
    }
  });
});

describe.each(SERVERS)('typed queries on $name', ({ engine, newDatabase }) => {
  const firsts = Array.from({ length: QUERIES / PER_TEST }, (_, index) => index * PER_TEST);
  let loaded: LoadedShop | undefined;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    if (newDatabase === undefined) return;
    loaded = await loadShop(shop, engine, newDatabase);
    schema = schemaOn(loaded.connector);
  });
  afterAll(() => loaded?.close());

  it.skipIf(newDatabase === undefined).each(firsts)(
    `give what they give on DuckDB, from number %i on`,
    async (first) => {
      for (const query of queries.slice(first, first + PER_TEST)) {
        expect(await answer(schema, query), query).toEqual(await answer(embedded, query));
      }
    },
  );
});
