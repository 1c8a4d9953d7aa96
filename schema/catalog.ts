import { unknownName } from './did-you-mean.js';
import { type ColumnType, columnTypeOf, type HiveType } from './hive-type.js';

/** What a domain holds, read from AWS Glue or a crawl, in the words of the database. */
export interface Catalog {
  /** The Glue database, which is the domain's own name for its data. */
  readonly database: string;
  readonly description: string;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  /** Column names; empty where the source declares no key. */
  readonly primaryKey: readonly string[];
  /** Where the data lies, as Glue says it: an S3 prefix, a file. */
  readonly location: string | undefined;
}

export interface Column {
  readonly name: string;
  readonly type: HiveType;
  readonly columnType: ColumnType;
  readonly comment: string;
  /** The unit of its values (`USD`, `km/h`), from the column parameter `askgraph.unit`. */
  readonly unit: string | undefined;
  readonly references: ColumnReference | undefined;
}

export interface ColumnReference {
  readonly table: string;
  readonly column: string;
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
