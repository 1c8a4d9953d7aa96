import type { Client, Row } from '@libsql/client';
import { quoted } from './folder-names.js';
import type { Hint, StagedColumn } from './staged-table.js';

/** A table or view of a SQLite database, with the type that holds each column's actual values. */
export interface SqliteTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly StagedColumn[];
  readonly primaryKey: readonly string[];
  /** A name by which its row ids can be asked for; absent of views and of tables without. */
  readonly rowId: string | undefined;
}

/** What a SQLite database holds. Tables that extensions keep for themselves are left out. */
export async function readSqliteTables(client: Client): Promise<SqliteTable[]> {
  const { rows } = await client.execute(
    `SELECT name, type, wr FROM pragma_table_list
     WHERE schema = 'main' AND type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  );
  const keys = new Map<string, string[]>();
  const tables: SqliteTable[] = [];
  for (const row of rows) keys.set(String(row.name).toLowerCase(), await keyOf(client, String(row.name)));
  for (const row of rows) tables.push(await readTable(client, row, keys));
  return tables;
}

async function infoOf(client: Client, table: string): Promise<Row[]> {
  const sql = 'SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1';
  return (await client.execute({ sql, args: [table] })).rows;
}

async function keyOf(client: Client, table: string): Promise<string[]> {
  const columns = (await infoOf(client, table)).filter(({ pk }) => Number(pk) > 0);
  return columns.sort((a, b) => Number(a.pk) - Number(b.pk)).map(({ name }) => String(name));
}

async function readTable(
  client: Client,
  { name: tableName, type, wr }: Row,
  keys: ReadonlyMap<string, readonly string[]>,
): Promise<SqliteTable> {
  const name = String(tableName);
  const columns = await infoOf(client, name);
  const references = await referencesOf(client, name, keys);
  const classes = await storageClasses(
    client,
    name,
    columns.map((column) => String(column.name)),
  );
  const names = new Set(columns.map((column) => String(column.name).toLowerCase()));
  const rowId = ['rowid', '_rowid_', 'oid'].find((alias) => !names.has(alias));
  return {
    name,
    comment: '',
    columns: columns.map((column, index) => ({
      name: String(column.name),
      comment: '',
      type: classes[index]!,
      hints: hintsOf(String(column.type), classes[index]!),
      references: references.get(String(column.name).toLowerCase()),
    })),
    primaryKey: keys.get(name.toLowerCase()) ?? [],
    rowId: type === 'table' && Number(wr) === 0 ? rowId : undefined,
  };
}

/** Foreign keys of one column. One that names no column of the other table means its primary key. */
async function referencesOf(client: Client, table: string, keys: ReadonlyMap<string, readonly string[]>) {
  const sql = 'SELECT id, "table" AS target, "from" AS source, "to" AS other FROM pragma_foreign_key_list(?)';
  const { rows } = await client.execute({ sql, args: [table] });
  const single = rows.filter(({ id }) => rows.filter((row) => row.id === id).length === 1);
  return new Map(
    single.flatMap(({ source, target, other }) => {
      const column = other ?? keys.get(String(target).toLowerCase())?.[0];
      return column === undefined
        ? []
        : [[String(source).toLowerCase(), { table: String(target), column: String(column) }] as const];
    }),
  );
}

/** The DuckDB type that holds every value of a column as SQLite has stored it. */
async function storageClasses(client: Client, table: string, columns: readonly string[]): Promise<string[]> {
  const types: string[] = [];
  // A result has at most 2,000 columns.
  for (let start = 0; start < columns.length; start += 500) {
    const part = columns.slice(start, start + 500);
    const counts = part.map(
      (column) => `group_concat(DISTINCT nullif(typeof(${quoted(column)}), 'null')) AS ${quoted(column)}`,
    );
    const { rows } = await client.execute(`SELECT ${counts.join(', ')} FROM ${quoted(table)}`);
    types.push(...part.map((_, index) => typeOfClasses(String(rows[0]?.[index] ?? ''))));
  }
  return types;
}

function typeOfClasses(list: string): string {
  const classes = new Set(list.split(','));
  if (classes.has('text') || list === '') return 'VARCHAR';
  if (classes.has('blob')) return classes.size === 1 ? 'BLOB' : 'VARCHAR';
  return classes.has('real') ? 'DOUBLE' : 'BIGINT';
}

/** What a column's declared type hints at. SQLite does not hold anybody to it, so it is tried on the values. */
function hintsOf(declared: string, type: string): Hint[] {
  const name = declared.toLowerCase();
  const decimal = /^(?:decimal|numeric|money)\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)/.exec(name);
  if (name.includes('bool')) return [{ type: 'boolean' }, { type: 'int' }, { type: 'bigint' }];
  // SQLite takes years and stamps in seconds for dates too: what is no date is a number.
  if (/^(datetime|timestamp)/.test(name)) return [{ type: 'timestamp' }, { type: 'bigint' }];
  if (name.startsWith('date')) return [{ type: 'date' }, { type: 'timestamp' }, { type: 'bigint' }];
  if (decimal !== null) return [{ type: `decimal(${decimal[1]},${decimal[2]})` }, { type: 'double' }];
  if (name.includes('int')) return [{ type: 'int' }, { type: 'bigint' }];
  if (/char|clob|text/.test(name)) return [{ type: 'string' }];
  if (/real|floa|doub|numeric|decimal/.test(name)) return [{ type: 'double' }];
  return type === 'BIGINT' ? [{ type: 'bigint' }] : [];
}
