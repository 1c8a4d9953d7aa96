import { isDeepStrictEqual } from 'node:util';
import { AskgraphError } from '../../schema/errors.js';
import type { Condition, Expression, TableQuery } from './table-query.js';

/** Refuses a query that no engine would run, in words that say what to change. */
export function checkQuery(query: TableQuery): void {
  checkSelect(query);
  if (query.where !== undefined && expressionsOf(query.where).some(aggregates)) {
    throw new AskgraphError('BAD_USER_INPUT', 'A condition on an aggregate belongs into "having".');
  }
  if (isAggregating(query)) checkGrouping(query);
  else if (query.having !== undefined) {
    throw new AskgraphError('BAD_USER_INPUT', '"having" needs a query that aggregates.');
  }
  if (query.distinct) checkDistinctOrder(query);
}

export function isAggregating(query: TableQuery): boolean {
  return query.groupBy !== undefined || query.select.some((item) => aggregates(item.expression));
}

function checkSelect(query: TableQuery): void {
  if (query.select.length === 0) throw new AskgraphError('BAD_USER_INPUT', 'The query selects nothing.');
  const names = new Set<string>();
  for (const { as } of query.select) {
    if (names.has(as)) throw new AskgraphError('BAD_USER_INPUT', `The query selects "${as}" twice.`);
    names.add(as);
  }
}

function checkGrouping(query: TableQuery): void {
  const groups = query.groupBy ?? [];
  const shown = [...query.select, ...(query.orderBy ?? [])].map((item) => item.expression);
  for (const expression of [...shown, ...(query.having === undefined ? [] : expressionsOf(query.having))]) {
    const loose = ungrouped(expression, groups);
    if (loose !== undefined) {
      throw new AskgraphError('BAD_USER_INPUT', `"${loose}" is neither grouped by nor aggregated.`, {
        details: { column: loose },
      });
    }
  }
}

/** A column that is read outside an aggregate without being grouped by. */
function ungrouped(expression: Expression, groups: readonly Expression[]): string | undefined {
  if (groups.some((group) => isDeepStrictEqual(group, expression))) return undefined;
  switch (expression.kind) {
    case 'column':
      return [...expression.path, expression.column].join('.');
    case 'grain':
    case 'part':
      return ungrouped(expression.of, groups);
    case 'relatedAggregate':
      return expression.relation;
    case 'arithmetic':
      return ungrouped(expression.left, groups) ?? ungrouped(expression.right, groups);
    default:
      return undefined;
  }
}

function checkDistinctOrder(query: TableQuery): void {
  for (const { expression } of query.orderBy ?? []) {
    if (!query.select.some((item) => isDeepStrictEqual(item.expression, expression))) {
      throw new AskgraphError('BAD_USER_INPUT', 'Distinct rows can be ordered only by what they show.');
    }
  }
}

function aggregates(expression: Expression): boolean {
  switch (expression.kind) {
    case 'aggregate':
      return true;
    case 'grain':
    case 'part':
      return aggregates(expression.of);
    case 'arithmetic':
      return aggregates(expression.left) || aggregates(expression.right);
    default:
      return false;
  }
}

/** What a condition compares; a related row's condition is about that row. */
function expressionsOf(condition: Condition): Expression[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.left, condition.right];
    case 'and':
    case 'or':
      return condition.conditions.flatMap(expressionsOf);
    case 'not':
      return expressionsOf(condition.condition);
    case 'related':
      return [];
    default:
      return [condition.of];
  }
}
