import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FAKE_CREDENTIALS } from '../../test/fakes/aws-server.js';
import { startSecretsFake } from '../../test/fakes/secrets-server.js';
import type { SnowflakeFake } from '../../test/fakes/snowflake-server.js';
import { openShop, shopCatalog } from '../../test/fixtures/shop.js';
import { SHOP_QUERIES } from '../../test/fixtures/shop-queries.js';
import { compile } from '../sql/compile.js';
import { duckdbDialect } from '../sql/dialects/duckdb.js';
import { snowflakeDialect } from '../sql/dialects/snowflake.js';
import { makeStatement, type Parameter, type ResultColumn } from '../sql/statement.js';
import type { Connector } from './connector.js';
import { snowflake, snowflakeFromEnvironment } from './snowflake.js';
import { key, lockedKey, NO_WAREHOUSE, startFinanceFake, TIMED_OUT } from './snowflake.test-helper.js';

const ENDLESS =
  'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 1';
const SLOW = 'SELECT count(*) FROM range(30000) a, range(2000) b WHERE (a.range * b.range) % 7 = 8';
let fake: SnowflakeFake;
const open: Connector[] = [];

beforeAll(async () => {
  fake = await startFinanceFake();
});
afterAll(() => fake.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map((connector) => connector.close()));
  vi.unstubAllEnvs();
});

async function connect(variables: Record<string, string | undefined> = {}): Promise<Connector> {
  const environment = {
    S_ACCOUNT: 'myorg-finance',
    S_URL: fake.url,
    S_USER: 'analyst',
    S_PASSWORD: 'correct horse',
    S_DATABASE: 'MARKET_DATA',
    S_WAREHOUSE: 'SMALL',
    S_ROLE: 'READER',
    S_CONNECTIONS: '2',
    ...variables,
  };
  const source = snowflake(snowflakeFromEnvironment(environment, 'S'));
  const connector = await source.open({ domain: 'finance', dataDirectory: '', report: () => {} });
  open.push(connector);
  return connector;
}

interface StatementOptions {
  readonly parameters?: readonly Parameter[];
  readonly columns?: readonly ResultColumn[];
  readonly rowLimit?: number;
  readonly signal?: AbortSignal;
}

function statement(text: string, options: StatementOptions = {}) {
  const { parameters = [], columns, rowLimit = 100, signal = AbortSignal.timeout(20_000) } = options;
  return makeStatement(text, parameters, columns, { rowLimit, signal });
}

async function answers(connector: Connector): Promise<boolean> {
  return (await connector.query(statement('SELECT 1'))).rows[0]?.[0] === 1;
}

