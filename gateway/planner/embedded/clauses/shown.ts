import type { AggregateFunction } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { FUNCTION_WORDS } from '../function-words.js';
import { type Attempt, type Place, shownColumns } from './resolve.js';

/** A figure over rows of `table`; over the root's rows where it has no column. */
export interface Figure {
  readonly kind: 'figure';
  readonly function: AggregateFunction;
  readonly table: AskTable;
  readonly column?: AskColumn;
}

export type Plain = { readonly kind: 'plain' } & Place;

export type Shown = Figure | Plain;

export function shownOf(_attempt: Attempt, table: AskTable): Plain[] {
  return shownColumns(table).map((column) => ({ kind: 'plain', table, column }));
}

export function distinctRows(figure: Figure): Figure {
  const column = figure.table.columns.find((candidate) => candidate.name === figure.table.primaryKey[0]);
  return column === undefined || figure.table.primaryKey.length > 1
    ? figure
    : { ...figure, function: 'countDistinct', column };
}

export function same(left: Shown, right: Shown): boolean {
  return (
    left.kind === right.kind &&
    left.table === right.table &&
    left.column === right.column &&
    (left.kind !== 'figure' || right.kind !== 'figure' || left.function === right.function)
  );
}

export function unique<Item extends Shown>(items: readonly Item[]): Item[] {
  return items.filter((item, index) => items.findIndex((other) => same(item, other)) === index);
}

export function labelOf(shown: Shown): string {
  if (shown.kind === 'plain') return shown.column.label;
  return `${FUNCTION_WORDS[shown.function]} ${shown.column?.label ?? shown.table.label}`;
}
