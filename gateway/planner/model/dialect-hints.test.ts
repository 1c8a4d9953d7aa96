import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../schema/catalog.js';
import type { ColumnType } from '../../../schema/hive-type.js';
import { loadDialect } from '../../../subgraphs/sql/dialects/load-dialect.js';
import { inspect } from '../../../subgraphs/sql/guard.js';
import { DIALECT_HINTS, dialectHint } from './dialect-hints.js';

const column = (name: string, hiveType: string, columnType: ColumnType) =>
  ({ name, hiveType, columnType, comment: '', unit: undefined, references: undefined }) as unknown as Column;
const catalog = {
  database: 'hints',
  description: '',
  tables: [
    {
      name: 'facts',
      comment: '',
      primaryKey: [],
      columns: [
        column('d', 'date', 'DATE'),
        column('e', 'date', 'DATE'),
        column('n', 'int', 'INTEGER'),
        column('m', 'int', 'INTEGER'),
        column('s', 'string', 'STRING'),
      ],
    },
  ],
} as unknown as Parameters<typeof inspect>[1]['catalog'];

describe('what a model is told of a dialect', () => {
  it.each(
    Object.entries(DIALECT_HINTS).flatMap(([name, { expressions }]) =>
      expressions.map(([what, expression]) => [name, what, expression] as const),
    ),
  )('is what the guard lets through: %s, %s', async (name, _, expression) => {
    const dialect = await loadDialect(name);
    const { tables } = await inspect(`SELECT ${expression} AS x FROM facts`, { catalog, dialect });
    expect(tables.map((table) => table.name)).toEqual(['facts']);
  });

  it('is there for every dialect that there is', async () => {
    const files = await readdir(path.resolve('subgraphs/sql/dialects'));
    const names = (
      await Promise.all(files.map((file) => loadDialect(file.replace('.ts', '')).catch(() => undefined)))
    )
      .filter((dialect) => dialect !== undefined)
      .map(({ name }) => name);
    expect(names).toHaveLength(6);
    for (const name of names) expect(dialectHint(name)).toContain(`In ${name}: month `);
    expect(dialectHint('another')).toBe('');
  });
});
