import type { ComparisonOperator, Condition, Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { stem } from '../../../knowledge/text/tokenize.js';
import { columnExpression, type Draft, freeItem, type Item, literalOf, NAMED } from './draft.js';
import { entityOf, isEntity } from './entities.js';
import { addFilter } from './filters.js';
import { aggregateOf, tableLabel } from './measures.js';
import { isNumeric, nameStems } from './table-facts.js';

const WRITTEN: Readonly<Record<ComparisonOperator, string>> = {
  eq: '',
  ne: 'not ',
  lt: 'less than ',
  lte: 'at most ',
  gt: 'more than ',
  gte: 'at least ',
};

const AGE = stem('age');

/** `salary over 60000`, `more than 2 witnesses`, `departments with at least 20 employees`, `an average over 5`. */
export function readComparison(draft: Draft, item: Item): void {
  const number = freeItem(draft, item.index + 1, 'number');
  if (item.meaning.kind !== 'comparison' || number === undefined) return;
  const { operator } = item.meaning;
  const { value } = number.meaning;
  const column = comparedColumn(draft, item);
  const counted = freeItem(draft, item.index + 2, 'table');
  const aggregate = column === undefined ? undefined : freeItem(draft, column.index - 1, 'aggregate');
  if (column !== undefined && aggregate !== undefined) {
    for (const used of [item, number, column, aggregate]) used.used = true;
    const measure = aggregateOf(
      draft,
      aggregate.meaning.function,
      column.meaning.table,
      column.meaning.column,
    );
    addHaving(
      draft,
      item,
      measure.expression,
      operator,
      value,
      `${measure.label} ${WRITTEN[operator]}${value}`,
    );
  } else if (column !== undefined) {
    const { table, column: named } = column.meaning;
    for (const used of [item, number, column]) used.used = true;
    // "More than 2 injuries" counts them: a column that counts is likelier meant than an amount.
    if (column.index > item.index && nameStems(named.name).includes('number')) draft.penalty -= 0.15;
    // A column that is named in part only is a guess.
    if (column.mention !== undefined && column.mention.score < NAMED) draft.penalty += 1.2;
    const left = columnExpression(draft, table, named);
    const condition: Condition = { kind: 'comparison', operator, left, right: literalOf(named, value) };
    addFilter(draft, item, condition, `with ${named.label} ${WRITTEN[operator]}${value}`);
  } else if (counted !== undefined) {
    for (const used of [item, number, counted]) used.used = true;
    const { table } = counted.meaning;
    const key = table.columns.find((candidate) => candidate.name === table.primaryKey[0]);
    const isRoot = table === draft.scope.root;
    if (!isRoot && (key === undefined || table.primaryKey.length > 1)) draft.penalty += 1;
    const count: Expression =
      isRoot || key === undefined
        ? { kind: 'aggregate', function: 'count' }
        : { kind: 'aggregate', function: 'countDistinct', of: columnExpression(draft, table, key) };
    addHaving(draft, item, count, operator, value, `${WRITTEN[operator]}${value} ${tableLabel(table)}`);
  }
}

interface Compared {
  readonly index: number;
  used: boolean;
  readonly meaning: { readonly table: AskTable; readonly column: AskColumn };
  readonly mention?: { readonly score: number };
}

/** The numeric column next to a comparison; where none is and somebody is older or younger, the age. */
function comparedColumn(draft: Draft, item: Item): Compared | undefined {
  const near = [item.index - 1, item.index + 2, item.index - 2]
    .filter((index) => draft.items[index - 1]?.meaning.kind !== 'count' || index > item.index)
    .map((index) => freeItem(draft, index, 'column'))
    .find((candidate) => candidate !== undefined && isNumeric(candidate.meaning.column));
  if (near !== undefined) return near;
  const isAge = ['older', 'younger'].includes(draft.tokens[item.mention.start]!.lower);
  const table = draft.scope.root;
  const age = isAge
    ? table.columns.find((column) => isNumeric(column) && nameStems(column.name).includes(AGE))
    : undefined;
  return age === undefined ? undefined : { index: -1, used: false, meaning: { table, column: age } };
}

/** A condition on groups: those of what is asked for, which come before it. */
function addHaving(
  draft: Draft,
  item: Item,
  left: Expression,
  operator: ComparisonOperator,
  value: string,
  label: string,
): void {
  const right = { kind: 'literal', value: Number(value), type: 'FLOAT' } as const;
  draft.having.push({ kind: 'comparison', operator, left, right });
  draft.havingLabels.push(`with ${label}`);
  const asked = draft.items.slice(0, item.index).find((candidate) => !candidate.used && isEntity(candidate));
  const entity = asked === undefined ? undefined : entityOf(draft, asked);
  if (asked === undefined || entity === undefined) {
    draft.penalty += 1.5;
    return;
  }
  asked.used = true;
  draft.groups.push(...entity.labels, ...entity.identity.map((key) => ({ ...key, label: '' })));
}

export function readBetween(draft: Draft, item: Item): void {
  const low = freeItem(draft, item.index + 1, 'number');
  const high = freeItem(draft, item.index + 2, 'number');
  const column = freeItem(draft, item.index - 1, 'column') ?? freeItem(draft, item.index + 3, 'column');
  if (low === undefined || high === undefined || column === undefined || !isNumeric(column.meaning.column))
    return;
  for (const used of [item, low, high, column]) used.used = true;
  const { table, column: named } = column.meaning;
  const of = columnExpression(draft, table, named);
  const condition: Condition = {
    kind: 'and',
    conditions: [
      { kind: 'comparison', operator: 'gte', left: of, right: literalOf(named, low.meaning.value) },
      { kind: 'comparison', operator: 'lte', left: of, right: literalOf(named, high.meaning.value) },
    ],
  };
  addFilter(
    draft,
    item,
    condition,
    `with ${named.label} between ${low.meaning.value} and ${high.meaning.value}`,
  );
}
