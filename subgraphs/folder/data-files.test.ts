import { chmod, mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDuckdb, makeSqlite, makeTestFolder, type TestFolder, told } from './folder.test-helper.js';

let folder: TestFolder;
const put: TestFolder['put'] = (...given) => folder.put(...given);
const list: TestFolder['list'] = (...given) => folder.list(...given);
const only: TestFolder['only'] = (...given) => folder.only(...given);
const rows: TestFolder['rows'] = (...given) => folder.rows(...given);
const problems: TestFolder['problems'] = (...given) => folder.problems(...given);
const parquet: TestFolder['parquet'] = (...given) => folder.parquet(...given);

beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

describe('the other kinds of files', () => {
  it('are Parquet, with its types', async () => {
    await mkdir(join(folder.root, 'shop'));
    await parquet(
      join(folder.root, 'shop', 't.parquet'),
      `SELECT 1::INTEGER AS i, 2::UBIGINT AS u, 1.50::DECIMAL(10,2) AS d, DATE '2024-01-02' AS day,
        TIMESTAMP '2024-01-02 03:04:05' AS at, TIME '10:00:00' AS t, {'a': 1} AS s, [1, 2] AS l, 'x'::BLOB AS b, uuid() AS id`,
    );
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual([
      't(): i INTEGER, u DECIMAL, d DECIMAL, day DATE, at DATETIME, t STRING, s JSON, l JSON, b STRING, id STRING',
    ]);
    expect(await rows(loaded, 'SELECT i, u, d, "day", "at", t, s, l, b FROM t')).toEqual([
      [1, '2', '1.50', '2024-01-02', '2024-01-02T03:04:05', '10:00:00', { a: 1 }, [1, 2], 'eA=='],
    ]);
  });

  it.each([
    [
      'one object after another',
      'jsonl',
      '{"id":1,"code":"007","day":"2024-01-02"}\n{"id":2,"more":{"x":[1]}}\n',
    ],
    ['an array', 'json', '[{"id":1,"code":"007","day":"2024-01-02"},{"id":2,"more":{"x":[1]}}]'],
    ['one a line', 'ndjson', '{"id":1,"code":"007","day":"2024-01-02"}\n{"id":2,"more":{"x":[1]}}'],
  ])('are JSON, %s', async (_, extension, text) => {
    await put(`shop/t.${extension}`, text);
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual(['t(): id BIGINT, code STRING, day DATE, more JSON']);
    expect(await rows(loaded, 'SELECT * FROM t')).toEqual([
      ['1', '007', '2024-01-02', null],
      ['2', null, null, { x: ['1'] }],
    ]);
  });

  it('are DuckDB databases, with their keys, references, comments, views and schemas', async () => {
    await makeDuckdb(
      join(folder.root, 'shop', 'shop.duckdb'),
      'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR)',
      'CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers (id))',
      `INSERT INTO customers VALUES (1, 'Ann')`,
      'INSERT INTO orders VALUES (5, 1)',
      'CREATE VIEW names AS SELECT name FROM customers',
      'CREATE SCHEMA archive',
      'CREATE TABLE archive.orders AS SELECT 9 AS id',
      `COMMENT ON TABLE customers IS 'Who buys.'`,
    );
    const loaded = await only();
    expect(told(loaded.catalog).sort()).toEqual([
      'archive_orders(): id INTEGER',
      'customers(id): id INTEGER, name STRING',
      'names(): name STRING',
      'orders(id): id INTEGER, customer INTEGER -> customers.id',
    ]);
    expect(loaded.catalog?.tables.find(({ name }) => name === 'customers')?.comment).toBe('Who buys.');
    expect(await rows(loaded, 'SELECT * FROM names')).toEqual([['Ann']]);
  });

  it('a view in a database reaches no file beside it', async () => {
    const secret = join(folder.home, 'secret.csv');
    await writeFile(secret, 'password\nhunter2\n');
    await makeDuckdb(
      join(folder.root, 'shop', 'shop.duckdb'),
      'CREATE TABLE t AS SELECT 1 AS id',
      `CREATE VIEW v AS SELECT * FROM read_csv('${secret}')`,
    );
    expect(told((await only()).catalog)).toEqual(['t(): id INTEGER']);
    expect(problems()).toEqual([expect.stringContaining('v: it cannot be imported')]);
  });

  it('are SQLite databases, with keys and references, by declared types that the values fit', async () => {
    await makeSqlite(
      join(folder.root, 'shop', 'shop.db'),
      'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(20), born DATE, vip BOOLEAN, zip TEXT)',
      `CREATE TABLE orders (no INT, line INT, customer INTEGER REFERENCES customers, at DATETIME, total DECIMAL(10,2),
         weight REAL, note, photo BLOB, big INTEGER, loose INTEGER, PRIMARY KEY (no, line)) WITHOUT ROWID`,
      `INSERT INTO customers VALUES (1, 'Ann', '1990-02-03', 1, '01234'), (2, 'Bob', NULL, 0, 7)`,
      `INSERT INTO orders VALUES (1, 1, 1, '2024-01-02 03:04:05', 9.5, 1, 'x', x'78', 9007199254740993, 1),
         (1, 2, 2, NULL, 10, 2.5, 3, NULL, 1, 'many')`,
      'CREATE VIEW names AS SELECT name FROM customers',
    );
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual([
      'customers(id): id INTEGER, name STRING, born DATE, vip BOOLEAN, zip STRING',
      'names(): name STRING',
      'orders(no,line): no INTEGER, line INTEGER, customer INTEGER -> customers.id, at DATETIME, total DECIMAL, weight FLOAT, note STRING, photo STRING, big BIGINT, loose STRING',
    ]);
    expect(await rows(loaded, 'SELECT * FROM customers')).toEqual([
      [1, 'Ann', '1990-02-03', true, '01234'],
      [2, 'Bob', null, false, '7'],
    ]);
    expect(await rows(loaded, 'SELECT * FROM orders')).toEqual([
      [1, 1, 1, '2024-01-02T03:04:05', '9.50', 1, 'x', 'eA==', '9007199254740993', '1'],
      [1, 2, 2, null, '10.00', 2.5, '3', null, '1', 'many'],
    ]);
    expect(await readdir(join(folder.root, 'shop'))).toEqual(['shop.db']);
  });

  it('reads a long SQLite table whole, by pages', async () => {
    await makeSqlite(
      join(folder.root, 'shop', 'shop.sqlite'),
      'CREATE TABLE t (n INTEGER, rowid TEXT)',
      `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 12001) INSERT INTO t SELECT n, 'r' || n FROM c`,
      'DELETE FROM t WHERE n % 7 = 0',
      'CREATE VIEW v AS SELECT n FROM t',
    );
    const loaded = await only();
    const expected = Array.from({ length: 12_001 }, (_, index) => index + 1).filter((n) => n % 7 !== 0);
    const sum = expected.reduce((total, n) => total + n, 0);
    for (const table of ['t', 'v'])
      expect(await rows(loaded, `SELECT count(*), count(DISTINCT n), sum(n)::BIGINT FROM ${table}`)).toEqual([
        [String(expected.length), String(expected.length), String(sum)],
      ]);
  });
});

