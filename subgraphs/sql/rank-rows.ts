import type { Dialect } from './dialects/dialect.js';
import { expressionType } from './expression-type.js';
import type { AggregateExpression, Condition, Expression, TableQuery } from './table-query.js';
import { writeCondition } from './write-condition.js';
import { orderOf, writeExpression, writeFigure, writeOperand } from './write-expression.js';
import type { SelectWriter } from './writer.js';

/** What a query inside shows, and how the query around it writes the expressions that are worked out there. */
export interface RankedRows {
  readonly columns: readonly string[];
  readonly prepared: ReadonlyMap<string, string>;
}

/** Whether a query asks for the value of a group's first, last or middle row, and the engine has no aggregate for it. */
export function needsRanks(query: TableQuery, dialect: Dialect): boolean {
  return aggregatesOf(query).some(
    (aggregate) =>
      (isPick(aggregate) && dialect.pick === undefined) ||
      (aggregate.function === 'median' && dialect.median === undefined),
  );
}

/**
 * For engines that have no aggregate which picks a value by another, or none for the median: every row with its groups,
 * what each aggregate is about, and the row's ranks in its group. The query around aggregates these; `source` is its name for
 * them. Rows that lack the value or its order come last and give null.
 */
export function rankRows(writer: SelectWriter, query: TableQuery, source: string): RankedRows {
  const { quote } = writer.dialect;
  const columns: string[] = [];
  const prepared = new Map<string, string>();
  const show = (name: string, text: string) => {
    columns.push(`${text} AS ${quote(name)}`);
    return `${source}.${quote(name)}`;
  };
  const groups = query.groupBy ?? [];
  groups.forEach((group, index) => {
    prepared.set(JSON.stringify(group), show(`group_${index + 1}`, writeExpression(writer, group)));
  });
  aggregatesOf(query).forEach((aggregate, index) => {
    const key = JSON.stringify(aggregate);
    if (prepared.has(key)) return;
    const text = writeAggregateOf(writer, aggregate, groups, (name, inner) =>
      show(`${name}_${index + 1}`, inner),
    );
    prepared.set(key, text);
  });
  return { columns, prepared };
}

/** Shows a column of the query inside, by the first word of its name, and gives what the query around calls it. */
type Show = (name: 'value' | 'rank' | 'order' | 'values', text: string) => string;

function writePick(
  writer: SelectWriter,
  pick: AggregateExpression,
  groups: readonly Expression[],
  show: Show,
): string {
  if (writer.dialect.pick === undefined) {
    const value = show('value', pickedValue(writer, pick));
    const rank = show('rank', writeRank(writer, pick, groups));
    return onlyValue(writer, pick, `CASE WHEN ${rank} = 1 THEN ${value} END`);
  }
  const value = show('value', writeOperand(writer, pick, pickedOf(pick)));
  const by = show('order', writeOperand(writer, pick, orderOf(pick)));
  return writer.dialect.pick(pick.function === 'first' ? 'first' : 'last', value, by);
}

/** The mean of the one or two rows in the middle of those that have a value, which come first in their group. */
function writeMedian(
  writer: SelectWriter,
  median: AggregateExpression,
  groups: readonly Expression[],
  show: Show,
): string {
  const { dialect } = writer;
  const operand = () => dialect.double(writeOperand(writer, median, pickedOf(median)));
  if (dialect.median !== undefined) return dialect.median(show('value', operand()));
  const within = partitionBy(writer, groups);
  const order = `CASE WHEN ${operand()} IS NULL THEN 1 ELSE 0 END, ${operand()} ASC`;
  const value = show('value', operand());
  const rank = show('rank', `ROW_NUMBER() OVER (${within}ORDER BY ${order})`);
  const values = show('values', `COUNT(${operand()}) OVER (${within.trimEnd()})`);
  return `AVG(CASE WHEN 2 * ${rank} BETWEEN ${values} AND ${values} + 2 THEN ${value} END)`;
}

function partitionBy(writer: SelectWriter, groups: readonly Expression[]): string {
  const partition = groups.map((group) => writeExpression(writer, group));
  return partition.length === 0 ? '' : `PARTITION BY ${partition.join(', ')} `;
}

function onlyValue({ catalog, dialect, table }: SelectWriter, pick: AggregateExpression, of: string): string {
  const isBoolean = expressionType(catalog, table, pick) === 'BOOLEAN';
  return isBoolean && dialect.onlyBoolean !== undefined ? dialect.onlyBoolean(of) : `MAX(${of})`;
}

function pickedValue(writer: SelectWriter, pick: AggregateExpression): string {
  const by = writeOperand(writer, pick, orderOf(pick));
  return `CASE WHEN ${by} IS NOT NULL THEN ${writeOperand(writer, pick, pickedOf(pick))} END`;
}

/** Rows that are alike in `by` are ranked by their value, so that the answer is the same each time. */
function writeRank(writer: SelectWriter, pick: AggregateExpression, groups: readonly Expression[]): string {
  const value = writeOperand(writer, pick, pickedOf(pick));
  const by = writeOperand(writer, pick, orderOf(pick));
  const within = partitionBy(writer, groups);
  const order = [
    `CASE WHEN ${value} IS NULL OR ${by} IS NULL THEN 1 ELSE 0 END`,
    `${by} ${pick.function === 'first' ? 'ASC' : 'DESC'}`,
    `${value} ASC`,
  ];
  return `ROW_NUMBER() OVER (${within}ORDER BY ${order.join(', ')})`;
}

function writeAggregateOf(
  writer: SelectWriter,
  aggregate: AggregateExpression,
  groups: readonly Expression[],
  show: Show,
): string {
  const { of, where } = aggregate;
  if (of === undefined) {
    return where === undefined
      ? 'COUNT(*)'
      : `COUNT(${show('value', `CASE WHEN ${writeCondition(writer, where)} THEN 1 END`)})`;
  }
  switch (aggregate.function) {
    case 'first':
    case 'last':
      return writePick(writer, aggregate, groups, show);
    case 'median':
      return writeMedian(writer, aggregate, groups, show);
    case 'countDistinct':
      return `COUNT(DISTINCT ${show('value', writeOperand(writer, aggregate, of))})`;
    default:
      return writeFigure(writer, aggregate.function, show('value', writeOperand(writer, aggregate, of)));
  }
}

function pickedOf(pick: AggregateExpression): Expression {
  return pick.of ?? orderOf(pick);
}

function isPick(aggregate: AggregateExpression): boolean {
  return aggregate.function === 'first' || aggregate.function === 'last';
}

function aggregatesOf(query: TableQuery): AggregateExpression[] {
  return [
    ...query.select.map((item) => item.expression),
    ...(query.orderBy ?? []).map((item) => item.expression),
    ...(query.having === undefined ? [] : comparedIn(query.having)),
  ].flatMap(aggregatesIn);
}

function aggregatesIn(expression: Expression): AggregateExpression[] {
  switch (expression.kind) {
    case 'aggregate':
      return [expression];
    case 'grain':
    case 'part':
      return aggregatesIn(expression.of);
    case 'arithmetic':
      return [...aggregatesIn(expression.left), ...aggregatesIn(expression.right)];
    default:
      return [];
  }
}

function comparedIn(condition: Condition): Expression[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.left, condition.right];
    case 'in':
      return [condition.of, ...condition.values];
    case 'and':
    case 'or':
      return condition.conditions.flatMap(comparedIn);
    case 'not':
      return comparedIn(condition.condition);
    case 'related':
      return [];
    default:
      return [condition.of];
  }
}
