import { type Catalog, findColumn, findTable, type Table } from '../../schema/catalog.js';
import { AskgraphError, assertNever } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import { findRelation } from './scope.js';
import type { AggregateExpression, Expression, RelatedAggregate } from './table-query.js';

const WHOLE: ReadonlySet<ColumnType> = new Set(['INTEGER', 'BIGINT']);
const NUMERIC: ReadonlySet<ColumnType> = new Set(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT']);
const TEMPORAL: ReadonlySet<ColumnType> = new Set(['DATE', 'DATETIME']);

/** The type as which an expression over `tableName` leaves the database. */
export function expressionType(catalog: Catalog, tableName: string, expression: Expression): ColumnType {
  const typeOf = (inner: Expression) => expressionType(catalog, tableName, inner);
  switch (expression.kind) {
    case 'column':
      return columnType(catalog, tableName, expression.path, expression.column);
    case 'aggregate':
      return aggregateType(expression, typeOf);
    case 'grain':
      demand(
        TEMPORAL,
        typeOf(expression.of),
        `Only dates can be cut to their ${expression.grain.toLowerCase()}`,
      );
      return expression.grain === 'HOUR' ? 'DATETIME' : 'DATE';
    case 'part':
      demand(TEMPORAL, typeOf(expression.of), `Only dates have a ${expression.part.toLowerCase()}`);
      return 'INTEGER';
    case 'literal':
      return expression.type;
    case 'relatedAggregate':
      return relatedType(catalog, tableName, expression);
    case 'arithmetic':
      return arithmeticType(expression.operator, typeOf(expression.left), typeOf(expression.right));
    case 'query':
      return queryType(catalog, expression.query.table, expression.query.select);
    default:
      return assertNever(expression);
  }
}

function columnType(
  catalog: Catalog,
  tableName: string,
  path: readonly string[],
  column: string,
): ColumnType {
  return findColumn(tableAt(catalog, tableName, path), column).columnType;
}

function relatedType(catalog: Catalog, tableName: string, related: RelatedAggregate): ColumnType {
  const from = tableAt(catalog, tableName, related.path);
  const { toTable } = findRelation(catalog, from, related.relation, 'toMany');
  return expressionType(catalog, toTable, related.figure);
}

function tableAt(catalog: Catalog, tableName: string, path: readonly string[]): Table {
  let table = findTable(catalog, tableName);
  for (const name of path) table = findTable(catalog, findRelation(catalog, table, name, 'any').toTable);
  return table;
}

function aggregateType(
  expression: AggregateExpression,
  typeOf: (inner: Expression) => ColumnType,
): ColumnType {
  const { function: name, of } = expression;
  if (of === undefined) {
    if (name === 'count') return 'BIGINT';
    throw new AskgraphError('BAD_USER_INPUT', `Say of which column to take the ${name}.`);
  }
  const type = typeOf(of);
  switch (name) {
    case 'count':
    case 'countDistinct':
      return 'BIGINT';
    case 'sum':
      demand(NUMERIC, type, 'Only numbers can be summed');
      return WHOLE.has(type) ? 'BIGINT' : type;
    case 'avg':
      demand(NUMERIC, type, 'Only numbers have an average');
      return 'FLOAT';
    case 'stddevSample':
    case 'varianceSample':
    case 'median':
      demand(NUMERIC, type, 'Only numbers have a deviation, a variance or a median');
      return 'FLOAT';
    case 'min':
    case 'max':
    case 'first':
    case 'last':
      return type;
    default:
      return assertNever(name);
  }
}

function arithmeticType(operator: string, left: ColumnType, right: ColumnType): ColumnType {
  for (const type of [left, right]) demand(NUMERIC, type, 'Only numbers can be calculated with');
  if (operator === '/' || left === 'FLOAT' || right === 'FLOAT') return 'FLOAT';
  return left === 'DECIMAL' || right === 'DECIMAL' ? 'DECIMAL' : 'BIGINT';
}

function queryType(
  catalog: Catalog,
  tableName: string,
  select: readonly { expression: Expression }[],
): ColumnType {
  const [only, ...others] = select;
  if (only === undefined || others.length > 0) {
    throw new AskgraphError('BAD_USER_INPUT', 'A query that stands for a value selects exactly one column.');
  }
  return expressionType(catalog, tableName, only.expression);
}

function demand(allowed: ReadonlySet<ColumnType>, type: ColumnType, message: string): void {
  if (!allowed.has(type)) {
    throw new AskgraphError('BAD_USER_INPUT', `${message}; this is ${type}.`, { details: { type } });
  }
}
