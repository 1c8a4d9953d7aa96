import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import { redshiftDialect } from '../../subgraphs/sql/dialects/redshift.js';
import { accepted } from '../../subgraphs/sql/guard/corpus/accepted.js';
import { refused } from '../../subgraphs/sql/guard/corpus/refused.js';
import { shop } from '../../subgraphs/sql/guard/corpus/shop.js';
import { guard } from '../../subgraphs/sql/guard.js';
import { printSql } from '../../subgraphs/sql/print-sql.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { CONSTRUCTS } from '../differential/constructs.js';
import { shopCatalog } from '../fixtures/shop.js';
import { HARMLESS, OWN_ACCEPTED, OWN_REFUSED, WITHHELD } from './corpus.js';
import { shopStatements } from './shop-on-servers.js';

const limits = { rowLimit: 1000, signal: new AbortController().signal };
const DIALECTS = { postgres: postgresDialect, redshift: redshiftDialect, mysql: mysqlDialect } as const;
const SERVERS = [
  { name: 'PostgreSQL', engine: 'postgres', newDatabase: await postgresServer() },
  { name: 'MariaDB', engine: 'mysql', newDatabase: await mysqlServer() },
] as const;

async function guarded(sql: string, dialect: Dialect): Promise<string> {
  return (await guard(sql, { catalog: shop, dialect, limits })).text;
}

function outcome(sql: string, dialect: Dialect): Promise<unknown> {
  return guarded(sql, dialect).catch((error: unknown) => error);
}

/** Rows as sets of texts: a merged column may stand elsewhere, and be of the other side's type. */
function comparableRows(rows: readonly (readonly unknown[])[]): string[] {
  return rows
    .map((row) => JSON.stringify(row.map((cell) => JSON.stringify(cell)?.replaceAll('"', '')).sort()))
    .sort();
}

describe.each(SERVERS)('the guard for $name', ({ engine, newDatabase }) => {
  const dialect = DIALECTS[engine];
  let database: TestDatabase | undefined;

  beforeAll(async () => {
    database = await newDatabase?.();
    await database?.run(await shopStatements(engine));
    if (engine === 'mysql') {
      const mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
      await database?.run([`SET SESSION sql_mode = '${mode}'`]);
    }
  });
  afterAll(() => database?.close());

  const rowsOf = async (sql: string) => comparableRows(await database!.rows(sql));

  it.skipIf(newDatabase === undefined).each(OWN_ACCEPTED[engine])(
    'passes, with the same rows: %s',
    async (sql) => {
      const plain = await rowsOf(sql);
      expect(plain.length).toBeGreaterThan(0);
      expect(await rowsOf(await guarded(sql, dialect))).toEqual(plain);
    },
  );

  let compared = 0;
  it.skipIf(newDatabase === undefined).each(Object.entries(accepted))(
    'passes what the engine runs of the corpus for all, with the same rows: %s',
    async (_, statements) => {
      for (const sql of statements) {
        const plain = await rowsOf(sql.replace('FROM shop.', 'FROM ')).catch(() => undefined);
        if (plain === undefined) continue;
        if (WITHHELD[engine]?.[sql] !== undefined) {
          expect(await outcome(sql, dialect), sql).toBeInstanceOf(Error);
          continue;
        }
        expect(await rowsOf(await guarded(sql, dialect)), sql).toEqual(plain);
        compared += 1;
      }
    },
  );

  it.skipIf(newDatabase === undefined)('passes at least two hundred of its own words and of all’s', () =>
    expect(compared + OWN_ACCEPTED[engine].length).toBeGreaterThanOrEqual(200),
  );

  it.skipIf(newDatabase === undefined)('reads operators without brackets as the engine does', async () => {
    const next = random(20130501);
    for (let round = 0; round < 120; round++) {
      const sql = `SELECT id, ${makeCondition(next, engine)} AS fulfilled FROM orders WHERE id < 20 ORDER BY id`;
      expect(await rowsOf(await guarded(sql, dialect)), sql).toEqual(await rowsOf(sql));
    }
  });
});

