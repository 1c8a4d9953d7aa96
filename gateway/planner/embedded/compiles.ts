import type { Catalog } from '../../../schema/catalog.js';
import { AskgraphError } from '../../../schema/errors.js';
import { duckdbDialect } from '../../../subgraphs/sql/dialects/duckdb.js';
import { printSql } from '../../../subgraphs/sql/print-sql.js';
import type { TableQuery } from '../../../subgraphs/sql/table-query.js';

/** Whether a query can be compiled at all: what cannot is no reading. */
export function compiles(query: TableQuery, catalog: Catalog): boolean {
  try {
    printSql(query, catalog, duckdbDialect);
    return true;
  } catch (error) {
    if (error instanceof AskgraphError) return false;
    throw error;
  }
}
