import type { Catalog } from '../../schema/catalog.js';
import type { Dialect } from './dialects/dialect.js';
import { orderPlaceholders } from './dialects/positional.js';
import { expressionType } from './expression-type.js';
import { makeStatement, type Parameter, type Statement, type StatementLimits } from './statement.js';
import type { TableQuery } from './table-query.js';
import { writeQuery } from './write-query.js';
import { bindingWriter } from './writer.js';

/**
 * One SQL statement for a logical query. Every value is a bound parameter, every name the catalog's own.
 * @throws UNKNOWN_NAME for a name that the catalog lacks, BAD_USER_INPUT for a query that makes no sense.
 */
export function compile(
  query: TableQuery,
  catalog: Catalog,
  dialect: Dialect,
  limits: StatementLimits,
): Statement {
  const columns = query.select.map(({ as, expression }) => ({
    name: as,
    type: expressionType(catalog, query.table, expression),
  }));
  const parameters: Parameter[] = [];
  const text = writeQuery(bindingWriter(catalog, dialect, parameters), query);
  const bound =
    dialect.placeholders === 'positional' ? orderPlaceholders(text, parameters) : { text, parameters };
  return makeStatement(bound.text, bound.parameters, columns, limits);
}