describe.each(Object.entries(DIALECTS))('the guard for %s', (name, dialect) => {
  const engine = name as keyof typeof DIALECTS;

  it.each(OWN_REFUSED[engine])('refuses %s', async (sql) => {
    expect(await outcome(sql, dialect)).toMatchObject({
      code: expect.stringMatching(/^(STATEMENT_REFUSED|UNKNOWN_NAME)$/),
    });
  });

  it('refuses what is refused everywhere', async () => {
    const statements = Object.values(refused).flat();
    const passed: string[] = [];
    for (const sql of statements) {
      const found = await outcome(sql, dialect);
      if (typeof found === 'string') passed.push(sql);
    }
    expect(passed).toEqual(HARMLESS[engine] ?? []);
    expect(statements.length).toBeGreaterThan(200);
  });

  it.each(Object.entries(CONSTRUCTS))('passes what compile would write: %s', async (_, query) => {
    const sql = printSql(query, shopCatalog, dialect);
    const statement = await guard(sql, { catalog: shopCatalog, dialect, limits });
    expect(statement.text.length).toBeGreaterThan(20);
  });
});

describe('the guard for redshift', () => {
  it.each([
    'SELECT * EXCLUDE (score) FROM customers',
    'SELECT DATEADD(month, 1, placed_at), DATEDIFF(day, placed_at, GETDATE()) FROM orders',
    "SELECT NVL(city, '?'), DECODE(city, 'Oslo', 1, 0) FROM customers",
    "SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) FROM customers",
    'SELECT MEDIAN(amount), RATIO_TO_REPORT(SUM(amount)) OVER () FROM orders',
    "SELECT DATE_TRUNC('month', placed_at) AS month, SUM(amount) FROM orders GROUP BY 1 ORDER BY 1 DESC NULLS LAST",
    'SELECT id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY status ORDER BY amount) = 1',
    "SELECT name FROM customers WHERE name LIKE '_n%' AND name ILIKE 'a%'",
    'SELECT DATE_PART(year, born), EXTRACT(dow FROM born), LEN(name) FROM customers',
  ])('passes %s', async (sql) => {
    expect(await outcome(sql, redshiftDialect)).toMatch(/^SELECT .* LIMIT 1001$/s);
  });

  it('writes no quote that a backslash could escape', async () => {
    expect(await guarded("SELECT name FROM customers WHERE name = 'D''Arcy'", redshiftDialect)).toBe(
      `SELECT "customers"."name" FROM "customers" WHERE "customers"."name" = ('D' || CHR(39) || 'Arcy') LIMIT 1001`,
    );
  });

  it('writes a star’s columns out, and so never the EXCEPT that Redshift does not know', async () => {
    expect(await guarded('SELECT * EXCLUDE (score, born) FROM customers', redshiftDialect)).toBe(
      'SELECT "customers"."id", "customers"."name", "customers"."city", "customers"."active" FROM "customers" LIMIT 1001',
    );
  });
});

function random(start: number): <Item>(items: readonly Item[]) => Item {
  let seed = start;
  return (items) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return items[Math.floor((seed / 2 ** 32) * items.length)]!;
  };
}

function makeCondition(pick: <Item>(items: readonly Item[]) => Item, engine: 'postgres' | 'mysql'): string {
  const operands = ['quantity', '2', '7', '1.5', 'id', '-quantity', 'CAST(amount AS DECIMAL(10, 2))'];
  const operators = ['+', '-', '*', '/', '%'];
  const comparisons = ['=', '<>', '<', '>=', ...(engine === 'postgres' ? ['IS DISTINCT FROM'] : ['<=>'])];
  const sum = (length: number): string =>
    length === 0 ? pick(operands) : `${sum(length - 1)} ${pick(operators)} ${pick(operands)}`;
  const test = () =>
    pick([
      () => `${sum(2)} ${pick(comparisons)} ${sum(2)}`,
      () => `${sum(1)} BETWEEN ${sum(1)} AND ${sum(1)}`,
      () => `${sum(1)} IS NOT NULL`,
      () => `${sum(1)} IN (${sum(1)}, ${sum(1)})`,
    ])();
  const join = () => pick(['AND', 'OR', 'AND NOT', 'OR NOT', ...(engine === 'mysql' ? ['||'] : [])]);
  return `${pick(['', 'NOT '])}${test()} ${join()} ${test()} ${join()} ${test()}`;
}