describe('cells', () => {
  it.each([
    ['9007199254740993::BIGINT', 'BIGINT', '9007199254740993'],
    ['-12345678901234567890.123456789::DECIMAL(38,9)', 'DECIMAL', '-12345678901234567890.123456789'],
    ['0.10::DECIMAL(38,2)', 'DECIMAL', '0.10'],
    ['7::INTEGER', 'INTEGER', 7],
    ['123456789012.5::DOUBLE', 'FLOAT', 123456789012.5],
    ["'nan'::DOUBLE", 'FLOAT', null],
    ["'infinity'::DOUBLE", 'FLOAT', null],
    ['true', 'BOOLEAN', true],
    ['false', 'BOOLEAN', false],
    ["DATE '2008-01-31'", 'DATE', '2008-01-31'],
    ["DATE '0001-01-01'", 'DATE', '0001-01-01'],
    ["DATE '1969-12-31'", 'DATE', '1969-12-31'],
    ["TIMESTAMP '2008-01-31 23:59:59'", 'DATETIME', '2008-01-31T23:59:59'],
    ["TIMESTAMP '2008-03-30 02:30:00.250'", 'DATETIME', '2008-03-30T02:30:00.25'],
    ["TIMESTAMP '1960-01-01 00:00:00.000001'", 'DATETIME', '1960-01-01T00:00:00.000001'],
    ["TIMESTAMPTZ '2008-01-31 12:00:00+02'", 'DATETIME', '2008-01-31T10:00:00Z'],
    ["TIME '12:30:00'", 'STRING', '12:30:00'],
    ["'it''s'", 'STRING', "it's"],
    ["''", 'STRING', ''],
    ["'NULL'", 'STRING', 'NULL'],
    ["'Ω→🙂'", 'STRING', 'Ω→🙂'],
    ["'\\x00\\xFF'::BLOB", 'STRING', 'AP8='],
    ['[1, NULL, 3]', 'JSON', [1, null, 3]],
    ["{'a': ['b']}", 'JSON', { a: ['b'] }],
    ['\'{"a": [1, null]}\'::JSON', 'JSON', { a: [1, null] }],
    ['\'"text"\'::JSON', 'JSON', 'text'],
    ['NULL::DECIMAL(8,2)', 'DECIMAL', null],
    ['NULL::INTEGER', 'INTEGER', null],
    ['NULL::VARCHAR', 'STRING', null],
    ['NULL::BOOLEAN', 'BOOLEAN', null],
    ['NULL::DATE', 'DATE', null],
    ['NULL::TIMESTAMP', 'DATETIME', null],
    ['NULL::BLOB', 'STRING', null],
    ['NULL::JSON', 'JSON', null],
  ])('%s leaves as %s', async (expression, type, value) => {
    const connector = await connect();
    const { columns, rows } = await connector.query(statement(`SELECT ${expression} AS value`));
    expect([columns, rows]).toEqual([[{ name: 'value', type }], [[value]]]);
  });

  it('of VARIANT that is no JSON stay text, and are never run as a program', async () => {
    const connector = await connect();
    const text = "SELECT '(globalThis.hacked = true)'::VARCHAR AS a, 'undefined' AS b";
    expect((await connector.query(statement(text))).rows).toEqual([
      ['(globalThis.hacked = true)', 'undefined'],
    ]);
    expect(globalThis).not.toHaveProperty('hacked');
  });

  it('have the types that the statement promises', async () => {
    const columns = (['BIGINT', 'DECIMAL', 'FLOAT', 'DATE'] as const).map((type) => ({
      name: `as ${type}`,
      type,
    }));
    const connector = await connect();
    const text = "SELECT 1::INTEGER, 2::INTEGER, 3.5::DECIMAL(5,1), TIMESTAMP '2008-01-31 23:00:00'";
    expect(await connector.query(statement(text, { columns }))).toMatchObject({
      columns,
      rows: [['1', '2', 3.5, '2008-01-31']],
    });
  });
});

describe('statements', () => {
  it.each(SHOP_QUERIES)('as compile writes them: %s', async (_, query) => {
    const shop = await openShop();
    const limits = { rowLimit: 1_000, signal: AbortSignal.timeout(20_000) };
    const wanted = await shop.connector.query(compile(query, shopCatalog, duckdbDialect, limits));
    await shop.close();
    const got = await (await connect()).query(compile(query, shopCatalog, snowflakeDialect, limits));
    expect(wanted.rows.length).toBeGreaterThan(3);
    expect(got).toEqual(wanted);
  });

  it.each([
    "'; DROP TABLE orders; --",
    "it''s",
    "\\'",
    "' OR '1'='1",
    '?',
    ':1',
    '/* */ -- ',
    'a\nb',
    '"q"',
    'ü→🙂',
    '',
  ])('take the value %j as data', async (text) => {
    const connector = await connect();
    const { rows } = await connector.query(
      statement('SELECT CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS BOOLEAN), CAST(? AS VARCHAR)', {
        parameters: [text, -7, true, null],
      }),
    );
    expect(rows).toEqual([[text, -7, true, null]]);
    expect(fake.queries.at(-1)?.bindings).toEqual({
      1: { type: 'TEXT', value: text },
      2: { type: 'FIXED', value: '-7' },
      3: { type: 'BOOLEAN', value: 'true' },
      4: { type: 'TEXT', value: null },
    });
  });

  it('run in a session of the domain, with settings that make SQL mean the same in every account', async () => {
    await answers(await connect());
    const session = fake.sessions.at(-1)!;
    expect(Object.fromEntries(session.login)).toMatchObject({
      databaseName: 'MARKET_DATA',
      schemaName: 'PUBLIC',
      warehouse: 'SMALL',
      roleName: 'READER',
    });
    expect(Object.fromEntries(session.parameters)).toMatchObject({
      QUOTED_IDENTIFIERS_IGNORE_CASE: 'TRUE',
      WEEK_START: '1',
      TIMEZONE: "'UTC'",
      STATEMENT_TIMEOUT_IN_SECONDS: '60',
    });
  });

  it('that take longer than one request are waited for', async () => {
    const connector = await connect();
    const before = fake.requests.length;
    expect((await connector.query(statement(SLOW))).rows).toEqual([['0']]);
    const polls = fake.requests.slice(before).filter((request) => request === 'GET /queries/*/result');
    expect(polls.length).toBeGreaterThan(0);
  });
});

