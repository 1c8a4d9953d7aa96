import { parse, print } from 'graphql';
import type { ColumnType } from '../../../../schema/hive-type.js';
import { fieldName, namespaceField } from '../../../../schema/names.js';
import type { Expression, OrderItem, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import type { GraphqlStep } from '../../planner.js';
import { metricOf } from '../read/metrics.js';
import { columnOf, crossesMany, type Scope } from '../read/scope.js';
import { columnsIn } from '../read/visit-columns.js';
import { allOrNone, EnumValue, type InputValue, nest, whereInput, writeInput } from './graphql-where.js';

type Printed = Pick<GraphqlStep, 'query' | 'result'>;

/** A logical query as an operation on the typed API; undefined where the API cannot say it. */
export function printGraphql(query: TableQuery, scope: Scope, maxRows: number): Printed | undefined {
  if (columnsIn(query).some(({ path }) => crossesMany(scope, path))) return undefined;
  const where = query.where === undefined ? {} : whereInput(query.where);
  if (where === undefined || query.having !== undefined || query.distinct === true) return undefined;
  return query.groupBy === undefined
    ? printList(query, scope, where, maxRows)
    : printAggregate(query, query.groupBy, scope, where, maxRows);
}

function printList(
  query: TableQuery,
  scope: Scope,
  where: { [key: string]: InputValue },
  maxRows: number,
): Printed | undefined {
  const paths = allOrNone(
    query.select.map(({ expression }) =>
      expression.kind === 'column' ? [...expression.path, fieldName(expression.column)] : undefined,
    ),
  );
  const orderBy = allOrNone(
    (query.orderBy ?? []).map((item) => orderInput(item, (expression) => columnPath(expression))),
  );
  if (paths === undefined || orderBy === undefined) return undefined;
  const field = fieldName(scope.root.name);
  const input = { ...nonEmpty({ where, orderBy }), limit: query.limit ?? maxRows };
  return operation(scope, field, input, writeSelection(paths), namedColumns(query, scope, paths));
}

function printAggregate(
  query: TableQuery,
  groupBy: readonly Expression[],
  scope: Scope,
  where: { [key: string]: InputValue },
  maxRows: number,
): Printed | undefined {
  const keys = allOrNone(groupBy.map(groupInput));
  const pathOf = (expression: Expression) => valuePath(expression, scope);
  const paths = allOrNone(query.select.map(({ expression }) => pathOf(expression)));
  const orderBy = allOrNone((query.orderBy ?? []).map((item) => orderInput(item, pathOf)));
  if (keys === undefined || paths === undefined || orderBy === undefined) return undefined;
  // Two periods of one date would be one key: the typed API has a single place for it.
  const cut = groupBy.map((expression) => columnPath(expression)?.join('.'));
  if (new Set(cut).size < cut.length) return undefined;
  const field = `${fieldName(scope.root.name)}Aggregate`;
  const limit = keys.length === 0 ? {} : { limit: query.limit ?? maxRows };
  const input = { ...nonEmpty({ where, groupBy: keys, orderBy }), ...limit };
  return operation(scope, field, input, writeSelection(paths), namedColumns(query, scope, paths));
}

/** From an aggregate's row to a value: a key, a count, a declared metric, or a function of a column of the table's own. */
function valuePath(expression: Expression, scope: Scope): string[] | undefined {
  const metric = metricOf(scope.root, expression);
  if (metric !== undefined) return ['metrics', metric.name];
  if (expression.kind === 'part') {
    // The parts of a date stand beside it: `keys { hireDateParts { month } }`.
    const key = columnPath(expression);
    const field = key?.at(-1);
    return key === undefined || field === undefined
      ? undefined
      : ['keys', ...key.slice(0, -1), `${field}Parts`, fieldName(expression.part.toLowerCase())];
  }
  if (expression.kind !== 'aggregate') {
    const key = columnPath(expression);
    return key === undefined ? undefined : ['keys', ...key];
  }
  if (expression.where !== undefined || ['first', 'last'].includes(expression.function)) return undefined;
  if (expression.of === undefined) return ['count'];
  return expression.of.kind === 'column' && expression.of.path.length === 0
    ? [expression.function, fieldName(expression.of.column)]
    : undefined;
}

/** The field of a column, or of the column that a period is cut from. */
function columnPath(expression: Expression): string[] | undefined {
  if (expression.kind === 'grain' || expression.kind === 'part') return columnPath(expression.of);
  return expression.kind === 'column' ? [...expression.path, fieldName(expression.column)] : undefined;
}

function groupInput(expression: Expression): InputValue | undefined {
  const path = columnPath(expression);
  if (path === undefined) return undefined;
  if (expression.kind === 'grain') return nest(path, { grain: new EnumValue(expression.grain) });
  return nest(path, expression.kind === 'part' ? { part: new EnumValue(expression.part) } : {});
}

function orderInput(
  item: OrderItem,
  pathOf: (expression: Expression) => string[] | undefined,
): InputValue | undefined {
  const path = pathOf(item.expression);
  return path === undefined || item.nulls !== undefined
    ? undefined
    : nest(path, new EnumValue(item.direction));
}

function operation(
  scope: Scope,
  field: string,
  input: { [key: string]: InputValue },
  selection: string,
  columns: Printed['result']['columns'],
): Printed {
  const name = namespaceField(scope.domain.name);
  const entries = Object.entries(input).map(([key, value]) => `${key}: ${writeInput(value)}`);
  const text = `{ ${name} { ${field}${entries.length === 0 ? '' : `(${entries.join(', ')})`} ${selection} } }`;
  return { query: print(parse(text)), result: { rowPath: [name, field], columns, notes: [] } };
}

/** Paths as a selection set, each field once: `[['event','name'],['qty']]` → `{ event { name } qty }`. */
export function writeSelection(paths: readonly (readonly string[])[]): string {
  const groups = new Map<string, string[][]>();
  for (const [first, ...rest] of paths) groups.set(first!, [...(groups.get(first!) ?? []), rest]);
  const fields = [...groups].map(([name, rests]) =>
    rests.some((rest) => rest.length > 0)
      ? `${name} ${writeSelection(rests.filter((rest) => rest.length > 0))}`
      : name,
  );
  return `{ ${fields.join(' ')} }`;
}

function namedColumns(
  query: TableQuery,
  scope: Scope,
  paths: readonly (readonly string[])[],
): Printed['result']['columns'] {
  return query.select.map(({ as, expression }, index) => ({
    name: as,
    path: paths[index]!,
    type: metricOf(scope.root, expression)?.type ?? expressionType(expression, scope),
  }));
}

/** The type a value arrives in. */
export function expressionType(expression: Expression, scope: Scope): ColumnType {
  switch (expression.kind) {
    case 'column':
      return columnOf(scope, expression)?.column.columnType ?? 'STRING';
    case 'grain':
      return expression.grain === 'HOUR' ? 'DATETIME' : 'DATE';
    case 'part':
      return 'INTEGER';
    case 'aggregate': {
      if (expression.function === 'count' || expression.function === 'countDistinct') return 'BIGINT';
      const of = expression.of === undefined ? 'STRING' : expressionType(expression.of, scope);
      if (['avg', 'median', 'stddevSample', 'varianceSample'].includes(expression.function)) return 'FLOAT';
      return expression.function === 'sum' && of === 'INTEGER' ? 'BIGINT' : of;
    }
    case 'relatedAggregate':
      return expressionType(expression.figure, scope);
    case 'literal':
      return expression.type;
    case 'arithmetic':
      return 'FLOAT';
    case 'query':
      return expressionType(expression.query.select[0]!.expression, scope);
  }
}

function nonEmpty(input: { [key: string]: InputValue }): { [key: string]: InputValue } {
  return Object.fromEntries(
    Object.entries(input).filter(
      ([, value]) => typeof value !== 'object' || value === null || Object.keys(value).length > 0,
    ),
  );
}