describe('what is broken costs itself', () => {
  it.each<[string, (file: string) => Promise<unknown>, string]>([
    [
      'a Parquet file that is none',
      (file) => put(`shop/${file}.parquet`, 'nothing of Parquet'),
      'it cannot be imported',
    ],
    [
      'a Parquet file that is cut short',
      async (file) => {
        const path = join(folder.root, 'shop', `${file}.parquet`);
        await parquet(path, 'SELECT range AS n FROM range(10000)');
        await truncate(path, 5_000);
      },
      'it cannot be imported',
    ],
    ['a file of no bytes', (file) => put(`shop/${file}.csv`, ''), 'the file is empty'],
    [
      'a text file whose rows have more values than its header',
      (file) => put(`shop/${file}.csv`, 'a,b\n1,2\n3,4\n5,6,7,8\n9,10\n'),
      'its rows have not the same number of values',
    ],
    [
      'a text file with a quote that never ends',
      (file) => put(`shop/${file}.csv`, 'id,name\n1,"x\n2,y\n3,z\n'),
      'unterminated quote',
    ],
    ['JSON that ends early', (file) => put(`shop/${file}.json`, '[{"a":1},{"a":'), 'it cannot be imported'],
    [
      'a database of neither kind',
      (file) => put(`shop/${file}.db`, 'what is this'),
      'neither a DuckDB nor a SQLite',
    ],
    [
      'a damaged SQLite file',
      async (file) => {
        const path = join(folder.root, 'shop', `${file}.sqlite`);
        await makeSqlite(path, 'CREATE TABLE t (a)', `INSERT INTO t VALUES (zeroblob(50000))`);
        await truncate(path, 9_000);
      },
      'it cannot be imported',
    ],
  ])('%s', async (_, make, problem) => {
    await put('shop/good.csv', 'id\n1\n');
    await make('bad');
    const loaded = await only();
    expect(loaded.catalog?.tables.map(({ name }) => name)).toContain('good');
    expect(await rows(loaded, 'SELECT * FROM good')).toEqual([['1']]);
    expect(told(loaded.catalog)).toHaveLength(1);
    expect(problems()).toEqual([expect.stringContaining(problem)]);
    expect(problems()[0]).toMatch(/^shop: bad\./);
    expect(problems()[0]).not.toContain(folder.home);
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    await put('shop/good.csv', 'id\n1\n');
    await chmod(await put('shop/bad.csv', 'id\n1\n'), 0);
    expect(told((await only()).catalog)).toEqual(['good(): id BIGINT']);
    expect(problems()).toEqual([expect.stringContaining('EACCES')]);
  });

  it('two files that would be one table are neither of them served', async () => {
    await put('shop/orders.csv', 'id\n1\n');
    await put('shop/Orders.jsonl', '{"id":2}\n');
    await put('shop/good.csv', 'id\n1\n');
    expect(told((await only()).catalog)).toEqual(['good(): id BIGINT']);
    expect(problems()).toEqual([
      expect.stringContaining('Orders.jsonl and orders.csv would both be the table'),
    ]);
  });

  it('a table whose types would be those of another', async () => {
    await put('shop/claims.csv', 'id\n1\n');
    await put('shop/claims_where.csv', 'id\n1\n');
    expect(told((await only()).catalog)).toEqual(['claims(): id BIGINT']);
    expect(problems()).toEqual([expect.stringContaining('claims_where: it is not served')]);
  });

  it('a domain of which nothing is left', async () => {
    await put('bad/x.parquet', 'no');
    await put('good/t.csv', 'id\n1\n');
    expect((await list()).map(({ definition }) => definition.name)).toEqual(['good']);
    expect(problems()).toEqual([expect.stringContaining('bad is left out')]);
  });
});