describe('the row limit', () => {
  it.each([
    [1, 0, true],
    [49, 0, true],
    [50, 1, true],
    [1_100, 3, true],
    [3_999, 8, true],
    [4_000, 8, false],
    [9_000, 8, false],
  ])('of %i fetches %i chunks', async (rowLimit, chunks, truncated) => {
    const connector = await connect();
    const before = fake.requests.length;
    const result = await connector.query(statement('SELECT n FROM numbers ORDER BY n', { rowLimit }));
    expect(result.truncated).toBe(truncated);
    expect(result.rows.map(([n]) => n)).toEqual(
      Array.from({ length: Math.min(rowLimit, 4_000) }, (_, index) => index),
    );
    expect(fake.requests.slice(before).filter((request) => request === 'GET /chunks/*')).toHaveLength(chunks);
  });
});

describe('stopping', () => {
  it.each([
    ['DEADLINE_EXCEEDED', () => AbortSignal.timeout(600)],
    [
      'CANCELLED',
      () => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 600);
        return controller.signal;
      },
    ],
  ])('stops the query on the server: %s', async (code, makeSignal) => {
    const connector = await connect();
    await answers(connector);
    const started = performance.now();
    await expect(connector.query(statement(ENDLESS, { signal: makeSignal() }))).rejects.toMatchObject({
      code,
    });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(fake.queries.at(-1)).toMatchObject({ state: 'aborted', sqlText: ENDLESS });
    expect(await answers(connector)).toBe(true);
  });

  it('sends nothing for who is gone already', async () => {
    const connector = await connect();
    await answers(connector);
    const before = fake.queries.length;
    await expect(
      connector.query(statement('SELECT 1', { signal: AbortSignal.abort() })),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(fake.queries).toHaveLength(before);
  });
});

