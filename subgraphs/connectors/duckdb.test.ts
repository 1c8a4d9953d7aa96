import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStatement, type Parameter, type ResultColumn } from '../sql/statement.js';
import type { Connector } from './connector.js';
import { openDuckdb } from './duckdb.js';

const ENDLESS =
  'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 1';

let folder: string;
let database: Connector;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'askgraph-duckdb-'));
  const path = join(folder, 'data.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('CREATE TABLE numbers AS SELECT range AS n FROM range(5000)');
  connection.closeSync();
  instance.closeSync();
  database = await openDuckdb({ path });
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

function query(
  text: string,
  options: {
    parameters?: Parameter[];
    columns?: ResultColumn[];
    rowLimit?: number;
    signal?: AbortSignal;
  } = {},
) {
  const { parameters = [], columns, rowLimit = 100, signal = new AbortController().signal } = options;
  return database.query(makeStatement(text, parameters, columns, { rowLimit, signal }));
}

async function cell(expression: string) {
  const { columns, rows } = await query(`SELECT ${expression} AS value`);
  return [columns[0]?.type, rows[0]?.[0]];
}

describe('cells', () => {
  it.each([
    ['9007199254740993::BIGINT', 'BIGINT', '9007199254740993'],
    ['170141183460469231731687303715884105727::HUGEINT', 'BIGINT', '170141183460469231731687303715884105727'],
    ['0.10::DECIMAL(38,2)', 'DECIMAL', '0.10'],
    ['-12345678901234567890.123456789::DECIMAL(38,9)', 'DECIMAL', '-12345678901234567890.123456789'],
    ['7::INTEGER', 'INTEGER', 7],
    ['7::UTINYINT', 'INTEGER', 7],
    ['4.2::FLOAT', 'FLOAT', 4.2],
    ['16777217.5::DOUBLE', 'FLOAT', 16777217.5],
    ["'nan'::DOUBLE", 'FLOAT', null],
    ["'-infinity'::FLOAT", 'FLOAT', null],
    ['true', 'BOOLEAN', true],
    ["DATE '2008-01-31'", 'DATE', '2008-01-31'],
    ["'infinity'::DATE", 'DATE', null],
    ["TIMESTAMP '2008-01-31 23:59:59'", 'DATETIME', '2008-01-31T23:59:59'],
    ["TIMESTAMP '2008-01-31 23:59:59.000001'", 'DATETIME', '2008-01-31T23:59:59.000001'],
    ["TIMESTAMPTZ '2008-01-31 12:00:00+02'", 'DATETIME', '2008-01-31T10:00:00Z'],
    ["TIME '12:30:00'", 'STRING', '12:30:00'],
    ["'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID", 'STRING', '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'],
    ["'b'::ENUM('a', 'b')", 'STRING', 'b'],
    ["'\\x00\\xFF'::BLOB", 'STRING', 'AP8='],
    ['[1, NULL, 3]', 'JSON', [1, null, 3]],
    ['[9007199254740993]', 'JSON', ['9007199254740993']],
    ["{'day': DATE '2008-01-31', 'tags': ['a']}", 'JSON', { day: '2008-01-31', tags: ['a'] }],
    ["MAP {'a': 1.50, 'b': NULL}", 'JSON', { a: '1.50', b: null }],
    ['\'{"a": [1]}\'::JSON', 'JSON', { a: [1] }],
    ['NULL::DECIMAL(8,2)', 'DECIMAL', null],
  ])('%s leaves as %s', async (expression, type, value) => {
    expect(await cell(expression)).toEqual([type, value]);
  });

  it('take the type that the statement expects', async () => {
    const columns: ResultColumn[] = [
      { name: 'year', type: 'INTEGER' },
      { name: 'count', type: 'BIGINT' },
      { name: 'mean', type: 'FLOAT' },
    ];
    const { rows } = await query('SELECT 2008::BIGINT, 3::INTEGER, 1.5::DECIMAL(4,2)', { columns });
    expect(rows).toEqual([[2008, '3', 1.5]]);
  });
});

describe('a query', () => {
  it('binds its parameters', async () => {
    const text = 'SELECT $2 || $1, CAST($3 AS DATE), $4, CAST($5 AS INTEGER) + 1, $6 IS NULL';
    const { rows } = await query(text, { parameters: ["'; DROP", 'a', '2008-02-29', true, 41, null] });
    expect(rows).toEqual([["a'; DROP", '2008-02-29', true, 42, true]]);
  });

  it('reads no more rows than its limit, and says whether there were more', async () => {
    const cut = await query('SELECT n FROM numbers', { rowLimit: 4999 });
    expect([cut.rows.length, cut.truncated]).toEqual([4999, true]);
    const whole = await query('SELECT n FROM numbers', { rowLimit: 5000 });
    expect([whole.rows.length, whole.truncated]).toEqual([5000, false]);
  });

  it('runs beside others, and more at once than there are connections', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        query('SELECT count(*) FROM numbers WHERE n < $1', { parameters: [index] }),
      ),
    );
    expect(results.map(({ rows }) => rows[0]?.[0])).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index)),
    );
  });

  it('keeps what the engine said as its cause', async () => {
    const failure = query('SELECT missing FROM numbers');
    await expect(failure).rejects.toMatchObject({
      code: 'QUERY_FAILED',
      message: 'The database could not run the query.',
    });
    await expect(failure).rejects.toHaveProperty('cause.message', expect.stringContaining('missing'));
  });
});

describe('an aborted query', () => {
  it('ends at its deadline, and frees its connection', async () => {
    const started = performance.now();
    const endless = Array.from({ length: 6 }, () => query(ENDLESS, { signal: AbortSignal.timeout(100) }));
    const outcomes = await Promise.allSettled(endless);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(
      Array.from({ length: 6 }, () => 'DEADLINE_EXCEEDED'),
    );
    expect(performance.now() - started).toBeLessThan(3_000);
    expect((await query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('ends when the caller goes away', async () => {
    const controller = new AbortController();
    const failure = query(ENDLESS, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(failure).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('never starts where the signal has aborted already', async () => {
    await expect(query('SELECT 1', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('the file', () => {
  it.each([
    'CREATE TABLE made (n INTEGER)',
    'DELETE FROM numbers',
    "SELECT * FROM read_csv('/etc/passwd')",
    "COPY numbers TO '/tmp/askgraph-leak.csv'",
    "ATTACH '/tmp/other.duckdb' AS other",
    'SET enable_external_access = true',
    "SET memory_limit = '100GB'",
    'INSTALL httpfs',
    'SELECT 1; SELECT 2',
  ])('is protected from %s', async (text) => {
    await expect(query(text)).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  });

  it('must be there', async () => {
    await expect(openDuckdb({ path: join(folder, 'none.duckdb') })).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
  });

  it('must be a database', async () => {
    const path = join(folder, 'text.duckdb');
    await writeFile(path, 'not a database, but long enough to be read as one '.repeat(1000));
    await expect(openDuckdb({ path })).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  });

  it('answers a health check', async () => {
    await expect(database.checkHealth()).resolves.toBeUndefined();
  });
});
