import type { AggregateFunction, ComparisonOperator } from '../../../../subgraphs/sql/table-query.js';
import type { Chunk } from './chunk.js';
import { OF, type ParserState, RELATIVE } from './parser-state.js';
import { looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Clause, Either, Phrase } from './request.js';

const ALL = new Set(['all', 'any', 'every', 'each', 'some']);

type Next = { readonly chunk: Chunk; readonly index: number; readonly words: readonly string[] };

/** `than the average price`, `than the largest size`, `than that of all colleges in Texas`; false where it is none. */
export function readComparedRows(state: ParserState, operator: ComparisonOperator, next: Next): boolean {
  const fn = figureOf(next.chunk);
  if (fn !== undefined) {
    const counted = state.ahead(next.index + 1);
    const of =
      counted?.chunk.kind === 'operator' && counted.chunk.operator.kind === 'count'
        ? state.ahead(counted.index + 1)
        : counted;
    const phrase =
      of?.chunk.kind === 'phrase' && of.chunk.phrase.columns.length > 0 ? of.chunk.phrase : undefined;
    compare(state, operator, fn, phrase, phrase === undefined ? next.index + 1 : of!.index + 1);
    return true;
  }
  const least = atLeastOne(state, operator, next);
  if (least !== undefined) {
    compare(state, operator, least.extreme, undefined, least.end);
    return true;
  }
  if (next.chunk.kind !== 'phrase' || looksLikeValue(next.chunk.phrase, undefined)) return false;
  const { phrase } = next.chunk;
  // "More than the order with number 7": the one row that is named.
  if (
    next.words.join(' ') === 'the' &&
    looksLikeTable(phrase) &&
    !phrase.plural &&
    state.isSubject(phrase) &&
    state.pending !== undefined
  ) {
    compare(state, operator, 'max', undefined, state.at + 1);
    return true;
  }
  const isColumn = phrase.columns.length > 0 && !looksLikeTable(phrase);
  const behind = isColumn ? state.ahead(next.index + 1) : next;
  const extreme = behind === undefined ? undefined : extremeOf(operator, behind.words);
  if (extreme === undefined) return false;
  compare(state, operator, extreme, isColumn ? phrase : undefined, isColumn ? next.index + 1 : state.at + 1);
  return true;
}

/** "Than at least one instructor": than the least of them, or the most where it is less. */
function atLeastOne(
  state: ParserState,
  operator: ComparisonOperator,
  { chunk, index }: Next,
): { extreme: 'min' | 'max'; end: number } | undefined {
  const isAtLeast =
    chunk.kind === 'operator' && chunk.operator.kind === 'comparison' && chunk.operator.operator === 'gte';
  const one = state.ahead(index + 1);
  const behind = state.ahead(index + 2);
  if (!isAtLeast || one?.chunk.kind !== 'number' || one.chunk.value !== '1') return undefined;
  if (behind?.chunk.kind !== 'phrase' || !looksLikeTable(behind.chunk.phrase)) return undefined;
  return { extreme: operator.startsWith('gt') ? 'min' : 'max', end: index + 2 };
}

function figureOf(chunk: Chunk): AggregateFunction | undefined {
  if (chunk.kind !== 'operator') return undefined;
  const { operator } = chunk;
  if (operator.kind === 'aggregate') return operator.function;
  if (operator.kind !== 'superlative') return undefined;
  if (operator.hint !== undefined && operator.hint !== 'size') return undefined;
  return operator.direction === 'DESC' ? 'max' : 'min';
}

/** More than all, or than any, is more than the most; more than some more than the least. */
function extremeOf(operator: ComparisonOperator, words: readonly string[]): 'min' | 'max' | undefined {
  const isAll = words.some((word) => ['all', 'every', 'each', 'any'].includes(word));
  const isSome = words.includes('some');
  if (isAll === isSome || !['gt', 'gte', 'lt', 'lte'].includes(operator)) return undefined;
  return operator.startsWith('gt') === isAll ? 'max' : 'min';
}

function compare(
  state: ParserState,
  operator: ComparisonOperator,
  fn: AggregateFunction,
  phrase: Phrase | undefined,
  end: number,
): void {
  const column = state.takePending() ?? phrase;
  if (column === undefined) {
    state.request.fault = `the ${fn} of what`;
    return;
  }
  const clauses: (Clause | Either)[] = [];
  const operand = { kind: 'aggregate', function: fn, column: phrase, clauses } as const;
  state.clause({ kind: 'compare', column, operator, operand, negated: state.takeNegation() });
  state.advance(end);
  readRows(state, clauses);
}

/** `than the average of all students`, `… of the students from Austin`: of which rows the figure is. */
function readRows(state: ParserState, clauses: (Clause | Either)[]): void {
  const next = state.ahead(state.at);
  if (next === undefined) return;
  const isTable = next.chunk.kind === 'phrase' && looksLikeTable(next.chunk.phrase);
  const isSame =
    next.chunk.kind === 'phrase' &&
    isTable &&
    (state.isSubject(next.chunk.phrase) || next.words.some((word) => ALL.has(word)));
  // "Than the largest college in Florida": those that are compared with, too.
  const isSaid = next.words.some((word) => OF.has(word) || RELATIVE.has(word) || ALL.has(word));
  if (!isSaid && !(isSame && next.words.every((word) => word === 'the'))) return;
  const more = isSame ? state.ahead(next.index + 1) : next;
  if (isSame) state.advance(next.index + 1);
  if (more === undefined) return;
  const ends =
    more.chunk.kind === 'operator' &&
    (['order', 'superlative', 'group'].includes(more.chunk.operator.kind) ||
      (more.chunk.operator.kind === 'ask' && more.chunk.operator.wants !== 'entity'));
  if (!ends && !more.words.includes('and')) state.inner = clauses;
}