describe('sessions', () => {
  it('are renewed where their token has expired, and opened anew where they are gone', async () => {
    const connector = await connect({ S_CONNECTIONS: '1' });
    await answers(connector);
    const session = fake.sessions.at(-1)!;
    const { token } = session;
    session.state = 'expired';
    expect(await answers(connector)).toBe(true);
    expect(session).toMatchObject({ state: 'open' });
    expect(session.token).not.toBe(token);
    const count = fake.sessions.length;
    session.state = 'gone';
    expect(await answers(connector)).toBe(true);
    expect(fake.sessions).toHaveLength(count + 1);
  });

  it('are opened when they are needed, used again, and closed in the end', async () => {
    const before = fake.sessions.length;
    const connector = await connect();
    expect(fake.sessions).toHaveLength(before);
    await Promise.all(Array.from({ length: 8 }, () => answers(connector)));
    expect(fake.sessions.length).toBe(before + 2);
    await connector.close();
    expect(fake.sessions.slice(before).map(({ state }) => state)).toEqual(['closed', 'closed']);
    await expect(connector.query(statement('SELECT 1'))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
  });

  it('are found healthy by a heartbeat', async () => {
    const connector = await connect();
    const before = fake.requests.length;
    await connector.checkHealth();
    expect(fake.requests.slice(before)).toContain('POST /session/heartbeat');
  });
});

describe('signing in', () => {
  const wrongKey = lockedKey.privateKey;
  const folder = mkdtemp(join(tmpdir(), 'askgraph-snowflake-'));
  afterAll(async () => rm(await folder, { recursive: true }));

  it('works with a key pair, in a variable or in a file, with a passphrase or without', async () => {
    const file = join(await folder, 'key.p8');
    await writeFile(file, lockedKey.privateKey);
    const robot = { S_USER: 'robot', S_PASSWORD: undefined };
    expect(await answers(await connect({ ...robot, S_PRIVATE_KEY: key.privateKey }))).toBe(true);
    expect(
      await answers(await connect({ ...robot, S_PRIVATE_KEY: key.privateKey.replaceAll('\n', '\\n') })),
    ).toBe(true);
    expect(
      await answers(
        await connect({ S_USER: 'vault', S_PRIVATE_KEY_FILE: file, S_PRIVATE_KEY_PASSPHRASE: 'open sesame' }),
      ),
    ).toBe(true);
  });

  it('works with a secret of AWS Secrets Manager', async () => {
    const manager = await startSecretsFake({
      password: JSON.stringify({ username: 'analyst', password: 'correct horse' }),
      key: JSON.stringify({ username: 'robot', privateKey: key.privateKey }),
      wrong: JSON.stringify({ user: 'analyst' }),
    });
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', manager.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', FAKE_CREDENTIALS.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', FAKE_CREDENTIALS.secretAccessKey);
    const withSecret = (id: string) =>
      connect({ S_USER: undefined, S_PASSWORD: undefined, S_SECRET: id, S_SECRET_REGION: 'eu-west-1' });
    expect(await answers(await withSecret('password'))).toBe(true);
    expect(await answers(await withSecret('key'))).toBe(true);
    await expect(answers(await withSecret('wrong'))).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await expect(answers(await withSecret('missing'))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await manager.close();
  });

  it.each([
    ['a wrong password', { S_PASSWORD: 'guess' }, /Incorrect username or password/],
    ['an unknown user', { S_USER: 'nobody' }, /Incorrect username or password/],
    [
      "another user's key",
      { S_USER: 'robot', S_PRIVATE_KEY: wrongKey, S_PRIVATE_KEY_PASSPHRASE: 'open sesame' },
      /JWT/,
    ],
    ['what is no key', { S_USER: 'robot', S_PRIVATE_KEY: 'not a key' }, /private key/i],
  ])('is refused with %s', async (_, variables, cause) => {
    const error = await answers(await connect(variables)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AskgraphError', code: 'SOURCE_UNAVAILABLE' });
    expect(String((error as Error).cause)).toMatch(cause);
  });

  it.each([
    [{ S_ACCOUNT: undefined }, 'S_ACCOUNT is not set.'],
    [{ S_USER: undefined }, 'S_USER is not set.'],
    [{ S_PASSWORD: undefined }, 'Set S_PASSWORD, S_PRIVATE_KEY, S_PRIVATE_KEY_FILE or S_SECRET.'],
    [{ S_URL: 'nowhere' }, 'S_URL is an address, not "nowhere".'],
    [{ S_CONNECTIONS: 'many' }, 'S_CONNECTIONS is a whole number above 0, not "many".'],
    [
      { S_PASSWORD: undefined, S_PRIVATE_KEY_FILE: '/nowhere/key.p8' },
      "The private key /nowhere/key.p8 can't be read.",
    ],
  ])('says what is wrong with the settings %o', async (variables, message) => {
    const failing = async () => answers(await connect(variables));
    await expect(failing()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID', message });
  });
});

describe('errors', () => {
  it.each([
    ['a query that fails', 'SELECT nonsense FROM nowhere', 'QUERY_FAILED', /SQL compilation error/],
    ['a query that Snowflake found too slow', TIMED_OUT, 'DEADLINE_EXCEEDED', /timeout/],
    ['no warehouse', NO_WAREHOUSE, 'SOURCE_UNAVAILABLE', /No active warehouse/],
  ])('have one class, a code, and what Snowflake said as their cause: %s', async (_, text, code, cause) => {
    const connector = await connect();
    const error = await connector.query(statement(text)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AskgraphError', code });
    expect(String((error as Error).cause)).toMatch(cause);
    expect((error as Error).message).not.toMatch(cause);
    expect(await answers(connector)).toBe(true);
  });

  it('are few: what the service could not answer for a moment is asked for again', async () => {
    const connector = await connect();
    await answers(connector);
    fake.failNext('/queries/v1/query-request', 503, 1);
    fake.failNext('/chunks/*', 503, 1);
    const result = await connector.query(statement('SELECT n FROM numbers ORDER BY n', { rowLimit: 200 }));
    expect(result.rows).toHaveLength(200);
  });

  it('say that the source is not there where nobody answers', async () => {
    const connector = await connect({ S_URL: 'http://127.0.0.1:9' });
    const signal = AbortSignal.timeout(1_000);
    await expect(connector.query(statement('SELECT 1', { signal }))).rejects.toMatchObject({
      name: 'AskgraphError',
      retryable: true,
    });
    await expect(connector.checkHealth()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});
