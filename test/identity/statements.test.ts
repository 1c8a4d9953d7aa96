import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { athena } from '../../subgraphs/connectors/athena.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { mysql } from '../../subgraphs/connectors/mysql.js';
import { readRunAs } from '../../subgraphs/connectors/run-as.js';
import { serverFromEnvironment } from '../../subgraphs/connectors/server-options.js';
import { snowflake, snowflakeFromEnvironment } from '../../subgraphs/connectors/snowflake.js';
import { makeStatement, type StatementOrigin } from '../../subgraphs/sql/statement.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { type AthenaFake, startAthenaFake } from '../fakes/athena-server.js';
import { FAKE_CREDENTIALS } from '../fakes/aws-server.js';
import { type SnowflakeFake, startSnowflakeFake } from '../fakes/snowflake-server.js';

/** Ends comments, strings and lines, is a placeholder, and is longer than any tag. */
const HOSTILE = `*/ DROP TABLE t; -- ' " \` ? $1 :x @y \n\r\0 /*! /*+ \\ ünï ${'x'.repeat(500)}`;

function origin(subject: string, claims: Record<string, unknown> = {}): StatementOrigin {
  return { runsAs: 'caller', requestId: 'request-7', caller: { subject, roles: ['analyst'], claims } };
}

function statement(text: string, of?: StatementOrigin | 'operator', parameters: readonly string[] = []) {
  const signal = AbortSignal.timeout(20_000);
  return makeStatement(text, parameters, undefined, {
    rowLimit: 10,
    signal,
    ...(of === undefined ? {} : { origin: of }),
  });
}

async function cellOf(
  connector: Connector,
  text: string,
  of?: StatementOrigin | 'operator',
  parameters?: string[],
) {
  return (await connector.query(statement(text, of, parameters))).rows[0]?.[0];
}

const newPostgres = await postgresServer();
const newMysql = await mysqlServer();

