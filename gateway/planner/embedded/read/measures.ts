import { isDeepStrictEqual } from 'node:util';
import type { AggregateFunction, Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import {
  columnExpression,
  type Draft,
  freeItem,
  type Item,
  type Measure,
  NAMED,
  reachOf,
  UNSOUND,
  unitOf,
} from './draft.js';
import { metricMeasure } from './metrics.js';
import {
  addsUp,
  isKey,
  isNumeric,
  isTime,
  labelColumns,
  nameStems,
  priceColumn,
  timeColumns,
} from './table-facts.js';

const WRITTEN: Readonly<Record<AggregateFunction, string>> = {
  count: 'number',
  countDistinct: 'number',
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  first: 'first',
  last: 'last',
  stddevSample: 'standard deviation of',
  varianceSample: 'variance of',
  median: 'median',
};

/** Counts and aggregates, each with what it is of. */
export function readMeasures(draft: Draft): void {
  for (const item of draft.items) {
    if (item.used) continue;
    if (['count', 'aggregate', 'metric'].includes(item.meaning.kind)) {
      addMeasures(draft, measureAt(draft, item.index));
      // "In total" beside a figure says nothing more.
      if (!item.used && draft.measures.length > 0 && saysInTotal(draft, item)) item.used = true;
    }
  }
}

function saysInTotal(draft: Draft, item: Item): boolean {
  const said = draft.tokens.slice(item.mention.start, item.mention.end).map((token) => token.lower);
  return ['in total', 'altogether', 'combined'].includes(said.join(' '));
}

/** What is said twice is measured once: "volume traded" where both words mean the volume. */
export function addMeasures(draft: Draft, measures: readonly Measure[]): void {
  for (const measure of measures) {
    if (!draft.measures.some((known) => isDeepStrictEqual(known.expression, measure.expression)))
      draft.measures.push(measure);
  }
}

/** The measures that start at an item, which they use up; empty where it starts none. */
export function measureAt(draft: Draft, index: number): Measure[] {
  const counter = freeItem(draft, index, 'count');
  if (counter !== undefined) return [countMeasure(draft, counter)];
  const metric = metricMeasure(draft, index);
  if (metric !== undefined) return [metric];
  const aggregate = freeItem(draft, index, 'aggregate');
  return aggregate === undefined ? [] : aggregateMeasures(draft, aggregate, aggregate.meaning.function);
}

function countMeasure(draft: Draft, item: Item): Measure {
  item.used = true;
  let next = item.index + 1;
  const distinct = freeItem(draft, next, 'distinct');
  if (distinct !== undefined) {
    distinct.used = true;
    next += 1;
  }
  const target = countedItem(draft, next);
  if (target === undefined) {
    const adjective = draft.items[next];
    const after = adjective?.used === true ? freeItem(draft, next + 1, 'table') : undefined;
    if (after !== undefined) return countOfTable(draft, after, after.meaning.table);
    if (countsItself(draft, adjective)) draft.penalty += 0.8;
    return rowCount(draft.scope.root);
  }
  if (target.meaning.kind === 'table') return countOfTable(draft, target, target.meaning.table);
  const { table, column } = target.meaning;
  target.used = true;
  // What a comment only touches on is seldom what is counted.
  if (target.mention.score < 0.72) draft.penalty += 0.6;
  const of = columnExpression(draft, table, column);
  if (isNumeric(column) && distinct === undefined) {
    if (!addsUp(column)) draft.penalty += 1;
    if (reachOf(draft, table).path.length > 0) draft.penalty += UNSOUND;
    return {
      expression: { kind: 'aggregate', function: 'sum', of },
      label: `total ${column.label}`,
      ...unitOf(column),
    };
  }
  if (table === draft.scope.root && table.primaryKey.length === 1 && table.primaryKey[0] === column.name)
    return rowCount(table);
  return {
    expression: { kind: 'aggregate', function: 'countDistinct', of },
    label: `number of ${plural(column.label.replace(/ (id|number|key)$/, ''))}`,
  };
}

/** Whether what stands behind a count is the rows' own name, or a yes or no of theirs: neither says that they are counted. */
function countsItself(draft: Draft, item: Item | undefined): boolean {
  if (item?.meaning.kind === 'column') return item.meaning.column.columnType === 'BOOLEAN';
  return (
    item?.meaning.kind === 'value' &&
    item.meaning.table === draft.scope.root &&
    labelColumns(item.meaning.table).includes(item.meaning.column)
  );
}

/** What a count counts. "Filed" beside a count says when, not what; "trading days" are counted. */
function countedItem(draft: Draft, index: number) {
  const item = freeItem(draft, index, 'table', 'column');
  return item?.meaning.kind === 'column' && isTime(item.meaning.column) && !namesTimes(draft, item)
    ? undefined
    : item;
}

/** Whether a mention of a date is a noun that can be counted: days, dates, months. */
export function namesTimes(draft: Draft, item: Item): boolean {
  return ['days', 'dates', 'weeks', 'months', 'years', 'times'].includes(
    draft.tokens[item.mention.end - 1]!.lower,
  );
}

function countOfTable(draft: Draft, item: Item, table: AskTable): Measure {
  item.used = true;
  const reach = reachOf(draft, table);
  if (!draft.subjects.includes(reach)) draft.subjects.push(reach);
  if (reach.path.length === 0) return rowCount(table);
  const key = table.columns.find((column) => column.name === table.primaryKey[0]);
  if (key === undefined || table.primaryKey.length !== 1) {
    draft.penalty += 1;
    return rowCount(draft.scope.root);
  }
  draft.penalty += reach.fan === 'many' ? 0.8 : 0.35;
  return {
    expression: { kind: 'aggregate', function: 'countDistinct', of: columnExpression(draft, table, key) },
    label: `number of ${tableLabel(table)}`,
  };
}

export function rowCount(table: AskTable): Measure {
  return { expression: { kind: 'aggregate', function: 'count' }, label: `number of ${tableLabel(table)}` };
}

/** The columns an aggregate is of: those that follow it, else the one in front of it. */
function aggregateMeasures(draft: Draft, item: Item, fn: AggregateFunction): Measure[] {
  const columns: (Item & { meaning: { kind: 'column'; table: AskTable; column: AskColumn } })[] = [];
  for (
    let next = item.index + 1;
    next < draft.items.length && next <= item.index + 3 + columns.length;
    next++
  ) {
    const column = freeItem(draft, next, 'column');
    const count = freeItem(draft, next, 'count');
    const isNumberOf = count !== undefined && freeItem(draft, next + 1, 'column') !== undefined;
    if (column !== undefined && fits(fn, column.meaning.column)) columns.push(column);
    // The average number of tickets is that of the column, whose values are numbers of tickets.
    else if (isNumberOf && columns.length === 0) count.used = true;
    else if (columns.length > 0 || draft.items[next]?.meaning.kind !== 'table') break;
  }
  if (columns.length === 0) {
    const before = freeItem(draft, item.index - 1, 'column');
    if (before !== undefined && fits(fn, before.meaning.column)) columns.push(before);
  }
  if (columns.length === 0) return [];
  item.used = true;
  return columns.map((column) => {
    column.used = true;
    if (column.mention.score < NAMED) draft.penalty += 1;
    return aggregateOf(draft, fn, column.meaning.table, column.meaning.column);
  });
}

export function aggregateOf(
  draft: Draft,
  fn: AggregateFunction,
  table: AskTable,
  column: AskColumn,
): Measure {
  const reach = reachOf(draft, table);
  // A value reached over a relation is met once for every row that leads to it: adding it up would count it double.
  if (reach.path.length > 0 && fn !== 'min' && fn !== 'max') draft.penalty += fn === 'sum' ? UNSOUND : 2;
  // The highest of the lowest is seldom what is asked.
  const words = nameStems(column.name);
  if ((fn === 'max' && words.includes('minimum')) || (fn === 'min' && words.includes('maximum')))
    draft.penalty += 0.4;
  return {
    expression: { kind: 'aggregate', function: fn, of: columnExpression(draft, table, column) },
    label: `${WRITTEN[fn]} ${column.label}`,
    ...(fn === 'count' ? {} : unitOf(column)),
  };
}

/** A measure without a word for how: amounts are added up, everything else is averaged; which, is said. */
export function defaultAggregate(draft: Draft, table: AskTable, column: AskColumn): Measure {
  const fn = addsUp(column) ? 'sum' : 'avg';
  draft.assumptions.push(`${column.label} is ${fn === 'sum' ? 'added up' : 'averaged'}.`);
  return aggregateOf(draft, fn, table, column);
}

/** The change of a series of prices from the first to the last row of its time, in percent of the first. */
export function performanceMeasure(draft: Draft): Measure | undefined {
  const { root } = draft.scope;
  const price = priceColumn(root);
  const time = timeColumns(root)[0];
  if (price === undefined || time === undefined) return undefined;
  const of: Expression = { kind: 'column', path: [], column: price.name };
  const by: Expression = { kind: 'column', path: [], column: time.name };
  const first: Expression = { kind: 'aggregate', function: 'first', of, by };
  const last: Expression = { kind: 'aggregate', function: 'last', of, by };
  const change: Expression = {
    kind: 'arithmetic',
    operator: '/',
    left: { kind: 'arithmetic', operator: '-', left: last, right: first },
    right: first,
  };
  const percent: Expression = {
    kind: 'arithmetic',
    operator: '*',
    left: change,
    right: { kind: 'literal', value: 100, type: 'INTEGER' },
  };
  draft.assumptions.push(
    `Performance is the change of ${price.label} from the first to the last day of the period, in percent of the first.`,
  );
  return { expression: percent, label: `change of ${price.label}`, unit: '%' };
}

function fits(fn: AggregateFunction, column: AskColumn): boolean {
  return isNumeric(column) || ((fn === 'min' || fn === 'max') && isTime(column) && !isKey(column));
}

export function tableLabel(table: AskTable): string {
  return plural(table.label);
}

export function plural(noun: string): string {
  if (/s$/.test(noun)) return noun;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
