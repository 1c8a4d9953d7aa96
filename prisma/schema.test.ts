import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from './migrate.js';
import { readMigrations } from './read-migrations.js';

const SQL_TYPES: Readonly<Record<string, string>> = {
  String: 'TEXT',
  DateTime: 'DATETIME',
  Boolean: 'BOOLEAN',
  Int: 'INTEGER',
  BigInt: 'BIGINT',
};
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-schema-'));
  url = `file:${path.join(folder, 'store.db')}`;
  const migrations = await readMigrations(path.join(import.meta.dirname, 'migrations'));
  await migrate(migrations, { url, patience: 1_000, now: () => new Date(0) });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the migrations', () => {
  it('make exactly the tables, columns and indexes that schema.prisma declares', async () => {
    const models = readModels(await readFile(path.join(import.meta.dirname, 'schema.prisma'), 'utf8'));
    expect(models.map((model) => model.name)).toContain('Conversation');
    expect(await readTables()).toEqual(models.sort((a, b) => a.name.localeCompare(b.name)));
  });
});

interface Shape {
  name: string;
  columns: string[];
  indexes: string[];
}

/** `subject TEXT NOT NULL` for each column, `UNIQUE (id, subject)` for each index. */
function readModels(schema: string): Shape[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => {
    const lines = body.split('\n').map((line) => line.trim());
    return {
      name,
      columns: lines.flatMap((line) => {
        const [, column, type = '', optional] = /^(\w+)\s+(\w+)(\?)?(?:\s|$)/.exec(line) ?? [];
        return type in SQL_TYPES
          ? [`${column} ${SQL_TYPES[type]}${optional === '?' ? '' : ' NOT NULL'}`]
          : [];
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

async function readTables(): Promise<Shape[]> {
  const client = createClient({ url });
  const rows = async (sql: string, name?: string) =>
    (await client.execute({ sql, args: name ? [name] : [] })).rows;
  try {
    const tables = await rows(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'AppliedMigration' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    return await Promise.all(
      tables.map(async ({ name }) => {
        const indexes = await rows(
          `SELECT name, "unique" FROM pragma_index_list(?) WHERE origin = 'c'`,
          String(name),
        );
        const columns = await rows(
          'SELECT name, type, "notnull" FROM pragma_table_info(?) ORDER BY cid',
          String(name),
        );
        const indexTexts = indexes.map(async (index) => {
          const parts = await rows(
            'SELECT name FROM pragma_index_info(?) ORDER BY seqno',
            String(index.name),
          );
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
  } finally {
    client.close();
  }
}
