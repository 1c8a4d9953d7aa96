import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import type { PlannedValue } from '../../planner.js';
import { columnOf, type Scope } from '../read/scope.js';
import { columnsIn } from '../read/visit-columns.js';

/** The catalog's columns whose values an expression gives, as they are or in a figure; a number of rows gives none. */
export function shownColumns(expression: Expression, scope: Scope): PlannedValue[] {
  if (expression.kind === 'aggregate' && COUNTS.has(expression.function)) return [];
  const values = expression.kind === 'aggregate' ? expression.of : expression;
  return columnsIn(values).flatMap((column) => {
    const found = columnOf(scope, column);
    return found === undefined
      ? []
      : [{ domain: scope.domain.name, table: found.table.name, column: found.column.name }];
  });
}

const COUNTS: ReadonlySet<string> = new Set(['count', 'countDistinct']);
