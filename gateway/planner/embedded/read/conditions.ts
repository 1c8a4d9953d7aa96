import type { ComparisonOperator, Condition, TextMatch } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { isContent, stem } from '../../../knowledge/text/tokenize.js';
import { readBetween, readComparison } from './comparisons.js';
import { columnExpression, type Draft, freeItem, type Item, literalOf, NAMED } from './draft.js';
import { addFilter } from './filters.js';
import { isNumeric, nameStems } from './table-facts.js';

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
      case 'text':
        readText(draft, item);
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
  let alternatives = false;
  item.used = true;
  for (let next = item.index + 1; next < draft.items.length; next++) {
    const or = freeItem(draft, next, 'or');
    const other = freeItem(draft, or === undefined ? next : next + 1, 'value');
    if (other === undefined || other.meaning.column !== column) break;
    if (or !== undefined) {
      alternatives = true;
      or.used = true;
      next += 1;
    }
    other.used = true;
    values.push(other.meaning.value);
  }
  nameOfColumn(draft, item.index, column.name);
  const of = columnExpression(draft, table, column);
  // "A and B" are two things to be told apart, "A or B" are one.
  if (values.length > 1 && !alternatives) draft.compared.push({ expression: of, label: column.label });
  const literals = values.map((value) => literalOf(column, value));
  const condition: Condition =
    literals.length === 1
      ? { kind: 'comparison', operator: 'eq', left: of, right: literals[0]! }
      : { kind: 'in', of, values: literals };
  addFilter(draft, item, condition, `with ${column.label} ${values.join(' or ')}`);
}

/** `in the city of Seattle`, `Seattle venues' city`: the column's own name beside its value says nothing more. */
function nameOfColumn(draft: Draft, index: number, columnName: string): void {
  const before = draft.items[index - 1]?.meaning.kind === 'negation' ? index - 2 : index - 1;
  for (const neighbour of [before, index + 1]) {
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
  addFilter(draft, item, condition, `where ${column.label} ${SYMBOLS[operator]} ${literal}`);
}

/**
 * A column of yes and no that is named is meant to be yes: `users who like jazz`, `claims with a police report`. A
 * negation in front of it, as in front of a number (`no witnesses`), turns that round.
 */
function readFlag(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'column' || draft.items[item.index - 1]?.meaning.kind === 'group') return;
  const { table, column } = item.meaning;
  const negation = freeItem(draft, item.index - 1, 'negation');
  const flag = flagValues(draft, table, column);
  const isNone =
    negation !== undefined && ['no', 'without'].includes(draft.tokens[negation.mention.start]!.lower);
  const none = isNone && flag === undefined && isNumeric(column) ? '0' : undefined;
  const value = none ?? (negation === undefined ? flag?.yes : flag?.no);
  if (value === undefined) return;
  // "No events" is no dislike of what a comment calls "sports events".
  if (negation !== undefined && item.mention.score < NAMED) return;
  item.used = true;
  if (negation !== undefined) negation.used = true;
  const left = columnExpression(draft, table, column);
  const condition = { kind: 'comparison', operator: 'eq', left, right: literalOf(column, value) } as const;
  draft.filters.push({ condition, item, label: `where ${column.label} is ${value.toLowerCase()}` });
}

/** The two values of a yes-or-no column, whichever way it writes them. */
function flagValues(
  draft: Draft,
  table: AskTable,
  column: AskColumn,
): { yes: string; no: string } | undefined {
  if (column.columnType === 'BOOLEAN') return { yes: 'true', no: 'false' };
  const values = draft.scope.profile.columnFacts(table.domain, table.name, column.name)?.values ?? [];
  if (values.length === 0 || values.length > 3) return undefined;
  const find = (words: readonly string[]) => values.find((value) => words.includes(value.toLowerCase()));
  const yes = find(['yes', 'y', 'true', 't']);
  const no = find(['no', 'n', 'false', 'f']);
  return yes === undefined || no === undefined ? undefined : { yes, no };
}

const YEAR = stem('year');
/** `tickets in 2008` says when, unless the column holds years. */
const WHEN: ReadonlySet<string> = new Set(['in', 'during', 'since', 'until', 'before', 'after']);

/** A number right behind a numeric column is its value: `incident hour 5`, `a deductible of 500`. */
function readEquality(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'column' || item.used || !isNumeric(item.meaning.column)) return;
  const number = freeItem(draft, item.index + 1, 'number');
  if (number === undefined) return;
  const between = draft.tokens.slice(item.mention.end, number.mention.start);
  if (between.some(isContent)) return;
  const { table, column } = item.meaning;
  if (between.some(({ lower }) => WHEN.has(lower)) && !nameStems(column.name).includes(YEAR)) return;
  item.used = true;
  number.used = true;
  const left = columnExpression(draft, table, column);
  const condition: Condition = {
    kind: 'comparison',
    operator: 'eq',
    left,
    right: literalOf(column, number.meaning.value),
  };
  addFilter(draft, item, condition, `with ${column.label} ${number.meaning.value}`);
}

/** `a last name starting with K`: a word or a quoted text behind a text column. */
function readText(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'text') return;
  const column = freeItem(draft, item.index - 1, 'column');
  const token = draft.tokens[item.mention.end];
  if (
    column === undefined ||
    column.meaning.column.columnType !== 'STRING' ||
    token === undefined ||
    token.kind === 'mark'
  )
    return;
  for (const used of [item, column]) used.used = true;
  for (const other of draft.items) if (other.mention.start === item.mention.end) other.used = true;
  draft.literals.add(item.mention.end);
  const of = columnExpression(draft, column.meaning.table, column.meaning.column);
  const condition: Condition = {
    kind: 'text',
    match: item.meaning.match,
    letters: 'caseInsensitive',
    of,
    value: token.text,
  };
  addFilter(
    draft,
    column,
    condition,
    `with ${column.meaning.column.label} ${TEXT_MATCHES[item.meaning.match]} “${token.text}”`,
  );
}

const TEXT_MATCHES: Readonly<Record<TextMatch, string>> = {
  contains: 'containing',
  startsWith: 'starting with',
  endsWith: 'ending with',
  equals: '',
};
