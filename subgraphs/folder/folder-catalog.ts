import { AskgraphError } from '../../schema/errors.js';
import {
  checkGlueSnapshot,
  type GlueColumn,
  type GlueTable,
  PRIMARY_KEY_PARAMETER,
  REFERENCES_PARAMETER,
} from '../../schema/glue.js';
import type { DataFile } from './data-file.js';
import { columnNameOf, nameKey } from './folder-names.js';

/** What people have written of a folder's tables, in its `catalog.json`. */
export interface FolderCatalog {
  readonly description: string;
  readonly tables: readonly GlueTable[];
}

/**
 * Reads a folder's `catalog.json`, in the shape of AWS Glue's answers. Of several databases in it, the one that is
 * called as the domain counts, else the first.
 * @throws CATALOG_INVALID where it is none.
 */
export function readFolderCatalog(domain: string, text: string | undefined): FolderCatalog | undefined {
  if (text === undefined) return undefined;
  const { DatabaseList, TableList } = checkGlueSnapshot(parseJson(domain, text));
  const database = DatabaseList.find(({ Name }) => nameKey(Name) === nameKey(domain)) ?? DatabaseList[0]!;
  return {
    description: database.Description ?? '',
    tables: TableList.filter(({ DatabaseName }) => (DatabaseName ?? database.Name) === database.Name),
  };
}

function parseJson(domain: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AskgraphError('CATALOG_INVALID', `The catalog.json of ${domain} is not JSON.`, {
      domain,
      cause,
    });
  }
}

/** What the catalog says of a table of a file: by the file that it names as the location, else by its name. */
export function tableInCatalog(
  catalog: FolderCatalog,
  file: DataFile,
  tableName: string,
): GlueTable | undefined {
  const named = catalog.tables.filter(({ Name }) => nameKey(Name) === nameKey(tableName));
  if (file.kind === 'duckdb' || file.kind === 'sqlite') return named[0];
  const located = catalog.tables.find((table) => locationOf(table) === file.name);
  return located ?? named.find((table) => !isFileName(locationOf(table)));
}

/** The last part of where a table's data lies: `s3://bucket/claims/` → `claims`, `claims.csv` → `claims.csv`. */
function locationOf({ StorageDescriptor }: GlueTable): string | undefined {
  return StorageDescriptor?.Location?.replace(/\/+$/, '').split('/').at(-1);
}

/** A location outside the folder, as of a table that was copied out of S3, says nothing of files here. */
function isFileName(location: string | undefined): boolean {
  return location !== undefined && /\.(parquet|csv|tsv|json|jsonl|ndjson)(\.gz)?$/i.test(location);
}

export function columnsInCatalog(table: GlueTable | undefined): GlueColumn[] {
  return [...(table?.StorageDescriptor?.Columns ?? []), ...(table?.PartitionKeys ?? [])];
}

export function columnInCatalog(table: GlueTable | undefined, name: string): GlueColumn | undefined {
  const columns = columnsInCatalog(table);
  const lower = name.toLowerCase();
  return (
    columns.find((column) => column.Name === name) ??
    columns.find((column) => column.Name.toLowerCase() === lower) ??
    columns.find((column) => nameKey(columnNameOf(column.Name, 0)) === nameKey(columnNameOf(name, 0)))
  );
}

/** The key that the catalog gives a table, in its own names; undefined where it gives none. */
export function keyInCatalog(table: GlueTable | undefined): string[] | undefined {
  return table?.Parameters?.[PRIMARY_KEY_PARAMETER]
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The `table.column` that a column of the catalog refers to. */
export function referenceInCatalog(column: GlueColumn | undefined): string | undefined {
  return column?.Parameters?.[REFERENCES_PARAMETER];
}
