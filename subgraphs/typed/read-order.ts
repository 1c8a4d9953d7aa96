import { relatedFigures, type TableModel } from '../../schema/domain-model.js';
import type { Expression, OrderItem } from '../sql/table-query.js';
import { figureAt, ROW_COUNT } from './figures.js';
import { onlyEntry } from './only-entry.js';
import type { Input } from './read-where.js';
import { column, fieldNamed, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

/** One item of a list's `orderBy`: a column, a column over relations to one, or a figure over related rows. */
export function readRowOrder(
  domain: TypedDomain,
  model: TableModel,
  input: Input,
  path: readonly string[] = [],
): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy');
  const toOne = findRelation(model.toOne, name);
  if (toOne !== undefined)
    return readRowOrder(domain, targetOf(domain, toOne), value as Input, [...path, name]);
  const toMany = model.toMany.find((relation) => relatedFigures(relation) === name);
  if (toMany === undefined) return ordered(column(path, fieldNamed(model, name).column.name), value);
  const { expression: figure, ...order } = readFigureOrder(domain, targetOf(domain, toMany), value as Input);
  return {
    expression: { kind: 'relatedAggregate', path, relation: toMany.name, figure },
    ...order,
  };
}

/** A figure with a direction: `{ count: DESC }`, `{ sum: { amount: DESC } }`. */
export function readFigureOrder(domain: TypedDomain, model: TableModel, input: Input): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy');
  if (name === 'count') return ordered(ROW_COUNT, value);
  const [field, direction] = onlyEntry(value as Input, `orderBy.${name}`);
  return ordered(figureAt(domain, model, name, field), direction);
}

/** An expression in a `SortDirection`: `ASC`, or `DESC_NULLS_FIRST`. */
export function ordered(expression: Expression, sortDirection: unknown): OrderItem {
  const [direction, , nulls] = String(sortDirection).split('_');
  return {
    expression,
    direction: direction as OrderItem['direction'],
    ...(nulls === undefined ? {} : { nulls: nulls as NonNullable<OrderItem['nulls']> }),
  };
}
