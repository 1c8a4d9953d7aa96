import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { duckdbDialect } from './dialects/duckdb.js';
import { accepted } from './guard/corpus/accepted.js';
import { refused } from './guard/corpus/refused.js';
import { SHOP_SQL, shop } from './guard/corpus/shop.js';
import { engine } from './guard/engines/duckdb.js';
import { guard, inspect } from './guard.js';

const limits = { rowLimit: 1000, signal: new AbortController().signal };
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(SHOP_SQL);
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

function guardShop(sql: string, rowLimit = limits.rowLimit) {
  return guard(sql, { catalog: shop, dialect: duckdbDialect, limits: { ...limits, rowLimit } });
}

async function textOf(sql: string, rowLimit?: number): Promise<string> {
  return (await guardShop(sql, rowLimit)).text;
}

async function refusalOf(sql: string): Promise<AskgraphError> {
  const outcome: unknown = await guardShop(sql).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(AskgraphError);
  return outcome as AskgraphError;
}

async function rowsOf(sql: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowsJson().map((row) => JSON.stringify(row));
  return /order by[^)]*$/i.test(sql) ? rows : rows.sort();
}

describe.each(Object.entries(accepted))('the guard passes %s', (_, statements) => {
  it.each(statements)('%s', async (sql) => {
    const plain = await rowsOf(sql.replace('FROM shop.', 'FROM '));
    expect(plain.length).toBeGreaterThan(0);
    expect(await rowsOf(await textOf(sql))).toEqual(plain);
  });
});

describe.each(Object.entries(refused))('the guard refuses by the rule "%s"', (rule, statements) => {
  it.each(statements)('%s', async (sql) => {
    const refusal = await refusalOf(sql);
    if (rule === 'unknown') expect(refusal.code).toBe('UNKNOWN_NAME');
    else expect(refusal).toMatchObject({ code: 'STATEMENT_REFUSED', details: { rule } });
  });
});

it('every function that may be called is called by a statement of the corpus', () => {
  const statements = Object.values(accepted).flat().join('\n').toLowerCase();
  const uncalled = [...engine.functions].filter(
    (name) => !new RegExp(`\\b${name}(\\s*\\(|\\b(?=[,\\s]|$))`).test(statements),
  );
  expect(uncalled).toEqual([]);
});

describe('the regenerated text', () => {
  it('names every column with its table, in the spelling of the catalog', async () => {
    expect(await textOf('select NAME, c.CITY from Customers c')).toBe(
      'SELECT "c"."name", "c"."city" FROM "customers" AS "c" LIMIT 1001',
    );
  });

  it('holds no comment', async () => {
    const text = await textOf('SELECT /* \' */ name -- " \nFROM customers /* ; DROP TABLE customers */');
    expect(text).toBe('SELECT "customers"."name" FROM "customers" LIMIT 1001');
  });

  it('holds the columns of the catalog for a star, and no other column of the table', async () => {
    expect(await textOf('SELECT * FROM customers')).toBe(
      'SELECT "customers"."id", "customers"."name", "customers"."city", "customers"."born", ' +
        '"customers"."active", "customers"."score" FROM "customers" LIMIT 1001',
    );
  });

  it('holds an expression, not its name, where the engine would look for a column first', async () => {
    // "secret" is a column of the table, but not of the catalog.
    expect(await textOf("SELECT 'x' AS secret FROM customers WHERE secret = 'hidden 1'")).toBe(
      `SELECT 'x' AS "secret" FROM "customers" WHERE ('x') = 'hidden 1' LIMIT 1001`,
    );
    const inner = await textOf(
      "SELECT (SELECT count(*) FROM orders WHERE secret = 'x') FROM (SELECT name AS secret FROM customers) c",
    );
    expect(inner).toContain(`"c"."secret" = 'x'`);
  });

  it('is bound to nothing, and leaves the columns to the engine', async () => {
    expect(await guardShop('SELECT 1')).toMatchObject({ parameters: [], columns: undefined, rowLimit: 1000 });
  });
});

describe('the number of rows', () => {
  it('is at most one more than the limit, so that a connector knows that there were more', async () => {
    expect(await textOf('SELECT id FROM orders', 10)).toMatch(/ LIMIT 11$/);
    expect(await textOf('SELECT id FROM orders LIMIT 500', 10)).toMatch(/ LIMIT 11$/);
    expect(await textOf('SELECT id FROM orders LIMIT 999999999999999', 10)).toMatch(/ LIMIT 11$/);
    expect(await textOf('SELECT id FROM orders LIMIT 500 OFFSET 7', 10)).toMatch(/ LIMIT 11 OFFSET 7$/);
    expect(await textOf('SELECT id FROM orders UNION ALL SELECT id FROM customers', 10)).toMatch(
      / LIMIT 11$/,
    );
    expect(await rowsOf(await textOf('(SELECT id FROM orders)', 10))).toHaveLength(11);
  });

  it('stays smaller where the statement says so', async () => {
    expect(await textOf('SELECT id FROM orders LIMIT 3', 10)).toMatch(/ LIMIT 3$/);
    expect(await textOf('SELECT id FROM orders LIMIT 0', 10)).toMatch(/ LIMIT 0$/);
    expect(await textOf('SELECT id FROM orders FETCH FIRST 1 ROW ONLY', 10)).toMatch(/ LIMIT 1$/);
  });

  it('inside the statement is the statement’s own', async () => {
    expect(await textOf('SELECT count(*) AS n FROM (SELECT id FROM orders LIMIT 50) o', 10)).toBe(
      'SELECT COUNT(*) AS "n" FROM (SELECT "orders"."id" FROM "orders" LIMIT 50) AS "o" LIMIT 11',
    );
  });
});

