import { isDeepStrictEqual } from 'node:util';
import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { ColumnExpression, OrderItem, TableQuery } from '../sql/table-query.js';
import { asList, type ListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import type { SelectList } from './select-list.js';
import { column, fieldNamed, fieldOfColumn } from './typed-domain.js';

/** Arguments of a list that gives one row for each group of rows which are alike in some columns. */
export type DistinctArguments = ListArguments & { readonly groupBy?: readonly ColumnExpression[] };

/**
 * With `distinct`, rows that are alike in its columns are one row, in the order asked for and then in that of its
 * columns, so that pages don't overlap. The key, which settles the order of other lists, is in no such row.
 */
export function readDistinct(model: TableModel, input: Input, list: ListArguments): DistinctArguments {
  const fields = asList(input.distinct) as unknown as string[];
  if (fields.length === 0) return list;
  const groupBy = fields.map((name) => column([], fieldNamed(model, name).column.name));
  const asked = list.orderBy.slice(0, asList(input.orderBy).length);
  const last = groupBy.map((expression): OrderItem => ({ expression, direction: 'ASC' }));
  return { ...list, groupBy, orderBy: [...asked, ...last] };
}

/** The first of the columns, so that a selection of nothing but __typename has a row for each row too. */
export function addFirst(list: SelectList, model: TableModel, { groupBy = [] }: DistinctArguments): void {
  const [first] = groupBy;
  if (first !== undefined) list.add([], fieldOfColumn(model, first.column).column);
}

/** Refuses to show or to order by what a row of distinct values does not have. */
export function checkDistinct({ select, orderBy = [], groupBy }: TableQuery): void {
  if (groupBy === undefined) return;
  for (const { expression } of [...select, ...orderBy]) {
    if (groupBy.some((known) => isDeepStrictEqual(known, expression))) continue;
    const name =
      expression.kind === 'column' ? `"${[...expression.path, expression.column].join('.')}"` : 'a figure';
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `Rows of distinct values have no value of ${name}: add it to distinct, or leave it out.`,
      { details: { distinct: groupBy.map((known) => (known.kind === 'column' ? known.column : '')) } },
    );
  }
}
