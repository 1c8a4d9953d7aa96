import type { Catalog, Table } from '../../schema/catalog.js';
import { relationsOf } from '../../schema/names.js';

/** What of each visible table there is for a caller. */
export interface VisibleColumns {
  readonly all: ReadonlySet<string>;
  /** Those that are seen in aggregates only. */
  readonly aggregated: ReadonlySet<string>;
}

/**
 * The part of a catalog that a caller sees. Relations keep the names that they have in the whole, and lead only from
 * and to columns that are seen row by row; a key that is not all seen is none.
 */
export function visibleCatalog(whole: Catalog, visible: ReadonlyMap<string, VisibleColumns>): Catalog {
  const isSeen = (table: string, column: string): boolean => {
    const columns = visible.get(table);
    return columns?.all.has(column) === true && !columns.aggregated.has(column);
  };
  const tables = whole.tables.filter(({ name, columns }) =>
    columns.some((column) => visible.get(name)?.all.has(column.name)),
  );
  return {
    ...whole,
    ...(whole.announced === undefined ? {} : { announced: visibleCatalog(whole.announced, visible) }),
    tables: tables.map((table) => cutTable(table, isSeen, visible.get(table.name)?.all ?? new Set())),
    relations: new Map(
      tables.map((table) => [
        table.name,
        relationsOf(whole, table).filter(
          ({ fromTable, fromColumn, toTable, toColumn }) =>
            isSeen(fromTable, fromColumn) && isSeen(toTable, toColumn),
        ),
      ]),
    ),
  };
}

function cutTable(
  table: Table,
  isSeen: (table: string, column: string) => boolean,
  columns: ReadonlySet<string>,
): Table {
  return {
    ...table,
    location: undefined,
    primaryKey: table.primaryKey.every((key) => isSeen(table.name, key)) ? table.primaryKey : [],
    columns: table.columns
      .filter(({ name }) => columns.has(name))
      .map((column) => {
        const { references } = column;
        const leads = references !== undefined && isSeen(references.table, references.column);
        return leads ? column : { ...column, references: undefined };
      }),
  };
}
