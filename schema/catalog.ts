import { unknownName } from './did-you-mean.js';
import { type ColumnType, columnTypeOf, type HiveType } from './hive-type.js';

/** What a domain holds, read from AWS Glue or a crawl, in the words of the database. */
export interface Catalog {
  /** The Glue database, which is the domain's own name for its data. */
  readonly database: string;
  readonly description: string;
  readonly tables: readonly Table[];
  /**
   * Of a part of a catalog: the relations that are in it, by table, under the names that they have in the whole.
   * Absent of a whole one, whose references they follow from.
   */
  readonly relations?: ReadonlyMap<string, readonly Relation[]>;
  /**
   * The same catalog with the tables and columns that the source has no more, each marked as removed: only what prints
   * the schema, or answers for its names, reads it. Absent where nothing was removed.
   */
  readonly announced?: Catalog;
}

/** When a table or column was removed, and until when its names are answered by null: days such as `2026-11-22`. */
export interface Removal {
  readonly on: string;
  readonly until: string;
}

export interface Relation {
  /** The GraphQL field that follows the relation. */
  readonly name: string;
  readonly kind: 'toOne' | 'toMany';
  readonly fromTable: string;
  readonly fromColumn: string;
  readonly toTable: string;
  readonly toColumn: string;
}

/** What an owner has noted beside a table or column, by key; policies go by it. */
export type Tags = Readonly<Record<string, string>>;

export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  /** Column names; empty where the source declares no key. */
  readonly primaryKey: readonly string[];
  /** Where the data lies, as Glue says it: an S3 prefix, a file. */
  readonly location: string | undefined;
  readonly tags?: Tags;
  readonly removed?: Removal;
}

export interface Column {
  readonly name: string;
  readonly type: HiveType;
  readonly columnType: ColumnType;
  readonly comment: string;
  /** The unit of its values (`USD`, `km/h`), from the column parameter `askgraph.unit`. */
  readonly unit: string | undefined;
  readonly references: ColumnReference | undefined;
  readonly tags?: Tags;
  readonly removed?: Removal;
}

export interface ColumnReference {
  readonly table: string;
  readonly column: string;
  /** Absent where it is declared. */
  readonly origin?: 'inferred';
}

export function findTable(catalog: Catalog, name: string): Table {
  const table = catalog.tables.find((candidate) => candidate.name === name);
  if (table === undefined) {
    throw unknownName(
      'table',
      name,
      catalog.database,
      catalog.tables.map((candidate) => candidate.name),
    );
  }
  return table;
}

export function findColumn(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw unknownName(
      'column',
      name,
      table.name,
      table.columns.map((candidate) => candidate.name),
    );
  }
  return column;
}

export function makeColumn(column: Omit<Column, 'columnType'>): Column {
  return { ...column, columnType: columnTypeOf(column.type) };
}
