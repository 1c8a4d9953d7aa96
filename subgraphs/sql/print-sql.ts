import type { Catalog } from '../../schema/catalog.js';
import type { Dialect } from './dialects/dialect.js';
import type { TableQuery } from './table-query.js';
import { writeStatement } from './write-nested.js';
import { inlineWriter } from './writer.js';

/** The SQL that `compile` would run, with its values in the text, for people to see and the guard to read. */
export function printSql(query: TableQuery, catalog: Catalog, dialect: Dialect): string {
  return writeStatement(inlineWriter(catalog, dialect), query);
}
