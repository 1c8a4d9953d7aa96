import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, type TestEngine, type TestPlace } from './engines.test-helper.js';
import { openBudgetUse } from './open-budget-use.js';

const SQL_TYPES = {
  SQLite: { String: 'TEXT', DateTime: 'DATETIME', Boolean: 'BOOLEAN', Int: 'INTEGER', BigInt: 'BIGINT' },
  PostgreSQL: {
    String: 'text',
    DateTime: 'timestamp(3) without time zone',
    Boolean: 'boolean',
    Int: 'integer',
    BigInt: 'bigint',
  },
} satisfies Record<TestEngine['name'], Record<string, string>>;

describe.each(ENGINES)('the migrations on $name', ({ name, make }) => {
  let place: TestPlace;

  beforeAll(async () => {
    place = await make();
    await (await openBudgetUse({ url: place.url, now: () => new Date(0) })).close();
  });
  afterAll(() => place.remove());

  it('make exactly the tables, columns and indexes that schema.prisma declares', async () => {
    const schema = await readFile(path.join(import.meta.dirname, 'schema.prisma'), 'utf8');
    const models = readModels(schema, SQL_TYPES[name]);
    expect(models.map((model) => model.name)).toContain('Conversation');
    const tables = await READERS[name](place.sql);
    expect(tables).toEqual(models.sort((a, b) => a.name.localeCompare(b.name)));
  });
});

interface Shape {
  name: string;
  columns: string[];
  indexes: string[];
}

/** `subject TEXT NOT NULL` for each column, `UNIQUE (id, subject)` for each index. */
function readModels(schema: string, types: Readonly<Record<string, string>>): Shape[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => {
    const lines = body.split('\n').map((line) => line.trim());
    return {
      name,
      columns: lines.flatMap((line) => {
        const [, column, type = '', optional] = /^(\w+)\s+(\w+)(\?)?(?:\s|$)/.exec(line) ?? [];
        return type in types ? [`${column} ${types[type]}${optional === '?' ? '' : ' NOT NULL'}`] : [];
      }),
      indexes: lines
        .flatMap((line) => {
          const [, kind, columns = ''] = /^@@(unique|index)\(\[(.*?)\]/.exec(line) ?? [];
          return kind === undefined ? [] : [`${kind === 'unique' ? 'UNIQUE ' : ''}(${columns})`];
        })
        .sort(),
    };
  });
}

const READERS = { SQLite: readFromSqlite, PostgreSQL: readFromPostgres };

async function readFromSqlite(sql: TestPlace['sql']): Promise<Shape[]> {
  const tables = await sql(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'AppliedMigration' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  );
  return Promise.all(
    tables.map(async ({ name }) => {
      const indexes = await sql(`SELECT name, "unique" FROM pragma_index_list('${name}') WHERE origin = 'c'`);
      const columns = await sql(
        `SELECT name, type, "notnull" FROM pragma_table_info('${name}') ORDER BY cid`,
      );
      const indexTexts = indexes.map(async (index) => {
        const parts = await sql(`SELECT name FROM pragma_index_info('${index.name}') ORDER BY seqno`);
        return `${index.unique === 1 ? 'UNIQUE ' : ''}(${parts.map((part) => part.name).join(', ')})`;
      });
      return {
        name: String(name),
        columns: columns.map(
          (column) => `${column.name} ${column.type}${column.notnull === 1 ? ' NOT NULL' : ''}`,
        ),
        indexes: (await Promise.all(indexTexts)).sort(),
      };
    }),
  );
}

async function readFromPostgres(sql: TestPlace['sql']): Promise<Shape[]> {
  const rows = await sql(`
    SELECT c.relname AS "name",
      (SELECT array_agg(concat(a.attname, ' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' END)
         ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS "columns",
      ARRAY(SELECT concat(CASE WHEN i.indisunique THEN 'UNIQUE ' END, '(',
         (SELECT string_agg(a.attname, ', ' ORDER BY place) FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number), ')')
         FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indisprimary) AS "indexes"
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relname <> 'AppliedMigration'
    ORDER BY c.relname COLLATE "C"`);
  return rows.map(({ name, columns, indexes }) => ({
    name: String(name),
    columns: columns as string[],
    indexes: (indexes as string[]).sort(),
  }));
}
