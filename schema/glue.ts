import { z } from 'zod';
import {
  type Catalog,
  type Column,
  type ColumnReference,
  makeColumn,
  type Table,
  type Tags,
} from './catalog.js';
import { AskgraphError } from './errors.js';
import { readHiveType } from './hive-type.js';
import { REMOVED_PARAMETER, REMOVED_UNTIL_PARAMETER, readRemoval, withoutRemoved } from './removed.js';

/** Table parameter: the primary key's columns, separated by commas. Glue itself has no keys. */
export const PRIMARY_KEY_PARAMETER = 'askgraph.primaryKey';
/** Column parameter: the `table.column` that the column's values point to. */
export const REFERENCES_PARAMETER = 'askgraph.references';
/** Column parameter: the unit of the column's values. */
export const UNIT_PARAMETER = 'askgraph.unit';
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  PRIMARY_KEY_PARAMETER,
  REFERENCES_PARAMETER,
  UNIT_PARAMETER,
  REMOVED_PARAMETER,
  REMOVED_UNTIL_PARAMETER,
]);

const parameters = z.record(z.string(), z.string()).nullish();
const glueColumn = z.object({
  Name: z.string().min(1),
  /** Glue leaves it out where a crawler found none. */
  Type: z.string().nullish(),
  Comment: z.string().nullish(),
  Parameters: parameters,
});
const glueTable = z.object({
  Name: z.string().min(1),
  DatabaseName: z.string().optional(),
  Description: z.string().nullish(),
  /** Absent of a resource link, whose columns are in another catalog. */
  StorageDescriptor: z
    .object({ Columns: z.array(glueColumn).nullish(), Location: z.string().nullish() })
    .nullish(),
  PartitionKeys: z.array(glueColumn).nullish(),
  Parameters: parameters,
});
export const glueSnapshot = z.object({
  DatabaseList: z.array(z.object({ Name: z.string().min(1), Description: z.string().nullish() })).min(1),
  TableList: z.array(glueTable),
});
export type GlueColumn = z.infer<typeof glueColumn>;
export type GlueTable = z.infer<typeof glueTable>;
/** Glue's answers as they are kept in a domain's `catalog.json`. */
export type GlueSnapshot = z.infer<typeof glueSnapshot>;

/**
 * Reads the answers of AWS Glue's GetDatabases and GetTables, kept together in one JSON document:
 * `{ "DatabaseList": [...], "TableList": [...] }`. Partition keys are columns like any other. What can be read only in
 * part is read in part, and told to `warn`: a type that is not known becomes text. What is marked as removed is in
 * `announced` only.
 * @throws CATALOG_INVALID where it is no snapshot, or a key or reference names what is not there.
 */
export function readGlueSnapshot(
  json: unknown,
  database?: string,
  warn: (message: string) => void = ignore,
): Catalog {
  const { DatabaseList, TableList } = checkGlueSnapshot(json);
  const found =
    database === undefined ? DatabaseList[0] : DatabaseList.find((entry) => entry.Name === database);
  if (found === undefined) {
    throw new AskgraphError('CATALOG_INVALID', `The Glue snapshot has no database "${database}".`, {
      details: { database, databases: DatabaseList.map((entry) => entry.Name) },
    });
  }
  const tables = TableList.filter((table) => (table.DatabaseName ?? found.Name) === found.Name)
    .map((table) => readTable(table, warn))
    .filter(({ name, columns }) => {
      if (columns.length === 0) warn(`${name}: a table without columns is left out`);
      return columns.length > 0;
    });
  const catalog: Catalog = { database: found.Name, description: found.Description ?? '', tables };
  checkReferences(catalog);
  return withoutRemoved(catalog);
}

