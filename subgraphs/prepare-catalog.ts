import type { Catalog } from '../schema/catalog.js';
import { inferRelations } from '../schema/infer-relations.js';
import { changeAnnounced } from '../schema/removed.js';
import { assertServable, selectTables } from '../schema/select-tables.js';
import type { CatalogSubgraph } from './define-subgraph.js';

/** Where a catalog's relations come from: what it declares, or also what its names let one guess. */
export type Relations = 'declared' | 'inferred';

/**
 * The part of a catalog that a domain serves, with the relations that it asks for; `relations` holds for a domain that
 * says nothing of them.
 * @throws CONFIGURATION_INVALID for tables that are not there, CATALOG_INVALID for more than can be served.
 */
export function prepareCatalog(
  { catalog: { tables }, relations: own }: Pick<CatalogSubgraph, 'catalog' | 'relations'>,
  catalog: Catalog,
  relations: Relations,
): Catalog {
  return changeAnnounced(catalog, (whole) => {
    const chosen = assertServable(tables === undefined ? whole : selectTables(whole, tables));
    return (own ?? relations) === 'inferred' ? inferRelations(chosen) : chosen;
  });
}