describe.skipIf(newPostgres === undefined)('a statement on PostgreSQL', () => {
  let database: TestDatabase;
  let connector: Connector;
  let asClaim: Connector;
  let asSubject: Connector;
  const name = `askgraph_${randomBytes(5).toString('hex')}`;
  /** A name that is only one in quotes, with a quote in it. */
  const reader = `${name} "reader"`;
  const quoted = `"${reader.replaceAll('"', '""')}"`;
  const OWN = 'SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()';

  beforeAll(async () => {
    database = await newPostgres!();
    await database.run([
      `CREATE ROLE ${quoted}`,
      'CREATE TABLE open_to_reader AS SELECT 1 AS n',
      'CREATE TABLE closed AS SELECT 2 AS n',
      `GRANT SELECT ON open_to_reader TO ${quoted}`,
    ]);
    [connector, asClaim, asSubject] = await Promise.all([
      database.connect(1),
      database.connect(1, { kind: 'claim', name: 'db_role' }),
      database.connect(1, { kind: 'subject' }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([connector, asClaim, asSubject].map((open) => open?.close()));
    await database?.run([`DROP OWNED BY ${quoted}`, `DROP ROLE ${quoted}`]);
    await database?.close();
  });

  it('says in the server’s own view who asks, and in which request', async () => {
    expect(await cellOf(connector, OWN, origin('ada@example.com'))).toBe(
      `/* askgraph subject=ada@example.com request=request-7 */ ${OWN}`,
    );
    expect(await cellOf(connector, OWN)).toBe(OWN);
    expect(await cellOf(connector, OWN, 'operator')).toBe(OWN);
  });

  it('says nothing else, whoever asks, and runs with its parameters all the same', async () => {
    const text = "SELECT query || $1::text FROM pg_stat_activity WHERE pid = pg_backend_pid() AND '?' <> ''";
    const seen = String(await cellOf(connector, text, origin(HOSTILE), ['!']));
    expect(seen).toMatch(/^\/\* askgraph subject=[A-Za-z0-9._@%-]{100,300} request=request-7 \*\/ SELECT/);
    expect(seen.endsWith("'?' <> ''!")).toBe(true);
  });

  const who = 'SELECT current_user || session_user';
  it('runs as the role that a claim names, and only for its own transaction', async () => {
    const ada = origin('ada', { db_role: reader });
    expect(await cellOf(asClaim, 'SELECT current_user::text', ada)).toBe(reader);
    expect(await cellOf(asClaim, 'SELECT n FROM open_to_reader', ada)).toBe(1);
    await expect(cellOf(asClaim, 'SELECT n FROM closed', ada)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'The database does not let you read this.',
    });
    // The same connection, right after: the role is not left behind.
    expect(await cellOf(asClaim, who, 'operator')).toBe(await cellOf(connector, who));
    expect(await cellOf(asClaim, 'SELECT n FROM closed', 'operator')).toBe(2);
  });

  it('runs as the subject, where the source says so', async () => {
    expect(await cellOf(asSubject, 'SELECT current_user::text', origin(reader))).toBe(reader);
    await expect(cellOf(asSubject, 'SELECT 1', origin('nobody'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it.each<[string, unknown]>([
    ['no role', undefined],
    ['an empty one', ''],
    ['a list', [reader]],
    ['the word that gives the role back', 'none'],
    ['that word otherwise', 'NONE'],
    ['the other word', 'Default'],
    ['one that is too long, and begins like another', `${reader}${' '.repeat(60)}`],
    ['a line break', `${reader}\n`],
    ['one that ends its quotes', `x"; RESET ROLE; --`],
  ])('is not run for a claim that holds %s', async (_, role) => {
    await expect(cellOf(asClaim, who, origin('ada', { db_role: role }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is not run for nobody, where it would run as the source itself', async () => {
    await expect(cellOf(asClaim, who)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe.skipIf(newMysql === undefined)('a statement on MySQL', () => {
  let database: TestDatabase;
  let connector: Connector;
  const OWN = 'SELECT info FROM information_schema.processlist WHERE id = connection_id()';

  beforeAll(async () => {
    database = await newMysql!();
    connector = await database.connect(1);
  });
  afterAll(async () => {
    await connector?.close();
    await database?.close();
  });

  it('says in the server’s own list who asks, and in which request', async () => {
    expect(await cellOf(connector, OWN, origin('ada'))).toBe(
      `/* askgraph subject=ada request=request-7 */ ${OWN}`,
    );
  });

  it('says nothing else, whoever asks', async () => {
    const text = `SELECT CONCAT(info, ?) FROM information_schema.processlist WHERE id = connection_id()`;
    const seen = String(await cellOf(connector, text, origin(HOSTILE), ['!']));
    expect(seen).toMatch(/^\/\* askgraph subject=[A-Za-z0-9._@%-]{100,300} request=request-7 \*\/ SELECT/);
  });

  it('is not told to run as the caller, which the engine can’t', () => {
    const environment = { M_HOST: '127.0.0.1', M_DATABASE: 'd', M_USER: 'u', M_RUN_AS: 'subject' };
    expect(() => mysql(serverFromEnvironment(environment, 'M', { port: 1 }))).toThrow(/RUN_AS/);
  });
});

describe('a statement on Snowflake', () => {
  let fake: SnowflakeFake;
  const settings = (more: Record<string, string>) => ({
    S_ACCOUNT: 'myorg-finance',
    S_URL: fake.url,
    S_USER: 'analyst',
    S_PASSWORD: 'secret',
    S_DATABASE: 'D',
    S_CONNECTIONS: '1',
    S_ROLE: 'GATEWAY',
    ...more,
  });
  const open = (more: Record<string, string> = {}) =>
    snowflake(snowflakeFromEnvironment(settings(more), 'S')).open({
      domain: 'finance',
      dataDirectory: '',
      report: () => {},
    });
  const last = (text: string) => fake.queries.filter(({ sqlText }) => sqlText === text).at(-1);

  beforeAll(async () => {
    fake = await startSnowflakeFake({
      setup: ['CREATE TABLE t AS SELECT 1 AS n'],
      account: 'myorg-finance',
      users: { ANALYST: { password: 'secret' } },
      roles: ['GATEWAY', 'READER'],
      rowsInline: 10,
      rowsInChunk: 10,
      holdMilliseconds: 1_000,
    });
  });
  afterAll(() => fake?.close());

  it('is tagged in the account’s history with who asks', async () => {
    const connector = await open();
    await cellOf(connector, 'SELECT n FROM t', origin(HOSTILE));
    expect(last('SELECT n FROM t')?.tag).toMatch(
      /^askgraph subject=[A-Za-z0-9._@%-]{100,300} request=request-7$/,
    );
    await cellOf(connector, 'SELECT n + 1 FROM t');
    expect(last('SELECT n + 1 FROM t')?.tag).toBeUndefined();
    await connector.close();
  });

  it('runs in the caller’s role and in no other beside it, each in its own', async () => {
    const connector = await open({ S_RUN_AS: 'claim:role' });
    const roleOf = async (of: StatementOrigin | 'operator') => {
      await cellOf(connector, 'SELECT 7 FROM t', of);
      return last('SELECT 7 FROM t')?.role;
    };
    expect(await roleOf(origin('ada', { role: 'READER' }))).toBe('READER');
    expect(await roleOf('operator')).toBe('GATEWAY');
    expect(await roleOf(origin('eve', { role: 'READER' }))).toBe('READER');
    expect(fake.queries.some(({ sqlText }) => sqlText === 'USE SECONDARY ROLES NONE')).toBe(true);

    const before = fake.queries.filter(({ sqlText }) => sqlText === 'SELECT 8 FROM t').length;
    for (const role of ['OTHER', 'x"; USE ROLE "GATEWAY', undefined]) {
      await expect(cellOf(connector, 'SELECT 8 FROM t', origin('eve', { role }))).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    expect(fake.queries.filter(({ sqlText }) => sqlText === 'SELECT 8 FROM t')).toHaveLength(before);
    expect(await roleOf('operator')).toBe('GATEWAY');
    await connector.close();
  });
});

describe('a statement on Athena', () => {
  let fake: AthenaFake;
  beforeAll(async () => {
    fake = await startAthenaFake({
      setup: ['CREATE TABLE t AS SELECT 1 AS n'],
      workgroups: { analysts: { output: 's3://results/' } },
      scannedBytes: 1,
    });
  });
  afterAll(() => fake?.close());

  it.each([
    [
      'in its text and its token',
      undefined,
      /^\/\* askgraph subject=ada request=request-7 \*\/ SELECT n FROM t$/,
    ],
    ['in its token alone where results are used again', 5, /^SELECT n FROM t$/],
  ])('says who asks %s', async (_, reuseMinutes, text) => {
    const connector = await athena({
      workgroup: 'analysts',
      region: 'eu-west-1',
      endpoint: fake.url,
      credentials: FAKE_CREDENTIALS,
      ...(reuseMinutes === undefined ? {} : { reuseMinutes }),
    }).open({ domain: 'legal', dataDirectory: '', report: () => {} });
    expect(await cellOf(connector, 'SELECT n FROM t', origin('ada'))).toBe(1);
    const { QueryString, ClientRequestToken } = fake.executions.at(-1)?.input ?? {};
    expect(QueryString).toMatch(text);
    expect(ClientRequestToken).toMatch(/^askgraph-ada-request-7-[0-9a-f-]{36}$/);
    await cellOf(connector, 'SELECT n FROM t', origin(HOSTILE));
    expect(String(fake.executions.at(-1)?.input.ClientRequestToken)).toMatch(/^[\w.@%-]{32,128}$/);
    await connector.close();
  });
});

describe('the setting as whom a source runs', () => {
  it('is the subject, or a claim', () => {
    expect(readRunAs('X_RUN_AS', undefined)).toBeUndefined();
    expect(readRunAs('X_RUN_AS', 'subject')).toEqual({ kind: 'subject' });
    expect(readRunAs('X_RUN_AS', 'claim:db.role')).toEqual({ kind: 'claim', name: 'db.role' });
    expect(() => readRunAs('X_RUN_AS', 'root')).toThrow(/X_RUN_AS is "subject" or "claim:"/);
  });
});