describe('a wide table', () => {
  const WIDE = Array.from({ length: 1_000 }, (_, index) => index);

  it('of 1,000 columns is imported from every kind of file, each column in its type', async () => {
    const value = (index: number) => (index % 2 === 0 ? String(index) : `text ${index}`);
    const names = WIDE.map((index) => `c${index}`);
    await put('shop/csv.csv', `${names.join(',')}\n${WIDE.map(value).join(',')}\n`);
    await put(
      'shop/json.jsonl',
      JSON.stringify(Object.fromEntries(WIDE.map((index) => [`c${index}`, value(index)]))),
    );
    const columns = WIDE.map((index) => `c${index} ${index % 2 === 0 ? 'INTEGER' : 'TEXT'}`).join(', ');
    const values = WIDE.map((index) => (index % 2 === 0 ? index : `'text ${index}'`)).join(', ');
    const statements = [`CREATE TABLE sqlite (${columns})`, `INSERT INTO sqlite VALUES (${values})`];
    await makeSqlite(join(folder.root, 'shop', 'a.sqlite'), ...statements);
    const duckdb = statements.map((text) => text.replace('sqlite', 'duckdb'));
    await makeDuckdb(
      join(folder.root, 'shop', 'b.duckdb'),
      ...duckdb,
      'CREATE VIEW wide_view AS SELECT * FROM duckdb',
    );
    const loaded = await only();
    expect(problems()).toEqual([]);
    expect(loaded.catalog?.tables.map(({ name }) => name)).toEqual([
      'sqlite',
      'duckdb',
      'wide_view',
      'csv',
      'json',
    ]);
    for (const table of loaded.catalog!.tables) {
      const { length } = table.columns;
      const first = table.name === 'csv' ? 'BIGINT' : table.name === 'json' ? 'STRING' : 'INTEGER';
      expect([table.name, length, table.columns[998]?.columnType], table.name).toEqual([
        table.name,
        1_000,
        first,
      ]);
      const [row] = await rows(loaded, `SELECT c998, c999 FROM ${table.name}`);
      expect(row?.map(String), table.name).toEqual(['998', 'text 999']);
    }
  });
});
