import type { Catalog } from './catalog.js';
import { unknownName } from './did-you-mean.js';
import { AskgraphError } from './errors.js';

/** The largest catalog that was measured to open (bench/RESULTS.md); it takes a minute of CPU and 3.5 GB as it is. */
export const MOST_COLUMNS = 20_000;

/**
 * The tables of a catalog that are to be served: those of the given names, in which `*` stands for anything.
 * References to others are left out.
 * @throws CONFIGURATION_INVALID for a name or pattern that no table has.
 */
export function selectTables(catalog: Catalog, wanted: readonly string[]): Catalog {
  const names = catalog.tables.map(({ name }) => name);
  const chosen = new Set<string>();
  for (const pattern of wanted) {
    const found = names.filter((name) => patternOf(pattern).test(name));
    if (found.length === 0) {
      const { message, details } = unknownName('table', pattern, `the catalog of ${catalog.database}`, names);
      throw new AskgraphError('CONFIGURATION_INVALID', message, { domain: catalog.database, details });
    }
    for (const name of found) chosen.add(name);
  }
  return {
    ...catalog,
    tables: catalog.tables
      .filter(({ name }) => chosen.has(name))
      .map((table) => ({
        ...table,
        columns: table.columns.map((column) =>
          column.references === undefined || chosen.has(column.references.table)
            ? column
            : { ...column, references: undefined },
        ),
      })),
  };
}

/** @throws CATALOG_INVALID for a catalog that is too large to be served whole. */
export function assertServable(catalog: Catalog): Catalog {
  const columns = catalog.tables.reduce((sum, table) => sum + table.columns.length, 0);
  if (columns <= MOST_COLUMNS) return catalog;
  throw new AskgraphError(
    'CATALOG_INVALID',
    `The catalog of ${catalog.database} has ${columns} columns in ${catalog.tables.length} tables; at most ${MOST_COLUMNS} columns ` +
      'make a typed schema. Choose the tables to serve: glue({ database, tables: ["orders", "dim_*"] }).',
    { domain: catalog.database, details: { columns, limit: MOST_COLUMNS } },
  );
}

/** A name in which `*` stands for anything. */
export function patternOf(pattern: string): RegExp {
  const text = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${text.join('.*')}$`);
}
