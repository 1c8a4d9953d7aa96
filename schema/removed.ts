import type { Catalog, Column, Removal, Table } from './catalog.js';
import { AskgraphError } from './errors.js';
import { relationsOf } from './names.js';

/** Parameter of a table or column: the day since which the source has it no more. */
export const REMOVED_PARAMETER = 'askgraph.removed';
/** Parameter of a table or column that was removed: the day until which its names are still answered, by null. */
export const REMOVED_UNTIL_PARAMETER = 'askgraph.removedUntil';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @throws CATALOG_INVALID where the days are not both there, as `2026-11-22`. */
export function readRemoval(
  where: string,
  parameters: Readonly<Record<string, string>> | null | undefined,
): { removed?: Removal } {
  const [on, until] = [parameters?.[REMOVED_PARAMETER], parameters?.[REMOVED_UNTIL_PARAMETER]];
  if (on === undefined && until === undefined) return {};
  if (on !== undefined && until !== undefined && DAY.test(on) && DAY.test(until)) {
    return { removed: { on, until } };
  }
  throw new AskgraphError(
    'CATALOG_INVALID',
    `${where} needs days such as 2026-11-22 as "${REMOVED_PARAMETER}" and "${REMOVED_UNTIL_PARAMETER}".`,
  );
}

/**
 * What there is to read of a catalog: without the tables and columns that are marked as removed, and without the
 * relations over them. All other relations keep their names. The whole stands beside it, as `announced`.
 */
export function withoutRemoved(whole: Catalog): Catalog {
  const isMarked = ({ removed, columns }: Table) =>
    removed !== undefined || columns.some((column) => column.removed !== undefined);
  if (!whole.tables.some(isMarked)) return whole;
  const live = whole.tables
    .filter(({ removed }) => removed === undefined)
    .map((table) => ({ ...table, columns: table.columns.filter(({ removed }) => removed === undefined) }))
    .filter(({ columns }) => columns.length > 0);
  const names = new Set(
    live.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)),
  );
  const wholeTables = new Map(whole.tables.map((table) => [table.name, table]));
  const isThere = (table: string, column: string) => names.has(`${table}.${column}`);
  const withReference = (column: Column): Column => {
    const { references } = column;
    return references === undefined || isThere(references.table, references.column)
      ? column
      : { ...column, references: undefined };
  };
  return {
    ...whole,
    tables: live.map((table) => ({ ...table, columns: table.columns.map(withReference) })),
    relations: new Map(
      live.map((table) => [
        table.name,
        relationsOf(whole, wholeTables.get(table.name) ?? table).filter(
          ({ fromTable, fromColumn, toTable, toColumn }) =>
            isThere(fromTable, fromColumn) && isThere(toTable, toColumn),
        ),
      ]),
    ),
    announced: whole,
  };
}

/** A catalog as its schema prints it: with what was removed and is still answered. */
export function announcedCatalog(catalog: Catalog): Catalog {
  return catalog.announced ?? catalog;
}

/** Changes a catalog with what it announces. */
export function changeAnnounced(catalog: Catalog, change: (whole: Catalog) => Catalog): Catalog {
  return withoutRemoved(change(announcedCatalog(catalog)));
}

/** The directive of what was removed; nothing for what is there. */
export function deprecation(removed: Removal | undefined): string {
  if (removed === undefined) return '';
  const reason = `Removed from the catalog on ${removed.on}; it answers null until ${removed.until}.`;
  return ` @deprecated(reason: "${reason}")`;
}

/** Of what depends on several, some of which were removed: the removal that ends first. */
export function firstRemoval(removals: readonly (Removal | undefined)[]): Removal | undefined {
  return removals
    .filter((removal) => removal !== undefined)
    .reduce<Removal | undefined>(
      (first, removal) => (first === undefined || removal.until < first.until ? removal : first),
      undefined,
    );
}

/** Of what stands as long as one of several does: undefined while one is there, then the removal that ends last. */
export function lastRemoval(removals: readonly (Removal | undefined)[]): Removal | undefined {
  if (removals.length === 0 || removals.includes(undefined)) return undefined;
  return (removals as readonly Removal[]).reduce((last, removal) =>
    removal.until > last.until ? removal : last,
  );
}
