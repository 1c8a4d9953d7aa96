import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Client, ResultSet, Value } from '@libsql/client';
import { quoted } from './folder-names.js';
import { readSqliteTables, type SqliteTable } from './sqlite-tables.js';
import type { Stage, StagedTable } from './staged-table.js';

/** SQLite answers synchronously: what it reads at a time is kept short, so that others have their turn. */
const ROWS_AT_A_TIME = 5_000;

/**
 * A SQLite database: its tables and views, each copied into a temporary table. It is read from a copy of the file,
 * since SQLite writes a log beside what it opens, and the folder is not ours to write to.
 */
export const stageSqlite: Stage = async ({ connection, file, workshop }, use) => {
  const copy = join(workshop, 'copy.sqlite');
  await copyFile(file.path, copy, constants.COPYFILE_FICLONE);
  await copyFile(`${file.path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE).catch(ignoreMissing);
  const { createClient } = await import('@libsql/client');
  const client = createClient({ url: pathToFileURL(copy).href, intMode: 'bigint' });
  try {
    const tables = await readSqliteTables(client);
    const staged: StagedTable[] = [];
    for (const [index, table] of tables.entries()) {
      const relation = `sqlite_${index}`;
      await copyTable(connection, client, table, relation);
      staged.push({ ...table, relation });
    }
    await use(staged);
    for (const { relation } of staged) await connection.run(`DROP TABLE ${relation}`);
  } finally {
    client.close();
  }
};

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function copyTable(
  connection: DuckDBConnection,
  client: Client,
  table: SqliteTable,
  relation: string,
): Promise<void> {
  const definitions = table.columns.map(({ name, type }) => `${quoted(name)} ${type}`);
  await connection.run(`CREATE TEMP TABLE ${relation} (${definitions.join(', ')})`);
  const appender = await connection.createAppender(relation, undefined, 'temp');
  try {
    for await (const rows of pagesOf(client, table)) {
      for (const row of rows) {
        table.columns.forEach(({ type }, index) => {
          append(appender, row[index] ?? null, type);
        });
        appender.endRow();
      }
      appender.flushSync();
    }
  } finally {
    appender.closeSync();
  }
}

/** The rows of a table by pages: by its row ids, or where it has none by count. */
async function* pagesOf(client: Client, table: SqliteTable): AsyncGenerator<readonly Value[][]> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const from = `FROM ${quoted(table.name)}`;
  let last: Value = null;
  for (let offset = 0; ; offset += ROWS_AT_A_TIME) {
    const { rows }: ResultSet = await client.execute(
      table.rowId === undefined
        ? `SELECT ${columns} ${from} LIMIT ${ROWS_AT_A_TIME} OFFSET ${offset}`
        : {
            sql: `SELECT ${columns}, ${table.rowId} ${from} WHERE ?1 IS NULL OR ${table.rowId} > ?1
              ORDER BY ${table.rowId} LIMIT ${ROWS_AT_A_TIME}`,
            args: [last],
          },
    );
    yield rows.map((row) => Array.from({ length: row.length }, (_, index) => row[index] ?? null));
    if (rows.length < ROWS_AT_A_TIME) return;
    last = rows.at(-1)?.[table.columns.length] ?? null;
  }
}

function append(appender: DuckDBAppender, value: Value, type: string): void {
  if (value === null) appender.appendNull();
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(value as bigint));
  else if (type === 'DOUBLE') appender.appendDouble(Number(value));
  else if (type === 'BLOB') appender.appendBlob(new Uint8Array(value as ArrayBuffer));
  else appender.appendVarchar(textOf(value));
}

/** Bytes among texts are written in base64, as bytes leave everywhere. */
function textOf(value: Value): string {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : String(value);
}
