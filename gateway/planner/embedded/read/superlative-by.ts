import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { tokenize } from '../../../knowledge/text/tokenize.js';
import type { SuperlativeHint } from '../meaning.js';
import { columnExpression, type Draft, freeItem, type Item, type Measure, NAMED } from './draft.js';
import { measureAt, performanceMeasure, rowCount } from './measures.js';
import { addsUp, isBirth, isNumeric, isTime, nameStems } from './table-facts.js';
import { defaultTime } from './times.js';

/** What a superlative chooses by: a column of rows, or a figure of groups. */
export type By =
  | { readonly kind: 'column'; readonly table: AskTable; readonly column: AskColumn; readonly turned?: true }
  | { readonly kind: 'measure'; readonly measure: Measure };

/** What is named as the measure, else what the superlative itself is about. */
export function whatBy(
  draft: Draft,
  item: Item,
  second: Item | undefined,
  hint: SuperlativeHint | undefined,
): By | undefined {
  const performance = draft.items.find((other) => other.meaning.kind === 'performance' && !other.used);
  if (performance !== undefined || hint === 'quality') {
    const explicit = explicitBy(draft, item);
    if (explicit !== undefined) return explicit;
    const measure = performanceMeasure(draft);
    if (measure === undefined) return undefined;
    if (performance !== undefined) {
      performance.used = true;
      const by = freeItem(draft, performance.index - 1, 'group');
      if (by !== undefined) by.used = true;
    }
    return { kind: 'measure', measure };
  }
  if (hint === 'count') return { kind: 'measure', measure: rowCount(draft.scope.root) };
  if (hint === 'money') return dearness(draft, item);
  return (
    explicitBy(draft, second ?? item) ??
    explicitBy(draft, item) ??
    precedingBy(draft, item) ??
    hintedBy(draft, hint)
  );
}

/** `the most expensive ticket`: the ticket's price, not the number that the ticket may also be the name of. */
function dearness(draft: Draft, item: Item): By | undefined {
  const by = hintedBy(draft, 'money');
  const thing = draft.items[item.index + 1];
  if (by?.kind === 'column' && thing?.meaning.kind === 'column' && isNumeric(thing.meaning.column)) {
    const said = draft.tokens.slice(thing.mention.start, thing.mention.end).map((token) => token.stem);
    if (nameStems(by.column.name).some((word) => said.includes(word))) thing.used = true;
  }
  return by;
}

/** The measure that is named: right behind the superlative, or after a `by`. */
function explicitBy(draft: Draft, item: Item): By | undefined {
  for (let index = item.index + 1; index < draft.items.length; index++) {
    const next = draft.items[index]!;
    if (next.used || next.meaning.kind === 'superlative') continue;
    if (next.meaning.kind === 'group' || next.meaning.kind === 'order') {
      const behind = draft.items[index + 1];
      if (behind !== undefined && !behind.used && isMeasure(behind)) next.used = true;
      continue;
    }
    const counted = next.meaning.kind === 'count' ? draft.items[index + 1] : undefined;
    if (counted?.meaning.kind === 'column' && !counted.used && isNumeric(counted.meaning.column)) {
      // The number of seats is not counted: it is the value of the column.
      next.used = true;
      counted.used = true;
      return { kind: 'column', table: counted.meaning.table, column: counted.meaning.column };
    }
    if (['count', 'aggregate', 'metric'].includes(next.meaning.kind)) {
      const [measure] = measureAt(draft, index);
      return measure === undefined ? undefined : { kind: 'measure', measure };
    }
    const most =
      item.meaning.kind === 'superlative' && item.meaning.hint === 'rows' && item.meaning.count === undefined;
    if (next.meaning.kind === 'column' && isTime(next.meaning.column) && most) {
      // "The most hires" are the most rows: the date says when, not how much.
      next.used = true;
      return { kind: 'measure', measure: rowCount(draft.scope.root) };
    }
    if (next.meaning.kind === 'column' && isMeasure(next)) {
      next.used = true;
      const verb = verbOf(draft, item, next);
      if (verb !== undefined) {
        verb.used = true;
        return { kind: 'column', table: verb.meaning.table, column: verb.meaning.column };
      }
      if (next.mention.score < NAMED) draft.penalty += 1.5;
      // "The most" is said of what can be counted or added up, not of a price.
      if (most && isNumeric(next.meaning.column) && !addsUp(next.meaning.column)) draft.penalty += 0.6;
      return { kind: 'column', table: next.meaning.table, column: next.meaning.column };
    }
    const counts =
      item.meaning.kind === 'superlative' &&
      (item.meaning.hint === 'rows' || item.meaning.hint === undefined);
    if (next.meaning.kind === 'table' && index === item.index + 1 && counts) {
      const reach = draft.scope.reaches.get(next.meaning.table.name)?.[0];
      if (reach === undefined) return undefined;
      next.used = true;
      return { kind: 'measure', measure: countOf(draft, next.meaning.table) };
    }
    if (next.meaning.kind !== 'table' && next.meaning.kind !== 'column') return undefined;
  }
  return undefined;
}

