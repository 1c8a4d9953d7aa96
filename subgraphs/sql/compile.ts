import type { Catalog } from '../../schema/catalog.js';
import { type Access, capRows, openAccess } from './access.js';
import type { Dialect } from './dialects/dialect.js';
import { orderPlaceholders } from './dialects/positional.js';
import { expressionType } from './expression-type.js';
import {
  makeStatement,
  type Parameter,
  type ResultColumn,
  type Statement,
  type StatementLimits,
} from './statement.js';
import type { TableQuery } from './table-query.js';
import { nestedColumns, writeStatement } from './write-nested.js';
import { writeSource } from './write-source.js';
import { bindingWriter } from './writer.js';

/**
 * One SQL statement for a logical query over a catalog, without restrictions. Every value is a bound parameter, every
 * name the catalog's own.
 * @throws UNKNOWN_NAME for a name that the catalog lacks, BAD_USER_INPUT for a query that makes no sense.
 */
export function compile(
  query: TableQuery,
  catalog: Catalog,
  dialect: Dialect,
  limits: StatementLimits,
): Statement {
  return compileFor(openAccess(catalog), query, dialect, limits);
}

/**
 * As `compile`, over what a caller may see: every table that is restricted is read through a query of its visible rows
 * and cells.
 * @throws as `compile`; FORBIDDEN for a use of a column that is not permitted.
 */
export function compileFor(
  access: Access,
  query: TableQuery,
  dialect: Dialect,
  limits: StatementLimits,
): Statement {
  const selected = query.select.map(({ as, expression }) => ({
    name: as,
    type: expressionType(access.catalog, query.table, expression),
  }));
  const columns: ResultColumn[] = [...selected, ...nestedColumns(query.nested ?? [])];
  const parameters: Parameter[] = [];
  const reads = new Map<string, Set<string>>();
  const permitted = { access, source: writeSource };
  const text = writeStatement(
    bindingWriter(permitted, dialect, parameters, reads),
    capNested(query, access.maximumRows),
  );
  const bound =
    dialect.placeholders === 'positional' ? orderPlaceholders(text, parameters) : { text, parameters };
  return makeStatement(bound.text, bound.parameters, columns, capRows(limits, access), reads);
}

/** Rows that stand in other rows are counted by list. */
function capNested(query: TableQuery, maximumRows: number | undefined): TableQuery {
  const { nested } = query;
  if (nested === undefined || maximumRows === undefined) return query;
  const capped = nested.map((rows) => {
    const limit = Math.min(rows.query.limit ?? maximumRows, maximumRows);
    return { ...rows, query: { ...capNested(rows.query, maximumRows), limit } };
  });
  return { ...query, nested: capped };
}
