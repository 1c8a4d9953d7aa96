import type { ComparisonOperator } from '../../../subgraphs/sql/table-query.js';
import { type AskDomain, findAskColumn, findAskTable } from '../domain.js';
import type { Element } from './element.js';

const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  '=': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};

/**
 * What a glossary term stands for: `claims` a table, `sales.pricepaid` a column, `claims.fraud = 1` a condition.
 * Undefined where the visible catalog has no such thing: then the term means nothing to this caller.
 */
export function parseGlossaryEntry(domain: AskDomain, target: string): Element | undefined {
  const match = /^\s*([\w$]+)(?:\.([\w$]+)\s*(?:(=|!=|<>|<=|>=|<|>)\s*([^=\s].*))?)?\s*$/.exec(target);
  if (match === null) return undefined;
  const [, tableName, columnName, operator, literal] = match;
  const table = findAskTable(domain, tableName!);
  if (table === undefined) return undefined;
  if (columnName === undefined) return { kind: 'table', table };
  const column = findAskColumn(table, columnName);
  if (column === undefined) return undefined;
  if (operator === undefined) return { kind: 'column', table, column };
  return {
    kind: 'condition',
    table,
    column,
    operator: OPERATORS[operator]!,
    literal: literal!.trim().replace(/^'(.*)'$/, (_, text: string) => text.replaceAll("''", "'")),
  };
}