/** `sold the most tickets`: the quantity sold, whose comment speaks of tickets; not the tickets of something else. */
function verbOf(draft: Draft, item: Item, noun: Item) {
  const verb = freeItem(draft, item.index - 1, 'column');
  if (verb === undefined || !isNumeric(verb.meaning.column) || !addsUp(verb.meaning.column)) return undefined;
  const { name, comment } = verb.meaning.column;
  const said = new Set([...nameStems(name), ...tokenize(comment).map((token) => token.stem)]);
  const words = draft.tokens.slice(noun.mention.start, noun.mention.end);
  return words.every((token) => said.has(token.stem)) ? verb : undefined;
}

/** `who earns the most`, `hired first`: the column right in front. */
function precedingBy(draft: Draft, item: Item): By | undefined {
  // "The volume of AAPL the highest": whose it is may stand in between.
  const steps = draft.items[item.index - 1]?.meaning.kind === 'value' ? 2 : 1;
  const before = freeItem(draft, item.index - steps, 'column');
  if (before === undefined || !isMeasure(before)) return undefined;
  before.used = true;
  return { kind: 'column', table: before.meaning.table, column: before.meaning.column };
}

function countOf(draft: Draft, table: AskTable): Measure {
  if (table === draft.scope.root) return rowCount(table);
  const key = table.columns.find((column) => column.name === table.primaryKey[0]);
  if (key === undefined) return rowCount(draft.scope.root);
  draft.penalty += 0.15;
  return {
    ...rowCount(table),
    expression: { kind: 'aggregate', function: 'countDistinct', of: columnExpression(draft, table, key) },
  };
}

/** The column that an adjective is about: the oldest has the earliest birth date, the largest claim the largest amount. */
function hintedBy(draft: Draft, hint: SuperlativeHint | undefined): By | undefined {
  const columns = [...draft.scope.reaches.values()].flatMap(([reach]) =>
    reach?.fan === 'one' ? reach.table.columns.map((column) => ({ table: reach.table, column })) : [],
  );
  const named = (words: readonly string[]) =>
    columns.find(
      ({ column }) =>
        isNumeric(column) &&
        nameStems(column.name).some((word) => words.some((other) => nameStems(other)[0] === word)),
    );
  const wrap = (found: { table: AskTable; column: AskColumn } | undefined, turned?: true): By | undefined =>
    found === undefined
      ? undefined
      : { kind: 'column', ...found, ...(turned === undefined ? {} : { turned }) };
  switch (hint) {
    case 'age':
      return (
        wrap(named(['age'])) ??
        wrap(
          columns.find(({ column }) => isBirth(column)),
          true,
        )
      );
    case 'youth': {
      const age = named(['age']);
      return age === undefined ? wrap(columns.find(({ column }) => isBirth(column))) : wrap(age, true);
    }
    case 'time': {
      const time = defaultTime(draft);
      return time === undefined ? undefined : wrap({ table: time.table, column: time.column });
    }
    case 'money':
      return wrap(named(['price', 'cost', 'amount', 'paid', 'fee', 'premium']));
    case 'pay':
      return wrap(named(['salary', 'wage', 'pay', 'income']));
    case 'rating':
      return wrap(named(['rating', 'score', 'stars']));
    case 'size':
      return wrap(
        named([
          'size',
          'seats',
          'capacity',
          'area',
          'population',
          'length',
          'duration',
          'height',
          'distance',
        ]) ?? (asksForMore(draft) ? undefined : (named(['total']) ?? named(['amount']))),
      );
    default:
      return undefined;
  }
}

function isMeasure(item: Item): boolean {
  if (item.meaning.kind === 'column') return isNumeric(item.meaning.column) || isTime(item.meaning.column);
  return item.meaning.kind === 'count' || item.meaning.kind === 'aggregate';
}

/** Whether something is asked of what a superlative chooses: then more than its size has to be found out. */
function asksForMore(draft: Draft): boolean {
  return draft.items.some(({ used, meaning }) => !used && meaning.kind === 'column');
}
