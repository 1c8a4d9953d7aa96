import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';
import { type CombineOptions, type CombineTable, combineInSandbox as combine } from './sandbox.js';

const limits = { rowLimit: 100, signal: new AbortController().signal };

const combineInSandbox = (options: Omit<CombineOptions, 'run'>) =>
  combine({ ...options, run: (statement, sandbox) => sandbox.query(statement) });

function table(
  name: string,
  columns: Record<string, ColumnType>,
  rows: readonly (readonly Cell[])[],
): CombineTable {
  return { name, columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })), rows };
}

const commission = table('commission', { month: 'DATE', total: 'DECIMAL' }, [
  ['2008-01-01', '1000.25'],
  ['2008-02-01', '16614814.65'],
  ['2008-03-01', null],
]);
const hires = table('hires', { month: 'DATE', people: 'BIGINT' }, [
  ['2008-01-01', '4'],
  ['2008-02-01', '9007199254740993'],
]);

describe('combining', () => {
  it('joins the results of two steps exactly', async () => {
    const result = await combineInSandbox({
      sql: `SELECT c.month, c.total + 0.01 AS total, h.people FROM commission c LEFT JOIN hires h USING (month)
        ORDER BY c.month`,
      tables: [commission, hires],
      limits,
    });
    expect(result).toEqual({
      columns: [
        { name: 'month', type: 'DATE' },
        { name: 'total', type: 'DECIMAL' },
        { name: 'people', type: 'BIGINT' },
      ],
      rows: [
        ['2008-01-01', '1000.26', '4'],
        ['2008-02-01', '16614814.66', '9007199254740993'],
        ['2008-03-01', null, null],
      ],
      truncated: false,
    });
  });

  it('gives back every type of cell as it came', async () => {
    const types: Record<string, ColumnType> = {
      s: 'STRING',
      i: 'INTEGER',
      b: 'BIGINT',
      d: 'DECIMAL',
      f: 'FLOAT',
      t: 'BOOLEAN',
      day: 'DATE',
      at: 'DATETIME',
      j: 'JSON',
    };
    const rows: Cell[][] = [
      [
        "it's",
        -2147483647,
        '-9223372036854775807',
        '-0.001',
        1.1,
        true,
        '2013-05-01',
        '2013-05-01T10:00:00.5',
        { a: [1] },
      ],
      [
        '',
        2147483647,
        '9223372036854775807',
        '12345678901234567890.5',
        -0.25,
        false,
        '1969-12-31',
        '2013-05-01T00:00:00',
        'x',
      ],
      [null, null, null, null, null, null, null, null, null],
    ];
    const result = await combineInSandbox({
      sql: 'SELECT * FROM step ORDER BY s NULLS LAST',
      tables: [table('step', types, rows)],
      limits,
    });
    expect(result.columns.map((column) => column.type)).toEqual(Object.values(types));
    const expected = [rows[1], rows[0], rows[2]].map((row) =>
      row?.with(3, row[3] === '-0.001' ? '-0.001' : row[3] ? '12345678901234567890.500' : null),
    );
    expect(result.rows).toEqual(expected);
  });

  it('takes whole numbers too large for 64 bits', async () => {
    const big = table('big', { n: 'BIGINT' }, [['9223372036854775808'], ['-9223372036854775809']]);
    const result = await combineInSandbox({ sql: 'SELECT sum(n) AS n FROM big', tables: [big], limits });
    expect(result.rows).toEqual([['-1']]);
  });

  it('takes results without rows', async () => {
    const empty = table('empty', { n: 'DECIMAL', name: 'STRING' }, []);
    const result = await combineInSandbox({
      sql: 'SELECT count(*) AS n, sum(n) AS total FROM empty',
      tables: [empty],
      limits,
    });
    expect(result.rows).toEqual([['0', null]]);
  });

  it('takes names that need quotes', async () => {
    const odd = table('Step 1', { order: 'INTEGER', 'Unit Price': 'DECIMAL' }, [[1, '2.50']]);
    const result = await combineInSandbox({
      sql: 'SELECT "Unit Price" * "order" AS value FROM "step 1"',
      tables: [odd],
      limits,
    });
    expect(result.rows).toEqual([['2.50']]);
  });

  it('gives at most as many rows as the limit, and says that there were more', async () => {
    const many = table(
      'many',
      { n: 'INTEGER' },
      Array.from({ length: 250 }, (_, n) => [n]),
    );
    const result = await combineInSandbox({ sql: 'SELECT n FROM many ORDER BY n', tables: [many], limits });
    expect(result.rows).toHaveLength(100);
    expect(result.truncated).toBe(true);
    const all = await combineInSandbox({ sql: 'SELECT n FROM many LIMIT 100', tables: [many], limits });
    expect(all.truncated).toBe(false);
  });
});