describe('a refusal', () => {
  it('says what is wrong and by which rule', async () => {
    const refusal = await refusalOf("SELECT getenv('HOME')");
    expect(refusal.message).toBe('The statement is refused: the function "getenv" is not allowed.');
    expect(refusal.details).toEqual({ rule: 'function', what: 'the function "getenv" is not allowed' });
  });

  it('of an unknown name suggests the nearest', async () => {
    expect((await refusalOf('SELECT nme FROM customers')).message).toContain('Did you mean "name"?');
    expect((await refusalOf('SELECT * FROM ordrs')).details.suggestions).toContain('orders');
  });

  it('never names what the catalog does not show', async () => {
    for (const sql of ['SELECT secrt FROM customers', 'SELECT * FROM salarie']) {
      const refusal = await refusalOf(sql);
      expect(JSON.stringify([refusal.message, refusal.details])).not.toMatch(/"(secret|salaries)\\?"/);
    }
  });

  it('keeps what the parser said for operators', async () => {
    expect((await refusalOf('SELECT name FROM customers WHERE')).cause).toMatch(/parse error/i);
  });

  it('meets a dialect that the guard does not know', async () => {
    const dialect = { ...duckdbDialect, name: 'nosuchengine' };
    await expect(guard('SELECT 1', { catalog: shop, dialect, limits })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});

describe('inspection', () => {
  it('says which tables and columns a statement reads', async () => {
    const sql = `WITH big AS (SELECT * FROM orders WHERE amount > 100)
      SELECT c.NAME, count(*) FROM big JOIN customers c ON c.id = big.customer_id
      WHERE EXISTS (SELECT 1 FROM prices) GROUP BY 1 ORDER BY max(c.score)`;
    expect(await inspect(sql, { catalog: shop, dialect: duckdbDialect })).toEqual({
      tables: [
        { name: 'customers', columns: ['id', 'name', 'score'] },
        { name: 'orders', columns: ['id', 'customer_id', 'placed_at', 'amount', 'quantity', 'status'] },
        { name: 'prices', columns: [] },
      ],
    });
  });

  it('counts the columns of USING on both sides', async () => {
    const { tables } = await inspect('SELECT name FROM customers JOIN orders USING (id)', {
      catalog: shop,
      dialect: duckdbDialect,
    });
    expect(tables).toEqual([
      { name: 'customers', columns: ['id', 'name'] },
      { name: 'orders', columns: ['id'] },
    ]);
  });

  it('refuses what the guard refuses', async () => {
    await expect(
      inspect('DROP TABLE customers', { catalog: shop, dialect: duckdbDialect }),
    ).rejects.toMatchObject({ details: { rule: 'root' } });
  });
});

describe('operators without brackets', () => {
  const operands = ['quantity', '2', '7', '1.5', 'id', '-quantity', 'CAST(amount AS DOUBLE)', '3::INTEGER'];
  const operators = ['+', '-', '*', '/', '%', '^', '**'];
  const comparisons = ['=', '<>', '<', '>=', 'IS DISTINCT FROM'];
  const joins = ['AND', 'OR', 'AND NOT', 'OR NOT'];

  function makeCondition(pick: <Item>(items: readonly Item[]) => Item): string {
    const sum = (length: number): string =>
      length === 0 ? pick(operands) : `${sum(length - 1)} ${pick(operators)} ${pick(operands)}`;
    const test = () =>
      pick([
        `${sum(3)} ${pick(comparisons)} ${sum(2)}`,
        `${sum(2)} BETWEEN ${sum(1)} AND ${sum(1)}`,
        `${sum(2)} IS NOT NULL`,
        `${sum(1)} IN (${sum(1)}, ${sum(1)})`,
      ]);
    return `${pick(['', 'NOT '])}${test()} ${pick(joins)} ${test()} ${pick(joins)} ${test()}`;
  }

  it('mean to the guard what they mean to the engine', async () => {
    let seed = 20130501;
    const next = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
    for (let round = 0; round < 150; round++) {
      const sql = `SELECT id, ${makeCondition(pick)} AS fulfilled FROM orders WHERE id < 20 ORDER BY id`;
      expect(await rowsOf(await textOf(sql)), sql).toEqual(await rowsOf(sql));
    }
  });
});
