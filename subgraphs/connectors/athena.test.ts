import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AthenaFake, startAthenaFake } from '../../test/fakes/athena-server.js';
import { BROKEN, EXPIRED_TOKEN, FAKE_CREDENTIALS, THROTTLED } from '../../test/fakes/aws-server.js';
import { openShop, SHOP_DATA, shopCatalog } from '../../test/fixtures/shop.js';
import { SHOP_QUERIES } from '../../test/fixtures/shop-queries.js';
import { column } from '../../test/fixtures/table-queries.js';
import { compile } from '../sql/compile.js';
import { athenaDialect } from '../sql/dialects/athena.js';
import { duckdbDialect } from '../sql/dialects/duckdb.js';
import { makeStatement, type Parameter, type ResultColumn } from '../sql/statement.js';
import type { TableQuery } from '../sql/table-query.js';
import { athena } from './athena.js';
import { type AthenaOptions, athenaFromEnvironment } from './athena-options.js';
import type { Connector } from './connector.js';

const ENDLESS =
  'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 1';
const TRANSIENT = 'SELECT transient';
const CUTOFF = 'SELECT cutoff';

let fake: AthenaFake;
const open: Connector[] = [];

beforeAll(async () => {
  fake = await startAthenaFake({
    setup: [...SHOP_DATA, 'CREATE TABLE numbers AS SELECT range::INTEGER AS n FROM range(4000)'],
    workgroups: {
      analysts: { output: 's3://results/' },
      bare: {},
      closed: { output: 's3://x/', disabled: true },
    },
    scannedBytes: 12_345_678,
    failures: {
      [TRANSIENT]: { reason: 'GENERIC_INTERNAL_ERROR', category: 1 },
      [CUTOFF]: { reason: 'Query cancelled! Bytes scanned limit was exceeded', category: 2 },
    },
  });
});
afterAll(() => fake.close());
afterEach(() => Promise.all(open.splice(0).map((connector) => connector.close())));