describe('the sandbox', () => {
  const tables = [commission];
  const outcome = (sql: string, signal = limits.signal) =>
    combineInSandbox({ sql, tables, limits: { rowLimit: 100, signal } }).catch((error: unknown) => error);

  it.each([
    ['DROP TABLE commission', 'STATEMENT_REFUSED'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'STATEMENT_REFUSED'],
    ["SELECT * FROM '/etc/passwd'", 'UNKNOWN_NAME'],
    ['SELECT * FROM duckdb_settings()', 'STATEMENT_REFUSED'],
    ['SELECT totl FROM commission', 'UNKNOWN_NAME'],
    ['SELECT people FROM hires', 'UNKNOWN_NAME'],
    ["SELECT CAST('x' AS INTEGER) FROM commission", 'QUERY_FAILED'],
  ])('answers %s with %s', async (sql, code) => {
    expect(await outcome(sql)).toMatchObject({ code });
  });

  it('refuses results that have one name twice', async () => {
    const twice = table('twice', { n: 'INTEGER' }, []);
    const same = { ...twice, columns: [...twice.columns, { name: 'N', type: 'INTEGER' as const }] };
    await expect(combineInSandbox({ sql: 'SELECT 1', tables: [same], limits })).rejects.toMatchObject({
      code: 'QUERY_FAILED',
    });
    await expect(combineInSandbox({ sql: 'SELECT 1', tables: [twice, twice], limits })).rejects.toThrow(
      /"twice"/,
    );
  });

  it('says which result holds a cell that is not of its type', async () => {
    const wrong = table('wrong', { day: 'DATE' }, [['yesterday']]);
    await expect(combineInSandbox({ sql: 'SELECT day FROM wrong', tables: [wrong], limits })).rejects.toThrow(
      /"wrong"/,
    );
  });

  it('stops at the deadline', async () => {
    const many = table(
      'many',
      { n: 'INTEGER' },
      Array.from({ length: 5000 }, (_, n) => [n]),
    );
    const started = performance.now();
    const late = await combineInSandbox({
      sql: 'SELECT count(*) FROM many a, many b, many c, many d WHERE a.n + b.n * c.n = d.n',
      tables: [many],
      limits: { rowLimit: 1, signal: AbortSignal.timeout(200) },
    }).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('does not begin for a caller who has gone', async () => {
    expect(await outcome('SELECT total FROM commission', AbortSignal.abort())).toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('runs out of its own memory, not of the process’s', async () => {
    const many = table(
      'many',
      { n: 'STRING' },
      Array.from({ length: 2000 }, (_, n) => [`${n}`.repeat(50)]),
    );
    const sql = 'SELECT count(*) AS n FROM (SELECT DISTINCT a.n || b.n AS n FROM many a, many b) pairs';
    const failed = await combineInSandbox({ sql, tables: [many], limits }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AskgraphError);
    expect(failed).toMatchObject({ code: 'QUERY_FAILED' });
  });
});
