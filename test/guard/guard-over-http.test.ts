import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import type { Policy } from '../../subgraphs/policy/policy.js';
import { accepted } from '../../subgraphs/sql/guard/corpus/accepted.js';
import { refused } from '../../subgraphs/sql/guard/corpus/refused.js';
import { SHOP_SQL, shop } from '../../subgraphs/sql/guard/corpus/shop.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import type { GraphqlError } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { HARMLESS, OWN_ACCEPTED, OWN_REFUSED } from './corpus.js';
import { shopStatements } from './shop-on-servers.js';

/**
 * A caller's own SQL comes in as the corrected query of a feedback, which is run for them before it is kept. That is
 * the door through which all statements of the corpus are sent here, with a signed token, to a real engine.
 */
interface Shop {
  readonly connector: Connector;
  /** All rows of all tables, hidden ones too, as the engine's administrator reads them. */
  contents(): Promise<string>;
  close(): Promise<void>;
}

const TABLES = ['customers', 'orders', 'prices', 'salaries'];

async function duckdbShop(): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'askgraph-guard-'));
  const path = join(folder, 'shop.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(SHOP_SQL);
  connection.closeSync();
  instance.closeSync();
  const connector = await openDuckdb({ path });
  return {
    connector,
    async contents() {
      const own = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
      const reader = await own.connect();
      const all = [];
      for (const table of TABLES)
        all.push((await reader.runAndReadAll(`SELECT * FROM ${table}`)).getRowsJson());
      reader.closeSync();
      own.closeSync();
      return JSON.stringify(all);
    },
    async close() {
      await connector.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function serverShop(
  engine: 'postgres' | 'mysql',
  newDatabase: () => Promise<TestDatabase>,
): Promise<Shop> {
  const database = await newDatabase();
  await database.run(await shopStatements(engine));
  const connector = await database.connect(2);
  return {
    connector,
    async contents() {
      const all = [];
      for (const table of TABLES) all.push(await database.rows(`SELECT * FROM ${table}`));
      return JSON.stringify(all);
    },
    async close() {
      await connector.close();
      await database.close();
    },
  };
}

const [newPostgres, newMysql] = [await postgresServer(), await mysqlServer()];
const ENGINES = [
  { engine: 'duckdb', open: duckdbShop },
  { engine: 'postgres', open: newPostgres && (() => serverShop('postgres', newPostgres)) },
  { engine: 'mysql', open: newMysql && (() => serverShop('mysql', newMysql)) },
] as const;

/** Refusals say again what they refuse, so that they are looked at here for what they add to it. */
interface Posted<Data> {
  readonly data: Data;
  readonly errors?: readonly GraphqlError[];
}

const POLICY: readonly Policy[] = [
  { name: 'clerks', for: { roles: ['clerk'] }, admit: [{ tables: '*', columns: '*' }] },
];

describe.each(ENGINES)('a caller’s own SQL for $engine, over HTTP', ({ engine, open }) => {
  if (open === undefined) return it.skip('no server answers', () => {});
  let data: Shop;
  let issuer: TokenIssuer;
  let gateway: StartedGateway;
  let token: string;
  let answerId: string;

  const post = async <Data>(query: string, variables: object): Promise<Posted<Data>> => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(20_000),
    });
    return (await response.json()) as Posted<Data>;
  };
  const run = (correctedQuery: string) =>
    post<{ giveFeedback: { feedbackId: string } | null }>(
      `mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }`,
      { input: { answerId, right: false, correctedQuery, language: 'SQL' } },
    );

  beforeAll(async () => {
    data = await open();
    const loaded: LoadedDefinition = {
      folder: '',
      definition: {
        name: 'shop',
        description: 'A shop.',
        production: engine,
        catalog: { database: 'shop' },
        policy: POLICY,
        source: () => ({ engine, open: async () => ({ ...data.connector, close: async () => {} }) }),
      },
      catalog: shop,
    };
    issuer = await startTokenIssuer();
    gateway = await startGateway(
      { AUTH_JWKS_URL: issuer.jwksUrl, AUTH_ISSUER: issuer.issuer, AUTH_AUDIENCE: 'askgraph' },
      [loaded],
    );
    token = await issuer.token({ sub: 'cyd', roles: ['clerk'] });
    const asked = await post<{ ask: { id: string; status: string } }>(
      '{ ask(input: {question: "How many customers are there?"}) { id status } }',
      {},
    );
    expect(asked.data.ask.status).toBe('ANSWERED');
    answerId = asked.data.ask.id;
  }, 300_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
    await data?.close();
  });

  it('passes what may be read', async () => {
    const statements = engine === 'duckdb' ? Object.values(accepted).flat() : OWN_ACCEPTED[engine];
    const failed: unknown[] = [];
    for (const sql of statements) {
      const { errors } = await run(sql);
      if (errors !== undefined) failed.push([sql, errors[0]?.extensions.code, errors[0]?.message]);
    }
    expect(failed).toEqual([]);
    expect(statements.length).toBeGreaterThanOrEqual(28);
  }, 300_000);

  it('refuses what may not, says nothing that is hidden, and leaves everything as it is', async () => {
    const before = await data.contents();
    const own = engine === 'duckdb' ? [] : OWN_REFUSED[engine];
    const statements = [...Object.values(refused).flat(), ...own].filter(
      // What is at its ends and unseen is taken off every input.
      (sql) => sql.trim() === sql && sql !== '' && HARMLESS[engine]?.includes(sql) !== true,
    );
    const passed: unknown[] = [];
    for (const sql of statements) {
      const answer = await run(sql);
      const code = answer.errors?.[0]?.extensions.code;
      const isRefused = ['STATEMENT_REFUSED', 'UNKNOWN_NAME', 'BAD_USER_INPUT'].includes(String(code));
      if (!isRefused || answer.data?.giveFeedback != null)
        passed.push([sql, code, answer.errors?.[0]?.message]);
      const told = JSON.stringify(answer.errors ?? []);
      for (const hidden of ['secret', 'margin', 'salar'])
        if (told.includes(hidden) && !sql.toLowerCase().includes(hidden)) passed.push([sql, 'tells', told]);
      if (/hidden \d/.test(told)) passed.push([sql, 'shows', told]);
    }
    expect(passed).toEqual([]);
    expect(statements.length).toBeGreaterThanOrEqual(200);
    expect(await data.contents()).toBe(before);
  }, 300_000);
});
