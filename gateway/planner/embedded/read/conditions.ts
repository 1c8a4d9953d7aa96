import type {
  ColumnExpression,
  ComparisonOperator,
  Condition,
} from '../../../../subgraphs/sql/table-query.js';
import { columnExpression, type Draft, freeItem, type Item, literalOf } from './draft.js';
import { tableLabel } from './measures.js';
import { isNumeric, nameStems } from './table-facts.js';

const WRITTEN: Readonly<Record<ComparisonOperator, string>> = {
  eq: '',
  ne: 'not ',
  lt: 'less than ',
  lte: 'at most ',
  gt: 'more than ',
  gte: 'at least ',
};

const SYMBOLS: Readonly<Record<ComparisonOperator, string>> = {
  eq: '=',
  ne: '≠',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
};

/** Values, conditions of the glossary, comparisons with numbers, yes-or-no columns. */
export function readConditions(draft: Draft): void {
  for (const item of draft.items) {
    if (item.used) continue;
    switch (item.meaning.kind) {
      case 'value':
        readValues(draft, item);
        break;
      case 'condition':
        readGlossaryCondition(draft, item);
        break;
      case 'comparison':
        readComparison(draft, item);
        break;
      case 'between':
        readBetween(draft, item);
        break;
      case 'column':
        readFlag(draft, item);
        readEquality(draft, item);
        break;
      default:
    }
  }
}

/** A value is a filter on its column; further values of the same column are alternatives. */
function readValues(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'value') return;
  const { table, column } = item.meaning;
  const values = [item.meaning.value];
  item.used = true;
  for (let next = item.index + 1; next < draft.items.length; next++) {
    const or = freeItem(draft, next, 'or');
    const other = freeItem(draft, or === undefined ? next : next + 1, 'value');
    if (other === undefined || other.meaning.column !== column) break;
    if (or !== undefined) {
      or.used = true;
      next += 1;
    }
    other.used = true;
    values.push(other.meaning.value);
  }
  nameOfColumn(draft, item.index, column.name);
  const of = columnExpression(draft, table, column);
  const literals = values.map((value) => literalOf(column, value));
  const condition: Condition =
    literals.length === 1
      ? { kind: 'comparison', operator: 'eq', left: of, right: literals[0]! }
      : { kind: 'in', of, values: literals };
  addFilter(draft, item.index, condition, `with ${column.label} ${values.join(' or ')}`);
}

/** `in the city of Seattle`, `Seattle venues' city`: the column's own name beside its value says nothing more. */
function nameOfColumn(draft: Draft, index: number, columnName: string): void {
  for (const neighbour of [index - 1, index + 1]) {
    const named = freeItem(draft, neighbour, 'column');
    if (named !== undefined && named.meaning.column.name === columnName) named.used = true;
  }
}

function readGlossaryCondition(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'condition') return;
  const { table, column, operator, literal } = item.meaning;
  item.used = true;
  const condition: Condition = {
    kind: 'comparison',
    operator,
    left: columnExpression(draft, table, column),
    right: literalOf(column, literal),
  };
  addFilter(draft, item.index, condition, `where ${column.label} ${SYMBOLS[operator]} ${literal}`);
}

/** `salary over 60000`, `more than 2 witnesses`, `departments with at least 20 employees`. */
function readComparison(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'comparison') return;
  const { operator } = item.meaning;
  const number = freeItem(draft, item.index + 1, 'number');
  if (number === undefined) return;
  const column = [item.index - 1, item.index + 2, item.index - 2]
    .map((index) => freeItem(draft, index, 'column'))
    .find((candidate) => candidate !== undefined && isNumeric(candidate.meaning.column));
  if (column !== undefined) {
    const { table, column: named } = column.meaning;
    for (const used of [item, number, column]) used.used = true;
    // "More than 2 injuries" counts them: a column that counts is likelier meant than an amount.
    if (column.index > item.index && nameStems(named.name).includes('number')) draft.penalty -= 0.15;
    const of = columnExpression(draft, table, named);
    addFilter(
      draft,
      item.index,
      { kind: 'comparison', operator, left: of, right: literalOf(named, number.meaning.value) },
      `with ${named.label} ${WRITTEN[operator]}${number.meaning.value}`,
    );
    return;
  }
  const counted = freeItem(draft, item.index + 2, 'table');
  if (counted !== undefined && counted.meaning.table === draft.scope.root) {
    for (const used of [item, number, counted]) used.used = true;
    const right = { kind: 'literal', value: number.meaning.value, type: 'BIGINT' } as const;
    draft.having.push({
      kind: 'comparison',
      operator,
      left: { kind: 'aggregate', function: 'count' },
      right,
    });
    draft.filterLabels.push(
      `with ${WRITTEN[operator]}${number.meaning.value} ${tableLabel(counted.meaning.table)}`,
    );
  }
}

function readBetween(draft: Draft, item: Item): void {
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
    item.index,
    condition,
    `with ${named.label} between ${low.meaning.value} and ${high.meaning.value}`,
  );
}

/** A yes-or-no column that is named is meant to be true: `users who like jazz`. */
function readFlag(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'column' || item.meaning.column.columnType !== 'BOOLEAN') return;
  if (draft.items[item.index - 1]?.meaning.kind === 'group') return;
  const { table, column } = item.meaning;
  item.used = true;
  const of: ColumnExpression = columnExpression(draft, table, column);
  addFilter(
    draft,
    item.index,
    { kind: 'comparison', operator: 'eq', left: of, right: literalOf(column, 'true') },
    `where ${column.label} is true`,
  );
}

/** A number right behind a numeric column is its value: `incident hour 5`. */
function readEquality(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'column' || item.used || !isNumeric(item.meaning.column)) return;
  const number = freeItem(draft, item.index + 1, 'number');
  if (number === undefined || number.mention.start !== item.mention.end) return;
  const { table, column } = item.meaning;
  item.used = true;
  number.used = true;
  const condition: Condition = {
    kind: 'comparison',
    operator: 'eq',
    left: columnExpression(draft, table, column),
    right: literalOf(column, number.meaning.value),
  };
  addFilter(draft, item.index, condition, `with ${column.label} ${number.meaning.value}`);
}

/** Adds a filter, turned round where a negation stands in front of it. */
export function addFilter(draft: Draft, index: number, condition: Condition, label: string): void {
  const negation =
    freeItem(draft, index - 1, 'negation') ??
    (draft.items[index - 1]?.used ? freeItem(draft, index - 2, 'negation') : undefined);
  if (negation === undefined) {
    draft.filters.push(condition);
    draft.filterLabels.push(label);
    return;
  }
  negation.used = true;
  draft.filters.push({ kind: 'not', condition });
  draft.filterLabels.push(`not ${label}`);
}
