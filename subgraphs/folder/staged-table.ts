import type { DuckDBConnection } from '@duckdb/node-api';
import type { DataFile } from './data-file.js';

/** A table of a data file as it can be read in the importing database, before its types are settled. */
export interface StagedTable {
  /** What the file, or the database in it, calls the table. */
  readonly name: string;
  /** What stands after FROM. */
  readonly relation: string;
  readonly comment: string;
  readonly columns: readonly StagedColumn[];
  /** Columns by their names in the source; empty where it declares no key. */
  readonly primaryKey: readonly string[];
}

export interface StagedColumn {
  /** Its name in the source. */
  readonly name: string;
  readonly comment: string;
  /** The DuckDB type that it can be read in. */
  readonly type: string;
  /** Hive types that the source hints at, best first; each counts only if all values fit. */
  readonly hints: readonly Hint[];
  /** The table and column of the same source that it refers to. */
  readonly references: { readonly table: string; readonly column: string } | undefined;
}

export interface Hint {
  readonly type: string;
  /** How dates are written, if not as ISO says: a format of `strptime`. */
  readonly format?: string;
}

/** Makes what is in a file readable, for as long as `use` takes, table by table. */
export type Stage = (
  place: StagingPlace,
  use: (tables: readonly StagedTable[]) => Promise<void>,
) => Promise<void>;

export interface StagingPlace {
  readonly connection: DuckDBConnection;
  readonly file: DataFile;
  /** Where DuckDB finds the file: a link of a plain name, since it reads patterns and quotes in names. */
  readonly path: string;
  /** A folder for files that are needed on the way. */
  readonly workshop: string;
  /** Tells people what they might not expect of the file. */
  readonly warn: (message: string) => void;
}

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** The columns of a relation, as DuckDB describes them. */
export async function describeRelation(
  connection: DuckDBConnection,
  relation: string,
): Promise<{ readonly name: string; readonly type: string }[]> {
  const rows = await rowsOf(connection, `DESCRIBE SELECT * FROM ${relation}`);
  return rows.map(({ column_name, column_type }) => ({
    name: String(column_name),
    type: String(column_type),
  }));
}

export function plainColumn(name: string, type: string): StagedColumn {
  return { name, type, comment: '', hints: [], references: undefined };
}
