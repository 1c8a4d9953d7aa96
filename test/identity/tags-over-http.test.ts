import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const [newPostgres, newMysql] = [await postgresServer(), await mysqlServer()];

/** A view in which each statement finds itself, as the server's operator sees it. */
const ENGINES = [
  {
    engine: 'postgres',
    newDatabase: newPostgres,
    view: 'CREATE VIEW statements AS SELECT 1 AS id, query AS said FROM pg_stat_activity WHERE pid = pg_backend_pid()',
  },
  {
    engine: 'mysql',
    newDatabase: newMysql,
    view: 'CREATE VIEW statements AS SELECT 1 AS id, INFO AS said FROM information_schema.PROCESSLIST WHERE ID = CONNECTION_ID()',
  },
] as const;

const catalog: Catalog = {
  database: 'watched',
  description: 'What runs.',
  tables: [
    {
      name: 'statements',
      comment: '',
      primaryKey: ['id'],
      location: undefined,
      columns: Object.entries({ id: 'int', said: 'string' }).map(([name, type]) =>
        makeColumn({ name, type: parseHiveType(type), comment: '', unit: undefined, references: undefined }),
      ),
    },
  ],
};

describe.each(ENGINES)('a typed query over HTTP, as $engine sees it', ({ engine, newDatabase, view }) => {
  if (newDatabase === undefined) return it.skip('no server answers', () => {});
  let database: TestDatabase;
  let connector: Connector;
  let issuer: TokenIssuer;
  let gateway: StartedGateway;

  beforeAll(async () => {
    database = await newDatabase();
    await database.run([view]);
    connector = await database.connect(2);
    issuer = await startTokenIssuer();
    gateway = await startGateway(
      { AUTH_JWKS_URL: issuer.jwksUrl, AUTH_ISSUER: issuer.issuer, AUTH_AUDIENCE: 'askgraph' },
      [
        {
          folder: '',
          definition: {
            name: 'watched',
            description: 'What runs.',
            production: engine,
            catalog: { database: 'watched' },
            policy: [{ name: 'all', for: { roles: ['watcher'] }, admit: [{ tables: '*', columns: '*' }] }],
            source: () => ({ engine, open: async () => ({ ...connector, close: async () => {} }) }),
          },
          catalog,
        },
      ],
    );
  });
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
    await connector?.close();
    await database?.close();
  });

  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['eve */ DROP TABLE t; --', 'eve%20%2A%2F%20DROP%20TABLE%20t%3B%20--'],
  ])('says that %s asks, and in which request', async (sub, tagged) => {
    const token = await issuer.token({ sub, roles: ['watcher'] });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ watched { statements { said } } }' }),
      signal: AbortSignal.timeout(20_000),
    });
    const { data } = (await response.json()) as { data: { watched: { statements: { said: string }[] } } };
    const [statement] = data.watched.statements;
    const request = response.headers.get('x-request-id');
    expect(request).toMatch(/^[0-9a-f-]{36}$/);
    expect(statement?.said).toContain(`/* askgraph subject=${tagged} request=${request} */ SELECT`);
  });
});
