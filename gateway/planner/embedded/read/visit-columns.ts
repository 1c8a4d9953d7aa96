import type { ColumnExpression } from '../../../../subgraphs/sql/table-query.js';

/** Every column that stands anywhere in a query or a part of one, with the way to it. */
export function columnsIn(node: unknown): ColumnExpression[] {
  if (Array.isArray(node)) return node.flatMap(columnsIn);
  if (typeof node !== 'object' || node === null) return [];
  if (isColumn(node)) return [node];
  return Object.values(node).flatMap(columnsIn);
}

function isColumn(node: object): node is ColumnExpression {
  return 'kind' in node && node.kind === 'column' && 'path' in node && 'column' in node;
}