/** @throws CATALOG_INVALID, saying where it is not a snapshot. */
export function checkGlueSnapshot(json: unknown): GlueSnapshot {
  const parsed = glueSnapshot.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AskgraphError('CATALOG_INVALID', `Not a Glue snapshot: ${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}

function ignore(): void {}

function readTable(table: GlueTable, warn: (message: string) => void): Table {
  const warnOf = (column: string) => (message: string) => warn(`${table.Name}.${column}: ${message}`);
  return {
    name: table.Name,
    comment: table.Description ?? '',
    columns: columnsOf(table, warnOf).map((column) => readColumn(table, column, warnOf(column.Name))),
    primaryKey: splitList(table.Parameters?.[PRIMARY_KEY_PARAMETER]),
    location: table.StorageDescriptor?.Location ?? undefined,
    ...readTags(table.Parameters),
    ...readRemoval(table.Name, table.Parameters),
  };
}

/** The columns and partition keys of a table as Glue gives them. */
export function columnsOfGlueTable(table: GlueTable): GlueColumn[] {
  return [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
}

/** Some table formats list a partition key among the columns too; Glue's own names ignore case. */
function columnsOf(table: GlueTable, warnOf: (column: string) => (message: string) => void): GlueColumn[] {
  const columns = new Map<string, GlueColumn>();
  for (const column of table.StorageDescriptor?.Columns ?? []) {
    if (columns.has(column.Name)) warnOf(column.Name)('there is another column of this name');
    else columns.set(column.Name, column);
  }
  const names = new Set([...columns.keys()].map((name) => name.toLowerCase()));
  const partitionKeys = (table.PartitionKeys ?? []).filter(({ Name }) => !names.has(Name.toLowerCase()));
  return [...columns.values(), ...partitionKeys];
}

function readColumn(table: GlueTable, column: GlueColumn, warn: (message: string) => void): Column {
  return makeColumn({
    name: column.Name,
    type: readHiveType(column.Type ?? '', warn),
    comment: column.Comment ?? '',
    unit: column.Parameters?.[UNIT_PARAMETER],
    references: readReference(column.Parameters?.[REFERENCES_PARAMETER]),
    ...readTags(column.Parameters),
    ...readRemoval(`${table.Name}.${column.Name}`, column.Parameters),
  });
}

/** Every parameter that is not our own. */
function readTags(parameters: GlueColumn['Parameters']): { tags?: Tags } {
  const tags = Object.entries(parameters ?? {}).filter(([key]) => !OWN_PARAMETERS.has(key));
  return tags.length === 0 ? {} : { tags: Object.fromEntries(tags) };
}

function readReference(text: string | undefined): ColumnReference | undefined {
  if (text === undefined) return undefined;
  const dot = text.lastIndexOf('.');
  if (dot < 1)
    throw new AskgraphError('CATALOG_INVALID', `"${text}" is not a reference; write "table.column".`);
  return { table: text.slice(0, dot), column: text.slice(dot + 1) };
}

function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A key or a reference to what is not there would fail at the first query: it is refused here instead. */
function checkReferences(catalog: Catalog): void {
  const names = new Map(
    catalog.tables.map((table) => [table.name, new Set(table.columns.map((column) => column.name))]),
  );
  for (const table of catalog.tables) {
    for (const key of table.primaryKey) {
      if (!names.get(table.name)?.has(key)) {
        throw new AskgraphError(
          'CATALOG_INVALID',
          `The primary key of ${table.name} names no column "${key}".`,
        );
      }
      if (table.columns.some(({ name, removed }) => name === key && removed !== undefined)) {
        throw new AskgraphError(
          'CATALOG_INVALID',
          `${table.name}.${key} is of the primary key, whose values are never null: it cannot be marked as removed.`,
        );
      }
    }
    for (const { name, references } of table.columns) {
      if (references !== undefined && !names.get(references.table)?.has(references.column)) {
        throw new AskgraphError(
          'CATALOG_INVALID',
          `${table.name}.${name} references ${references.table}.${references.column}, which is not in the catalog.`,
        );
      }
    }
  }
}
