import { type Catalog, findColumn, findTable } from '../../schema/catalog.js';
import type { ColumnType } from '../../schema/hive-type.js';
import { expressionType } from '../sql/expression-type.js';
import { findRelation } from '../sql/scope.js';
import type { Condition, Expression, LiteralType, LiteralValue, OrderItem } from '../sql/table-query.js';

/** One item of an order that leaves no two rows alike, with what a comparison needs to know of it. */
export interface KeysetItem {
  readonly expression: Expression;
  readonly direction: 'ASC' | 'DESC';
  /** `NONE`: it has a value in every row. */
  readonly nulls: 'FIRST' | 'LAST' | 'NONE';
  readonly type: ColumnType;
  /** A 32-bit float is read in fewer digits than it has, and is compared in all of them. */
  readonly digits: 'all' | 'single';
}

/** Which side of a row in the order. */
export type Side = 'after' | 'before';

export function keysetItems(catalog: Catalog, table: string, orderBy: readonly OrderItem[]): KeysetItem[] {
  const { primaryKey } = findTable(catalog, table);
  return orderBy.map(({ expression, direction, nulls }) => {
    const isKey =
      expression.kind === 'column' && expression.path.length === 0 && primaryKey.includes(expression.column);
    return {
      expression,
      direction,
      nulls: isKey ? 'NONE' : (nulls ?? 'LAST'),
      type: expressionType(catalog, table, expression),
      digits: isSingle(catalog, table, expression) ? 'single' : 'all',
    };
  });
}

function isSingle(catalog: Catalog, table: string, expression: Expression): boolean {
  if (expression.kind !== 'column') return false;
  let place = findTable(catalog, table);
  for (const name of expression.path)
    place = findTable(catalog, findRelation(catalog, place, name, 'any').toTable);
  const { type } = findColumn(place, expression.column);
  return type.kind === 'primitive' && (type.name === 'float' || type.name === 'real');
}

/** The same order from its end. */
export function reversed(orderBy: readonly OrderItem[]): OrderItem[] {
  return orderBy.map(({ expression, direction, nulls }) => ({
    expression,
    direction: direction === 'ASC' ? 'DESC' : 'ASC',
    nulls: nulls === 'FIRST' ? 'LAST' : 'FIRST',
  }));
}

/**
 * Which rows stand on a side of the one that has `values`: those that differ from it first in an item in which they
 * are further on that side. Nulls are compared as the order places them, not as SQL would.
 */
export function beyond(items: readonly KeysetItem[], values: readonly LiteralValue[], side: Side): Condition {
  return any(
    items.flatMap((item, index) => {
      const further = furtherThan(item, values[index] ?? null, side);
      if (further === undefined) return [];
      const equal = items.slice(0, index).map((before, place) => equalTo(before, values[place] ?? null));
      return [all([...equal, further])];
    }),
  );
}

/** The row that has `values` itself, and all rows on the other side of it. */
export function notBeyond(
  items: readonly KeysetItem[],
  values: readonly LiteralValue[],
  side: Side,
): Condition {
  const self = all(items.map((item, index) => equalTo(item, values[index] ?? null)));
  return any([self, beyond(items, values, side === 'after' ? 'before' : 'after')]);
}

function equalTo(item: KeysetItem, value: LiteralValue): Condition {
  return value === null ? { kind: 'isNull', of: item.expression } : compare(item, 'eq', value);
}

function furtherThan(item: KeysetItem, value: LiteralValue, side: Side): Condition | undefined {
  const nullsFurther = (item.nulls === 'LAST') === (side === 'after');
  const isNull: Condition = { kind: 'isNull', of: item.expression };
  if (value === null) return nullsFurther ? undefined : { kind: 'not', condition: isNull };
  const upwards = (item.direction === 'ASC') === (side === 'after');
  const further = furtherValue(item, value, upwards ? 'gt' : 'lt');
  if (item.nulls === 'NONE' || !nullsFurther) return further;
  return further === undefined ? isNull : any([further, isNull]);
}

/** Not every engine has an order of yes and no. */
function furtherValue(item: KeysetItem, value: LiteralValue, operator: 'gt' | 'lt'): Condition | undefined {
  if (item.type !== 'BOOLEAN') return compare(item, operator, value);
  return value === (operator === 'lt') ? compare(item, 'eq', operator === 'gt') : undefined;
}

function compare(item: KeysetItem, operator: 'eq' | 'gt' | 'lt', value: LiteralValue): Condition {
  const right: Expression = { kind: 'literal', value, type: item.type as LiteralType };
  return { kind: 'comparison', operator, left: item.expression, right };
}

function any(conditions: Condition[]): Condition {
  return { kind: 'or', conditions };
}

function all(conditions: Condition[]): Condition {
  return { kind: 'and', conditions };
}
