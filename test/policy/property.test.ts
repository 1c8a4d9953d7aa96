import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDomainModel } from '../../schema/domain-model.js';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { makePermissions } from '../../subgraphs/policy/permissions.js';
import { guard, guardFor } from '../../subgraphs/sql/guard.js';
import type { TestDatabase } from '../contract/servers.js';
import { comparable, SERVERS } from '../differential/engines.js';
import { QueryGenerator } from '../differential/generate.js';
import { shopStatements } from '../differential/load-shop.js';
import { type OpenShop, openShop, runSql, SHOP_DATA, shopCatalog } from '../fixtures/shop.js';
import { CALLER, HASH_KEY, type Keys, type RandomPolicies, randomPolicies } from './random-policy.js';
import { randomSql } from './random-sql.js';

/** More by command: `ASKGRAPH_PROPERTY_RUNS=500 ASKGRAPH_PROPERTY_SEED=7 npx vitest run test/policy/property.test.ts`. */
const RUNS = Number(process.env.ASKGRAPH_PROPERTY_RUNS ?? 15);
const SEED = Number(process.env.ASKGRAPH_PROPERTY_SEED ?? 20130501);
const TYPED_QUERIES = 8;
const SQL_QUERIES = 12;
const DOMAIN = { name: 'shop', description: 'A little shop.', metrics: [] };

/** The part of the data that the caller may see, in a database of its own. */
interface Copy {
  readonly shop: OpenShop;
}

let base: OpenShop;
let folder: string;
let copies = 0;

beforeAll(async () => {
  base = await openShop();
  folder = await mkdtemp(join(tmpdir(), 'askgraph-policy-'));
});
afterAll(async () => {
  await base.close();
  await rm(folder, { recursive: true });
});

async function makeCopy({ copies: queries }: RandomPolicies): Promise<Copy> {
  const path = join(folder, `copy-${++copies}.duckdb`);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('CREATE SCHEMA base; USE base');
  for (const text of SHOP_DATA) await connection.run(text);
  await connection.run('USE main');
  for (const [table, query] of queries) await connection.run(`CREATE TABLE ${table} AS ${query}`);
  connection.closeSync();
  instance.closeSync();
  const connector = await openDuckdb({ path });
  return {
    shop: { connector, sql: (text) => runSql(connector, text), close: () => connector.close() },
  };
}

const permissionsOf = ({ policies }: RandomPolicies) =>
  makePermissions({ domain: 'shop', catalog: shopCatalog, policies, hashKey: HASH_KEY });

const signal = new AbortController().signal;
const limits = { rowLimit: 100_000, signal };
const context = { requestId: 'r', caller: CALLER, signal, asOf: new Date(0) };

async function answerOf(schema: GraphQLSchema, source: string): Promise<unknown> {
  const { data, errors } = await graphql({ schema, source, contextValue: context });
  return comparable(errors === undefined ? data : errors.map(({ message }) => message));
}

/** MySQL knows a yes or no by its column alone: where a condition stands round it, it is 1 or 0. */
function sorted(rows: readonly (readonly unknown[])[]): unknown[] {
  const told = (cell: unknown) => (typeof cell === 'boolean' ? Number(cell) : cell);
  return rows.map((row) => JSON.stringify(comparable(row.map(told)))).sort();
}

async function compareTyped(
  policies: RandomPolicies,
  own: Connector,
  copy: Connector,
  seed: number,
): Promise<void> {
  const permissions = permissionsOf(policies);
  const { catalog } = permissions.accessOf(CALLER);
  if (catalog.tables.every(({ primaryKey }) => primaryKey.length === 0)) return;
  const guarded = buildSubgraphSchemaFor({
    domain: DOMAIN,
    catalog: shopCatalog,
    connector: own,
    audit: NO_AUDIT,
    permissions,
  });
  const plain = buildSubgraphSchemaFor({ domain: DOMAIN, catalog, connector: copy, audit: NO_AUDIT });
  const model = makeDomainModel(DOMAIN, catalog);
  const generator = new QueryGenerator(model, (_, column) => SAMPLES[column] ?? [], seed);
  for (let count = 0; count < TYPED_QUERIES; count++) {
    const query = generator.query();
    expect(await answerOf(guarded, query), query).toEqual(await answerOf(plain, query));
  }
}

const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  code: ['DE', 'FR'],
  country_code: ['DE', 'FR', 'XX'],
  country_name: ['Germany'],
  customer_id: [1, 5, 20],
  payer_id: [3, 5],
  name: ['Customer 3', 'Customer 30'],
  items: [2, 5],
  amount: ['300.10'],
  born: ['1975-01-01'],
  ordered_at: ['2008-01-15T00:00:00'],
  order_id: ['9007199254740995'],
  line: [1, 2],
  text: ['note 1'],
  weight: [4.5],
};

async function compareSql(
  policies: RandomPolicies,
  own: Connector,
  copy: Connector,
  seed: number,
): Promise<void> {
  const access = permissionsOf(policies).accessOf(CALLER);
  if (access.catalog.tables.length === 0) return;
  for (const sql of fc.sample(randomSql(access.catalog), { numRuns: SQL_QUERIES, seed })) {
    const { statement } = await guardFor(access, sql, own.dialect, limits);
    const plain = await guard(sql, { catalog: access.catalog, dialect: copy.dialect, limits });
    const seen = await own.query(statement);
    expect(sorted(seen.rows), `${sql}\n${statement.text}`).toEqual(sorted((await copy.query(plain)).rows));
  }
}

function holds(
  name: string,
  compare: (policies: RandomPolicies, copy: OpenShop, seed: number) => Promise<void>,
  keys: Keys,
  runs: number,
): void {
  it(
    name,
    () =>
      fc.assert(
        fc.asyncProperty(randomPolicies(keys), fc.nat(), async (policies, seed) => {
          const { shop } = await makeCopy(policies);
          try {
            await compare(policies, shop, seed);
          } finally {
            await shop.close();
          }
        }),
        { seed: SEED, numRuns: runs, endOnFailure: true },
      ),
    600_000,
  );
}

describe('a query under policies gives what it gives on the data that they leave', () => {
  holds(
    'typed, on the embedded engine',
    (policies, copy, seed) => compareTyped(policies, base.connector, copy.connector, seed),
    'seen',
    RUNS,
  );
  holds(
    'in SQL, on the embedded engine',
    (policies, copy, seed) => compareSql(policies, base.connector, copy.connector, seed),
    'anyhow',
    RUNS,
  );

  describe.each(SERVERS)('on $name', ({ engine, newDatabase }) => {
    let database: TestDatabase | undefined;
    let own: Connector;
    beforeAll(async () => {
      database = await newDatabase?.();
      await database?.run(await shopStatements(base, engine, shopCatalog));
      if (database !== undefined) own = await database.connect(2);
    });
    afterAll(async () => {
      await own?.close();
      await database?.close();
    });
    if (newDatabase === undefined) return it.skip('no server answers', () => {});

    const onCopy =
      (compare: typeof compareSql) => async (policies: RandomPolicies, copy: OpenShop, seed: number) => {
        const other = await newDatabase();
        const { catalog } = permissionsOf(policies).accessOf(CALLER);
        await other.run(await shopStatements(copy, engine, catalog));
        const connector = await other.connect(2);
        try {
          await compare(policies, own, connector, seed);
        } finally {
          await connector.close();
          await other.close();
        }
      };
    holds('typed', onCopy(compareTyped), 'seen', Math.ceil(RUNS / 4));
    holds('in SQL', onCopy(compareSql), 'anyhow', Math.ceil(RUNS / 4));
  });
});
