import type { AggregateExpression, Condition, Expression, TableQuery } from './table-query.js';
import { writeCondition } from './write-condition.js';
import { orderOf, writeExpression, writeOperand } from './write-expression.js';
import type { SelectWriter } from './writer.js';

/** What a query inside shows, and how the query around it writes the expressions that are worked out there. */
export interface RankedRows {
  readonly columns: readonly string[];
  readonly prepared: ReadonlyMap<string, string>;
}

/** Whether a query asks for the value of a group's first or last row. */
export function hasPicks(query: TableQuery): boolean {
  return aggregatesOf(query).some(isPick);
}

/**
 * For engines that have no aggregate which picks a value by another: every row with its groups, what each aggregate is
 * about, and for each pick the row's rank in its group. The query around aggregates these; `source` is its name for
 * them. Rows that lack the value or its order come last and give null.
 */
export function rankPicks(writer: SelectWriter, query: TableQuery, source: string): RankedRows {
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
    const value = `value_${index + 1}`;
    const text = isPick(aggregate)
      ? pickRanked(
          show(value, pickedValue(writer, aggregate)),
          show(`rank_${index + 1}`, writeRank(writer, aggregate, groups)),
        )
      : writeAggregateOf(writer, aggregate, (inner) => show(value, inner));
    prepared.set(key, text);
  });
  return { columns, prepared };
}

function pickRanked(value: string, rank: string): string {
  return `MAX(CASE WHEN ${rank} = 1 THEN ${value} END)`;
}

function pickedValue(writer: SelectWriter, pick: AggregateExpression): string {
  const by = writeOperand(writer, pick, orderOf(pick));
  return `CASE WHEN ${by} IS NOT NULL THEN ${writeOperand(writer, pick, pickedOf(pick))} END`;
}

/** Rows that are alike in `by` are ranked by their value, so that the answer is the same each time. */
function writeRank(writer: SelectWriter, pick: AggregateExpression, groups: readonly Expression[]): string {
  const value = writeOperand(writer, pick, pickedOf(pick));
  const by = writeOperand(writer, pick, orderOf(pick));
  const partition = groups.map((group) => writeExpression(writer, group));
  const within = partition.length === 0 ? '' : `PARTITION BY ${partition.join(', ')} `;
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
  show: (text: string) => string,
): string {
  const { of, where } = aggregate;
  if (of === undefined) {
    return where === undefined
      ? 'COUNT(*)'
      : `COUNT(${show(`CASE WHEN ${writeCondition(writer, where)} THEN 1 END`)})`;
  }
  const value = show(writeOperand(writer, aggregate, of));
  switch (aggregate.function) {
    case 'countDistinct':
      return `COUNT(DISTINCT ${value})`;
    case 'avg':
      return writer.dialect.average(value);
    default:
      return `${aggregate.function.toUpperCase()}(${value})`;
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
