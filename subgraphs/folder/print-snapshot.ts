import {
  type GlueSnapshot,
  type GlueTable,
  PRIMARY_KEY_PARAMETER,
  REFERENCES_PARAMETER,
  UNIT_PARAMETER,
} from '../../schema/glue.js';
import type { ImportedColumn, ImportedTable } from './import-table.js';

/** The catalog of what was imported, in Glue's shape. References that lead nowhere are left out, and told to `warn`. */
export function snapshotOf(
  domain: string,
  description: string,
  tables: readonly ImportedTable[],
  warn: (message: string) => void,
): GlueSnapshot {
  return {
    DatabaseList: [{ Name: domain, Description: description }],
    TableList: tables.map((table) => tableOf(table, tables, warn)),
  };
}

function tableOf(
  table: ImportedTable,
  tables: readonly ImportedTable[],
  warn: (message: string) => void,
): GlueTable {
  return {
    Name: table.name,
    Description: table.comment,
    StorageDescriptor: {
      Columns: table.columns.map((column) => {
        const target = targetOf(column, table, tables, warn);
        const parameters = {
          ...(column.unit === undefined ? {} : { [UNIT_PARAMETER]: column.unit }),
          ...(target === undefined ? {} : { [REFERENCES_PARAMETER]: target }),
        };
        return { Name: column.name, Type: column.hiveType, Comment: column.comment, Parameters: parameters };
      }),
      Location: table.file,
    },
    Parameters: table.primaryKey.length === 0 ? {} : { [PRIMARY_KEY_PARAMETER]: table.primaryKey.join(',') },
  };
}

/** The table and column that a column refers to, in the names that they are served by. */
function targetOf(
  column: ImportedColumn,
  table: ImportedTable,
  tables: readonly ImportedTable[],
  warn: (message: string) => void,
): string | undefined {
  const { catalogReferences, references } = column;
  const wanted =
    catalogReferences ?? (references === undefined ? undefined : `${references.table}.${references.column}`);
  if (wanted === undefined) return undefined;
  const isCatalogs = catalogReferences !== undefined;
  const candidates = isCatalogs ? tables : tables.filter(({ file }) => file === table.file);
  for (const other of candidates) {
    const name = isCatalogs ? (other.catalogName ?? other.name) : other.sourceName;
    for (const target of other.columns) {
      const columnName = isCatalogs ? (target.catalogName ?? target.name) : target.sourceName;
      if (`${name}.${columnName}`.toLowerCase() === wanted.toLowerCase())
        return `${other.name}.${target.name}`;
    }
  }
  warn(`${table.name}.${column.name}: it refers to ${wanted}, which is not there`);
  return undefined;
}
