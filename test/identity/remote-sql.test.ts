import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { type OpenSubgraph, openSubgraph } from '../../subgraphs/open-subgraph.js';
import { OPERATOR, SAMPLER } from '../../subgraphs/own-callers.js';
import { openRemoteSubgraph } from '../../subgraphs/remote-subgraph.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type SubgraphServer, serveSubgraphHttp } from '../../subgraphs/serve.js';
import { requestSigner } from '../../subgraphs/signature/sign-request.js';
import { explainSqlDoor, runSqlDoor } from '../../subgraphs/sql-door.js';
import { postgresServer, type TestDatabase } from '../contract/servers.js';
import { ENDLESS, ORDERS_TABLES, ordersDomain } from '../fixtures/orders-domain.js';

const KEY = 'k'.repeat(32);
const ANALYST = { subject: 'ann', roles: ['analyst'], claims: {} };
const CLERK = { subject: 'cyd', roles: ['clerk'], claims: { region: 'Westmark' } };
const newPostgres = await postgresServer();
const now = () => new Date();

describe.skipIf(newPostgres === undefined)('the SQL door of a domain that runs elsewhere', () => {
  let database: TestDatabase;
  let local: OpenSubgraph;
  let remote: OpenSubgraph;
  let server: SubgraphServer;
  const memory = mkdtempSync(join(tmpdir(), 'askgraph-'));

  beforeAll(async () => {
    database = await newPostgres!();
    await database.run(ORDERS_TABLES);
    const loaded = ordersDomain(
      () => database.connect(4),
      [
        { name: 'all', for: { roles: ['analyst'] }, admit: [{ tables: '*', columns: '*' }] },
        { name: 'one', for: { roles: ['clerk'] }, admit: [{ tables: 'orders', columns: ['id', 'region'] }] },
      ],
    );
    const surroundings = { environment: {}, dataDirectory: '', report: () => {}, audit: NO_AUDIT };
    local = await openSubgraph(loaded, surroundings);
    const limits = { host: '127.0.0.1', port: 0, bodyLimitBytes: 100_000, timeoutMilliseconds: 60_000 };
    server = await serveSubgraphHttp(local, { ...limits, keys: [KEY], now });
    remote = await openRemoteSubgraph(loaded, {
      url: server.url,
      environment: {},
      sign: requestSigner({ audience: 'orders', key: KEY, now, newNonce: randomUUID }),
      timeoutMilliseconds: 60_000,
      maximumResponseBytes: 1_000_000,
      memory,
      report: () => {},
    });
  });
  afterAll(async () => {
    await remote?.close();
    await server?.close();
    await local?.close();
    await database?.close();
    rmSync(memory, { recursive: true, force: true });
  });

  const contextOf = (more: Partial<RequestContext> = {}): RequestContext => ({
    requestId: randomUUID(),
    caller: ANALYST,
    asOf: now(),
    signal: AbortSignal.timeout(50_000),
    ...more,
  });
  const ask = (subgraph: OpenSubgraph, sql: string, rowLimit = 10, more: Partial<RequestContext> = {}) =>
    runSqlDoor(subgraph, 'orders', sql, rowLimit, contextOf(more));
  const failure = (subgraph: OpenSubgraph, sql: string, more: Partial<RequestContext> = {}) =>
    ask(subgraph, sql, 10, more).then(
      (result) => expect.fail(`It was answered: ${JSON.stringify(result)}`),
      (error) => error,
    );
  /** The statements that PostgreSQL is carrying out for the domain now. */
  const running = async () => {
    const rows = await database.rows(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
       AND pid <> pg_backend_pid() AND query LIKE '%CROSS JOIN%'`,
    );
    return rows.length;
  };

  it('gives decimals, big integers, dates and times as text, and nothing for null, as in process', async () => {
    const sql = 'SELECT id, region, total, placed_on, placed_at, weight FROM orders ORDER BY id';
    const there = await ask(remote, sql);
    expect(there.rows).toEqual([
      ['2', 'Nordland', '10.5000', '1999-12-31', '1999-12-31T00:00:00', 2.5],
      ['3', 'Westmark', null, '2024-03-01', null, null],
      [
        '9007199254740993',
        'Nordland',
        '1234567890123456.7891',
        '2024-02-29',
        '2024-02-29T23:59:59.123456',
        0.1,
      ],
    ]);
    expect(there).toEqual(await ask(local, sql));
  });

  it.each([0, 1, 2, 3, 4])('reads at most %i rows, and says whether there were more', async (limit) => {
    const there = await ask(remote, 'SELECT id FROM orders ORDER BY id', limit);
    expect(there.rows).toHaveLength(Math.min(limit, 3));
    expect(there.truncated).toBe(limit < 3);
    expect(there).toEqual(await ask(local, 'SELECT id FROM orders ORDER BY id', limit));
  });

  it.each([
    ['what is no SQL', 'SELEC id FROM orders'],
    ['what writes', 'DELETE FROM orders'],
    ['an unknown table', 'SELECT 1 FROM ordes'],
    ['an unknown column', 'SELECT idd FROM orders'],
    ['what the engine can’t do', 'SELECT 1 / (id - id) FROM orders'],
  ])('refuses %s with the code and the words of the domain, and nothing of the engine’s', async (_, sql) => {
    const [here, there] = [await failure(local, sql), await failure(remote, sql)];
    expect([there.code, there.message, there.details]).toEqual([here.code, here.message, here.details]);
    expect(there.code).toMatch(/^(STATEMENT_REFUSED|UNKNOWN_NAME|QUERY_FAILED)$/);
    expect(there.domain).toBe('orders');
    expect(JSON.stringify([there.message, there.details, String(there.cause)])).not.toMatch(
      /division|syntax error|postgres|22012/i,
    );
  });

  it('has it planned there and not run, with the same refusals', async () => {
    const explain = (subgraph: OpenSubgraph, sql: string) =>
      explainSqlDoor(subgraph, 'orders', sql, 10, contextOf());
    for (const subgraph of [local, remote]) {
      expect(await explain(subgraph, ENDLESS)).toBeUndefined();
      await expect(explain(subgraph, 'SELECT SUM(region) FROM orders')).rejects.toMatchObject({
        code: 'QUERY_FAILED',
        message: 'The database could not run the query.',
        domain: subgraph === remote ? 'orders' : undefined,
      });
      await expect(explain(subgraph, 'DELETE FROM orders')).rejects.toMatchObject({
        code: 'STATEMENT_REFUSED',
      });
      await expect(explain(subgraph, 'SELECT idd FROM orders')).rejects.toMatchObject({
        code: 'UNKNOWN_NAME',
      });
    }
  });

  it('keeps to what the caller may see there', async () => {
    expect((await ask(remote, 'SELECT region FROM orders WHERE id = 3', 9, { caller: CLERK })).rows).toEqual([
      ['Westmark'],
    ]);
    for (const sql of ['SELECT total FROM orders', 'SELECT n FROM numbers'])
      expect((await failure(remote, sql, { caller: CLERK })).code).toBe('UNKNOWN_NAME');
  });

  it('shows all to the gateway itself and its operator, and to nobody who is only called so', async () => {
    const sql = 'SELECT MAX(total) FROM orders';
    for (const caller of [OPERATOR, SAMPLER]) {
      expect((await ask(remote, sql, 1, { caller })).rows).toEqual([['1234567890123456.7891']]);
      const named = { ...caller, claims: { own: true } };
      expect((await failure(remote, sql, { caller: named })).code).toBe('UNKNOWN_NAME');
    }
  });

  it('stops the statement on the server when whoever asked has gone', async () => {
    const gone = new AbortController();
    const asked = failure(remote, ENDLESS, { signal: gone.signal });
    await expect.poll(running, { timeout: 20_000 }).toBe(1);
    gone.abort();
    await asked;
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
    expect((await ask(remote, 'SELECT COUNT(*) FROM orders')).rows).toEqual([['3']]);
  });

  it('stops it at the request’s deadline, which the subgraph keeps by itself', async () => {
    const deadline = new Date(Date.now() + 1_500);
    const error = await failure(remote, ENDLESS, { deadline });
    expect([error.code, error.domain]).toEqual(['DEADLINE_EXCEEDED', 'orders']);
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
  });
});