async function connect(options: Partial<AthenaOptions> = {}): Promise<Connector> {
  const source = athena({
    workgroup: 'analysts',
    region: 'eu-west-1',
    endpoint: fake.url,
    credentials: FAKE_CREDENTIALS,
    ...options,
  });
  const connector = await source.open({ domain: 'legal', dataDirectory: '', report: () => {} });
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

function callsOf(operation: string, since = 0) {
  return fake.calls.slice(since).filter((call) => call.operation === operation);
}

describe('cells', () => {
  it.each([
    ['9007199254740993::BIGINT', 'BIGINT', '9007199254740993'],
    ['-12345678901234567890.123456789::DECIMAL(38,9)', 'DECIMAL', '-12345678901234567890.123456789'],
    ['0.10::DECIMAL(38,2)', 'DECIMAL', '0.10'],
    ['7::INTEGER', 'INTEGER', 7],
    ['-3::SMALLINT', 'INTEGER', -3],
    ['4.25::FLOAT', 'FLOAT', 4.25],
    ['123456789012.5::DOUBLE', 'FLOAT', 123456789012.5],
    ["'nan'::DOUBLE", 'FLOAT', null],
    ["'-infinity'::DOUBLE", 'FLOAT', null],
    ['true', 'BOOLEAN', true],
    ['false', 'BOOLEAN', false],
    ["DATE '2008-01-31'", 'DATE', '2008-01-31'],
    ["DATE '0001-01-01'", 'DATE', '0001-01-01'],
    ["TIMESTAMP '2008-01-31 23:59:59'", 'DATETIME', '2008-01-31T23:59:59'],
    ["TIMESTAMP '2008-03-30 02:30:00.250'", 'DATETIME', '2008-03-30T02:30:00.25'],
    ["TIMESTAMPTZ '2008-01-31 12:00:00+02'", 'DATETIME', '2008-01-31T10:00:00Z'],
    ["'it''s'", 'STRING', "it's"],
    ["''", 'STRING', ''],
    ["'NULL'", 'STRING', 'NULL'],
    ["'Ω→🙂'", 'STRING', 'Ω→🙂'],
    ["'\\x00\\xFF'::BLOB", 'STRING', 'AP8='],
    ["''::BLOB", 'STRING', ''],
    ['[1, 2, 3]', 'JSON', [1, 2, 3]],
    ["['a b']", 'JSON', '[a b]'],
    ["{'a': 1}", 'JSON', '{a=1}'],
    ['\'{"a": [1, null]}\'::JSON', 'JSON', { a: [1, null] }],
    ['NULL::INTEGER', 'INTEGER', null],
    ['NULL::VARCHAR', 'STRING', null],
  ])('%s leaves as %s', async (expression, type, value) => {
    const connector = await connect();
    const { columns, rows } = await connector.query(statement(`SELECT ${expression} AS value`));
    expect([columns, rows]).toEqual([[{ name: 'value', type }], [[value]]]);
  });

  it('have the types that the statement promises', async () => {
    const columns = (['BIGINT', 'DECIMAL', 'FLOAT', 'DATE'] as const).map((type) => ({
      name: `as ${type}`,
      type,
    }));
    const connector = await connect();
    const text = "SELECT 1::INTEGER, 2::INTEGER, 3.5::DECIMAL(5,1), TIMESTAMP '2008-01-31 00:00:00'";
    expect(await connector.query(statement(text, { columns }))).toMatchObject({
      columns,
      rows: [['1', '2', 3.5, '2008-01-31']],
    });
  });
});

describe('statements', () => {
  it('give lists and structures as JSON, which their own notation could not be read back from', async () => {
    const query: TableQuery = {
      table: 'customer',
      select: ['customer_id', 'tags'].map((as) => ({ as, expression: column(as) })),
      orderBy: [{ expression: column('customer_id'), direction: 'ASC' }],
      limit: 2,
    };
    const limits = { rowLimit: 10, signal: AbortSignal.timeout(20_000) };
    const { rows } = await (await connect()).query(compile(query, shopCatalog, athenaDialect, limits));
    expect(rows).toEqual([1, 2].map((id) => [id, [`t${id}`, null]]));
  });

  it.each(SHOP_QUERIES)('as compile writes them: %s', async (_, query) => {
    const shop = await openShop();
    const limits = { rowLimit: 1_000, signal: AbortSignal.timeout(20_000) };
    const wanted = await shop.connector.query(compile(query, shopCatalog, duckdbDialect, limits));
    await shop.close();
    const got = await (await connect()).query(compile(query, shopCatalog, athenaDialect, limits));
    expect(wanted.rows.length).toBeGreaterThan(3);
    expect({ columns: got.columns, rows: got.rows }).toEqual({ columns: wanted.columns, rows: wanted.rows });
  });

  it.each([
    "'; DROP TABLE orders; --",
    "it''s",
    "\\'",
    "' OR '1'='1",
    '?',
    '/* */ -- ',
    'line\nbreak\ttab',
    '"quoted"',
    'ünï→🙂',
    '',
  ])('take the value %j as data', async (text) => {
    const connector = await connect();
    const { rows } = await connector.query(
      statement('SELECT CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS BOOLEAN), CAST(? AS VARCHAR)', {
        parameters: [text, -7, true, null],
      }),
    );
    expect(rows).toEqual([[text, -7, true, null]]);
    expect((await connector.query(statement('SELECT count(*) FROM orders'))).rows).toEqual([['800']]);
  });

  it('refuse values that are longer than Athena takes', async () => {
    const connector = await connect();
    const parameters = ['x'.repeat(1_023)];
    await expect(connector.query(statement('SELECT ?', { parameters }))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('are sent with their workgroup, output, database and reuse, and say what they read', async () => {
    const connector = await connect({ workgroup: 'bare', output: 's3://mine/', reuseMinutes: 15 });
    const text = 'SELECT max(n) FROM numbers';
    expect(await connector.query(statement(text))).toMatchObject({
      rows: [[3999]],
      bytesScanned: '12345678',
    });
    expect(fake.executions.at(-1)?.input).toMatchObject({
      QueryString: text,
      WorkGroup: 'bare',
      QueryExecutionContext: { Database: 'legal' },
      ResultConfiguration: { OutputLocation: 's3://mine/' },
    });
    expect(fake.executions.at(-1)?.input).not.toHaveProperty('ExecutionParameters');
    expect(await connector.query(statement(text))).toMatchObject({ rows: [[3999]], bytesScanned: '0' });
  });
});

describe('the row limit', () => {
  it.each([
    [1, 1, true],
    [998, 1, true],
    [999, 2, true],
    [1_500, 2, true],
    [3_999, 5, true],
    [4_000, 5, false],
    [9_000, 5, false],
  ])('of %i reads %i pages', async (rowLimit, pages, truncated) => {
    const connector = await connect();
    const before = fake.calls.length;
    const result = await connector.query(statement('SELECT n FROM numbers ORDER BY n', { rowLimit }));
    expect(result.truncated).toBe(truncated);
    expect(result.rows.map(([n]) => n)).toEqual(
      Array.from({ length: Math.min(rowLimit, 4_000) }, (_, index) => index),
    );
    expect(callsOf('GetQueryResults', before)).toHaveLength(pages);
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
    const started = performance.now();
    await expect(connector.query(statement(ENDLESS, { signal: makeSignal() }))).rejects.toMatchObject({
      code,
    });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(fake.executions.at(-1)).toMatchObject({ state: 'CANCELLED', input: { QueryString: ENDLESS } });
    expect((await connector.query(statement('SELECT 1'))).rows).toEqual([[1]]);
  });

  it('starts nothing for who is gone already', async () => {
    const connector = await connect();
    const before = fake.executions.length;
    await expect(
      connector.query(statement('SELECT 1', { signal: AbortSignal.abort() })),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(fake.executions).toHaveLength(before);
  });

  it('stops a query that reads more than is allowed', async () => {
    const connector = await connect({ scanLimitBytes: 12_000_000 });
    await expect(connector.query(statement(ENDLESS))).rejects.toMatchObject({
      code: 'TOO_COMPLEX',
      details: { scanLimitBytes: 12_000_000, bytesScanned: 12_345_678 },
    });
    expect(fake.executions.at(-1)?.state).toBe('CANCELLED');
    const wide = await connect({ scanLimitBytes: 13_000_000 });
    expect((await wide.query(statement('SELECT 1'))).rows).toEqual([[1]]);
  });
});

describe('errors', () => {
  it.each([
    ['a query that fails', 'SELECT nonsense FROM nowhere', {}, 'QUERY_FAILED', /nowhere/],
    ['a query that failed for the moment', TRANSIENT, {}, 'SOURCE_UNAVAILABLE', /GENERIC_INTERNAL_ERROR/],
    ["the workgroup's own limit", CUTOFF, {}, 'TOO_COMPLEX', /Bytes scanned limit/],
    [
      'a request that Athena refuses',
      'SELECT 1',
      { workgroup: 'bare' },
      'QUERY_FAILED',
      /No output location/,
    ],
    [
      'expired credentials',
      'SELECT 1',
      { credentials: { ...FAKE_CREDENTIALS, sessionToken: EXPIRED_TOKEN } },
      'SOURCE_UNAVAILABLE',
      /expired/,
    ],
    [
      'unknown credentials',
      'SELECT 1',
      { credentials: { ...FAKE_CREDENTIALS, accessKeyId: 'AKIDUNKNOWN' } },
      'SOURCE_UNAVAILABLE',
      /security token/,
    ],
    [
      'a service that is not there',
      'SELECT 1',
      { endpoint: 'http://127.0.0.1:9' },
      'SOURCE_UNAVAILABLE',
      /ECONNREFUSED/,
    ],
  ])(
    'have one class, a code, and what Athena said as their cause: %s',
    async (_, text, options, code, cause) => {
      const connector = await connect(options);
      const error = await connector.query(statement(text)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'AskgraphError', code });
      expect(String((error as Error).cause)).toMatch(cause);
      expect((error as Error).message).not.toMatch(cause);
    },
  );

  it('are few: throttling and faults of the service are tried again', async () => {
    const connector = await connect();
    const before = fake.calls.length;
    fake.failNext('StartQueryExecution', THROTTLED, 2);
    fake.failNext('GetQueryExecution', BROKEN, 1);
    fake.failNext('GetQueryResults', THROTTLED, 1);
    const executions = fake.executions.length;
    expect((await connector.query(statement('SELECT 1'))).rows).toEqual([[1]]);
    expect(callsOf('StartQueryExecution', before)).toHaveLength(3);
    expect(callsOf('GetQueryResults', before)).toHaveLength(2);
    expect(fake.executions).toHaveLength(executions + 1);
  });
});

describe('the connector', () => {
  it('asks less and less often after a slow query', async () => {
    const connector = await connect();
    const before = fake.calls.length;
    const signal = AbortSignal.timeout(1_500);
    await expect(connector.query(statement(ENDLESS, { signal }))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    const polls = callsOf('GetQueryExecution', before).map(({ at }) => at);
    expect(polls.length).toBeGreaterThan(3);
    expect(polls.length).toBeLessThan(9);
    expect(polls.at(-1)! - polls.at(-2)!).toBeGreaterThan(polls[2]! - polls[1]!);
  });

  it('runs several queries at once, and no more than it may', async () => {
    const connector = await connect({ concurrency: 3 });
    const signal = AbortSignal.timeout(1_000);
    const before = fake.executions.length;
    const queries = Array.from({ length: 5 }, () => connector.query(statement(ENDLESS, { signal })));
    const results = await Promise.allSettled(queries);
    expect(results.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(fake.executions.slice(before).map(({ state }) => state)).toEqual(Array(3).fill('CANCELLED'));
    const counts = await Promise.all([1, 2, 3, 4, 5].map((n) => connector.query(statement(`SELECT ${n}`))));
    expect(counts.map(({ rows }) => rows[0]?.[0])).toEqual([1, 2, 3, 4, 5]);
  });

  it('is healthy where its workgroup answers and is open', async () => {
    await expect((await connect()).checkHealth()).resolves.toBeUndefined();
    for (const options of [
      { workgroup: 'closed' },
      { workgroup: 'nowhere' },
      { endpoint: 'http://127.0.0.1:9' },
    ]) {
      await expect((await connect(options)).checkHealth()).rejects.toMatchObject({
        code: 'SOURCE_UNAVAILABLE',
      });
    }
  });
});

describe('settings', () => {
  it('come from variables of one prefix', () => {
    expect(
      athenaFromEnvironment(
        {
          L_WORKGROUP: 'analysts',
          L_OUTPUT: 's3://results/',
          L_DATABASE: 'law',
          L_REGION: 'eu-west-1',
          L_REUSE_MINUTES: '60',
          L_SCAN_LIMIT_BYTES: '10000000000',
          L_CONCURRENCY: '',
          WORKGROUP: 'other',
        },
        'L',
      ),
    ).toEqual({
      workgroup: 'analysts',
      output: 's3://results/',
      database: 'law',
      region: 'eu-west-1',
      reuseMinutes: 60,
      scanLimitBytes: 10_000_000_000,
    });
  });

  it.each([
    [{}, 'L_WORKGROUP is not set.'],
    [
      { L_WORKGROUP: 'a', L_OUTPUT: '/tmp' },
      'L_OUTPUT is a place in S3, such as s3://bucket/folder/, not "/tmp".',
    ],
    [
      { L_WORKGROUP: 'a', L_SCAN_LIMIT_BYTES: '1 GB' },
      'L_SCAN_LIMIT_BYTES is a whole number above 0, not "1 GB".',
    ],
    [{ L_WORKGROUP: 'a', L_REUSE_MINUTES: '99999' }, 'L_REUSE_MINUTES is at most 10080.'],
  ])('are refused where they are wrong: %o', (variables, message) => {
    expect(() => athenaFromEnvironment(variables, 'L')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message }),
    );
  });
});
