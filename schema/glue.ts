import { z } from 'zod';
import { type Catalog, type Column, type ColumnReference, makeColumn, type Table } from './catalog.js';
import { AskgraphError } from './errors.js';
import { parseHiveType } from './hive-type.js';

/** Table parameter: the primary key's columns, separated by commas. Glue itself has no keys. */
export const PRIMARY_KEY_PARAMETER = 'askgraph.primaryKey';
/** Column parameter: the `table.column` that the column's values point to. */
export const REFERENCES_PARAMETER = 'askgraph.references';
/** Column parameter: the unit of the column's values. */
export const UNIT_PARAMETER = 'askgraph.unit';

const parameters = z.record(z.string(), z.string()).nullish();
const glueColumn = z.object({
  Name: z.string().min(1),
  Type: z.string().min(1),
  Comment: z.string().nullish(),
  Parameters: parameters,
});
const glueTable = z.object({
  Name: z.string().min(1),
  DatabaseName: z.string().optional(),
  Description: z.string().nullish(),
  StorageDescriptor: z.object({ Columns: z.array(glueColumn), Location: z.string().nullish() }),
  PartitionKeys: z.array(glueColumn).nullish(),
  Parameters: parameters,
});
const glueSnapshot = z.object({
  DatabaseList: z.array(z.object({ Name: z.string().min(1), Description: z.string().nullish() })).min(1),
  TableList: z.array(glueTable),
});
type GlueColumn = z.infer<typeof glueColumn>;
type GlueTable = z.infer<typeof glueTable>;

/**
 * Reads the answers of AWS Glue's GetDatabases and GetTables, kept together in one JSON document:
 * `{ "DatabaseList": [...], "TableList": [...] }`. Partition keys are columns like any other.
 */
export function readGlueSnapshot(json: unknown, database?: string): Catalog {
  const parsed = glueSnapshot.safeParse(json);
  if (!parsed.success) {
    throw new AskgraphError('CATALOG_INVALID', `Not a Glue snapshot: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  const { DatabaseList, TableList } = parsed.data;
  const found =
    database === undefined ? DatabaseList[0] : DatabaseList.find((entry) => entry.Name === database);
  if (found === undefined) {
    throw new AskgraphError('CATALOG_INVALID', `The Glue snapshot has no database "${database}".`, {
      details: { database, databases: DatabaseList.map((entry) => entry.Name) },
    });
  }
  const tables = TableList.filter((table) => (table.DatabaseName ?? found.Name) === found.Name).map(
    readTable,
  );
  const catalog: Catalog = { database: found.Name, description: found.Description ?? '', tables };
  checkReferences(catalog);
  return catalog;
}

function readTable(table: GlueTable): Table {
  const columns = [...table.StorageDescriptor.Columns, ...(table.PartitionKeys ?? [])].map(readColumn);
  return {
    name: table.Name,
    comment: table.Description ?? '',
    columns,
    primaryKey: splitList(table.Parameters?.[PRIMARY_KEY_PARAMETER]),
    location: table.StorageDescriptor.Location ?? undefined,
  };
}

function readColumn(column: GlueColumn): Column {
  return makeColumn({
    name: column.Name,
    type: parseHiveType(column.Type),
    comment: column.Comment ?? '',
    unit: column.Parameters?.[UNIT_PARAMETER],
    references: readReference(column.Parameters?.[REFERENCES_PARAMETER]),
  });
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
