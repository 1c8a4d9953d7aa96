import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAskInput } from '../../gateway/ask/schema/check-input.js';
import { readConfig } from '../../gateway/config.js';
import { makeContext } from '../../gateway/context.js';
import { type Gateway, openGateway } from '../../gateway/open-gateway.js';
import type { Catalog } from '../../schema/catalog.js';
import { listSubgraphs } from '../../subgraphs/list.js';
import { OPERATOR } from '../../subgraphs/own-callers.js';
import type { Caller } from '../../subgraphs/request-context.js';
import { POSTGRES_URL, postgresServer, type TestDatabase } from '../contract/servers.js';
import { ORDERS_TABLES, ordersDomain } from '../fixtures/orders-domain.js';
import { codesOf, send } from '../post-graphql.js';
import { startGateway } from '../start-gateway.js';
import { makeHome, runProcess } from '../start-process.js';

const newPostgres = await postgresServer();
const ROLE = `askgraph_${randomBytes(5).toString('hex')}`;
const PATIENCE = 120_000;

describe.skipIf(newPostgres === undefined)('a source that runs as the caller', { timeout: PATIENCE }, () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const home = mkdtempSync(join(tmpdir(), 'askgraph-'));
  const reports: string[] = [];

  beforeAll(async () => {
    database = await newPostgres!();
    await database.run([
      ...ORDERS_TABLES,
      `CREATE ROLE ${ROLE}`,
      `GRANT SELECT ON orders TO ${ROLE}`,
      `ALTER TABLE orders ENABLE ROW LEVEL SECURITY`,
      `CREATE POLICY west ON orders TO ${ROLE} USING (region = 'Westmark')`,
    ]);
    const domain = ordersDomain(
      () => database.connect(4, { kind: 'claim', name: 'db_role' }),
      [{ name: 'all', for: { roles: ['analyst'] }, admit: [{ tables: '*', columns: '*' }] }],
    );
    gateway = await openGateway({
      config: readConfig({ ASKGRAPH_HOME: home, DATABASE_URL: `file:${join(home, 'store.db')}` }),
      definitions: [domain],
      report: (message) => void reports.push(message),
      warn: () => {},
    });
    await gateway.knowledge();
  });
  afterAll(async () => {
    await gateway?.close();
    await database?.run([`DROP POLICY west ON orders`, `DROP OWNED BY ${ROLE}`, `DROP ROLE ${ROLE}`]);
    await database?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const ask = (question: string, caller: Caller) =>
    gateway.ask.ask(
      checkAskInput({ question }),
      makeContext({
        requestId: randomUUID(),
        caller,
        now: new Date(),
        timeoutMilliseconds: 30_000,
        clientGone: new AbortController().signal,
      }),
    );
  const analyst = (db_role: string): Caller => ({ subject: 'ann', roles: ['analyst'], claims: { db_role } });

  it('is sampled at the start as its own user', async () => {
    expect(reports.filter((report) => report.includes('No profile'))).toEqual([]);
    // The word is known only from the rows, of which the caller's role sees another.
    const { status, text } = await ask('How many orders are there in Nordland?', OPERATOR);
    expect([status, text]).toEqual(['ANSWERED', expect.stringMatching(/\b2\b/)]);
  });

  it('answers the operator as its own user, and a caller as theirs', async () => {
    expect((await ask('How many orders are there?', OPERATOR)).text).toMatch(/\b3\b/);
    expect((await ask('How many orders are there?', analyst(ROLE))).text).toMatch(/\b1\b/);
    await expect(ask('How many orders are there?', analyst(`${ROLE}_none`))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('answers nobody more for calling themselves the operator', async () => {
    const { status, sources } = await ask('How many orders are there?', { ...OPERATOR });
    expect([status, sources]).toEqual(['NOT_UNDERSTOOD', []]);
  });
});

describe.skipIf(newPostgres === undefined)('askgraph ask, in process', { timeout: PATIENCE }, () => {
  let database: TestDatabase;
  const home = makeHome('shared');

  beforeAll(async () => {
    database = await newPostgres!();
    const sales = (await listSubgraphs()).find(({ definition }) => definition.name === 'sales')?.catalog;
    await database.run([...tablesOf(sales!), 'INSERT INTO sales (salesid) VALUES (1), (2), (3)']);
  });
  afterAll(async () => {
    await database?.close();
    home.remove();
  });

  it('asks as the operator, whatever a source does for callers, and is on record so', async () => {
    const { hostname, port, username, password } = new URL(POSTGRES_URL);
    const [[name] = []] = await database.rows('SELECT current_database()');
    const { code, stdout, stderr } = await runProcess(['ask', 'How many ticket sales are there?'], {
      ASKGRAPH_HOME: home.path,
      ASKGRAPH_AUDIT: 'file',
      SALES_REDSHIFT_HOST: hostname,
      SALES_REDSHIFT_PORT: port || '5432',
      SALES_REDSHIFT_DATABASE: String(name),
      SALES_REDSHIFT_USER: decodeURIComponent(username),
      SALES_REDSHIFT_PASSWORD: decodeURIComponent(password),
      SALES_REDSHIFT_RUN_AS: 'subject',
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\b3\b/);
    const folder = join(home.path, 'audit');
    const events = readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const questions = events.filter(({ kind }) => kind === 'question');
    expect(questions.length).toBeGreaterThan(0);
    expect(new Set(questions.map(({ subject }) => subject))).toEqual(new Set(['askgraph-operator']));
  });
});

describe('the operator’s name', () => {
  it.each(['askgraph-operator', 'askgraph-sampler'])('is nobody else’s over HTTP: %s', async (subject) => {
    const gateway = await startGateway({ AUTH_PROXY_ADDRESSES: '127.0.0.1' });
    const answer = await send(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-user': subject },
      body: '{"query":"{ conversations { edges { cursor } } }"}',
    });
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    await gateway.close();
  });
});

/** The catalog's tables in PostgreSQL, empty. */
function tablesOf(catalog: Catalog): string[] {
  const types = { STRING: 'text', FLOAT: 'double precision', JSON: 'jsonb', DATETIME: 'timestamp' } as const;
  return catalog.tables.map(({ name, columns }) => {
    const lines = columns.map((column) => {
      const type = types[column.columnType as keyof typeof types] ?? column.columnType;
      return `"${column.name}" ${type}`;
    });
    return `CREATE TABLE "${name}" (${lines.join(', ')})`;
  });
}
