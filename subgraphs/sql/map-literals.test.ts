import { describe, expect, it } from 'vitest';
import { athenaDialect } from './dialects/athena.js';
import type { Dialect } from './dialects/dialect.js';
import { duckdbDialect } from './dialects/duckdb.js';
import { mysqlDialect } from './dialects/mysql.js';
import { postgresDialect } from './dialects/postgres.js';
import { redshiftDialect } from './dialects/redshift.js';
import { snowflakeDialect } from './dialects/snowflake.js';
import { type Literal, mapLiterals } from './map-literals.js';

const DIALECTS = [
  duckdbDialect,
  postgresDialect,
  redshiftDialect,
  mysqlDialect,
  snowflakeDialect,
  athenaDialect,
];

async function literalsOf(sql: string, dialect: Dialect = duckdbDialect): Promise<Literal[]> {
  const found: Literal[] = [];
  await mapLiterals(sql, dialect, (literal) => void found.push(literal));
  return found;
}

describe('the literals of SQL', () => {
  it('are its texts, dates and numbers, and those that bound the rows are told apart', async () => {
    const sql = `SELECT 'a' AS x FROM t WHERE c = 'O''Hare' AND d >= DATE '2008-01-01' AND n = 5 AND m = -7 LIMIT 10`;
    expect(await literalsOf(sql)).toEqual([
      { kind: 'text', value: 'a', place: 'value' },
      { kind: 'text', value: "O'Hare", place: 'value' },
      { kind: 'text', value: '2008-01-01', place: 'value' },
      { kind: 'number', value: '5', place: 'value' },
      { kind: 'number', value: '10', place: 'limit' },
    ]);
    const top = await literalsOf('SELECT TOP 3 a FROM t WHERE n = 3', redshiftDialect);
    expect(top.map(({ place }) => place).sort()).toEqual(['limit', 'value']);
  });

  it.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))(
    'are changed in %s',
    async (_, dialect) => {
      const sql = "SELECT a FROM t WHERE city = 'Chicago' AND bought >= '2008-01-01' AND n = 2008 LIMIT 3";
      const changes: Readonly<Record<string, string>> = {
        Chicago: 'New York "City"; --',
        '2008-01-01': '2007-01-01',
        '2008': '2007',
        '3': '4',
      };
      const changed = await mapLiterals(sql, dialect, ({ value }) => changes[value]);
      expect((await literalsOf(changed, dialect)).map(({ value }) => value)).toEqual([
        'New York "City"; --',
        '2007-01-01',
        '2007',
        '4',
      ]);
    },
  );

  it.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))(
    'hold a quote in %s, or are refused',
    async (_, dialect) => {
      const value = "L'Aquila' OR 'a' = 'a";
      const changed = await mapLiterals("SELECT a FROM t WHERE city = 'Chicago'", dialect, () => value).catch(
        (error: unknown) => error,
      );
      if (typeof changed === 'string')
        expect((await literalsOf(changed, dialect)).map((literal) => literal.value)).toEqual([value]);
      else expect(changed).toMatchObject({ code: 'STATEMENT_REFUSED' });
    },
  );

  it('stay in the very words of the text where nothing is changed', async () => {
    const sql = 'select  a\nfrom t where n=5';
    expect(await mapLiterals(sql, duckdbDialect, () => undefined)).toBe(sql);
  });

  it('never become anything but a literal', async () => {
    const sql = 'SELECT a FROM t WHERE n = 5';
    await expect(mapLiterals(sql, duckdbDialect, () => '5 OR 1 = 1')).rejects.toMatchObject({
      code: 'STATEMENT_REFUSED',
    });
    await expect(mapLiterals('SELECT 1; SELECT 2', duckdbDialect, () => '3')).rejects.toMatchObject({
      code: 'STATEMENT_REFUSED',
    });
  });
});
