import type { Period } from '../recognise/period.js';
import { type Chunk, TIMES } from './chunk.js';
import { readComparedRows } from './parse-compared-rows.js';
import type { OperatorChunk, ParserState } from './parser-state.js';
import { looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Operand, Phrase } from './request.js';

/** "Before 1800" and "after 1990", of whole years. */
function yearPeriod(operator: string, year: number): Period | undefined {
  const day = (at: number) => `${at}-01-01`;
  const label = `${operator} ${year}`;
  if (operator === 'lt') return { kind: 'range', to: day(year), label } as Period;
  if (operator === 'gt') return { kind: 'range', from: day(year + 1), label } as Period;
  if (operator === 'gte') return { kind: 'range', from: day(year), label } as Period;
  if (operator === 'lte') return { kind: 'range', to: day(year + 1), label } as Period;
  return undefined;
}

export function readComparison(state: ParserState, chunk: OperatorChunk): void {
  if (chunk.operator.kind !== 'comparison') return;
  const { operator } = chunk.operator;
  const said = state.tokens[chunk.start]!.lower;
  if (state.hasAsked()) state.head = false;
  let next = state.ahead(state.at + 1);
  if (next === undefined) {
    state.request.fault = 'a comparison without an end';
    return;
  }
  if (readComparedRows(state, operator, next)) return;
  const named = columnBefore(state, next);
  if (named !== undefined) {
    state.flush();
    state.pending = named.column;
    state.pendingLead = [...state.lead];
    next = named.next;
  }
  const year = next.chunk.kind === 'period' ? next.chunk.year : undefined;
  const value = next.chunk.kind === 'number' ? next.chunk.value : year;
  if (
    value === undefined ||
    next.words.some((word) => !['the', 'a', 'an', 'of', 'to', 'or', 'in', 'year'].includes(word))
  ) {
    state.request.fault = 'compared with what';
    return;
  }
  const { lead } = state;
  state.at = next.index + 1;
  state.lead = [];
  if (state.measure !== undefined) {
    state.having({ operator, value, of: state.measure });
    state.measure = undefined;
    return;
  }
  const times = state.chunks[state.at];
  const isAdverb = TIMES.has(state.tokens[next.chunk.start]!.lower);
  if (isAdverb || isRows(times)) {
    state.flush();
    state.advance(isAdverb ? state.at : state.at + 1);
    state.having({ operator, value, of: { kind: 'count' } });
    return;
  }
  const before = state.request.clauses.at(-1);
  const again = lead.includes('or') && before?.kind === 'compare' ? before.column : undefined;
  const column = state.takePending() ?? again ?? state.takeAdjacentTerm(chunk.start);
  const operand: Operand = { kind: 'number', value };
  state.lead.push(...lead.filter((word) => word === 'or'));
  if (column !== undefined) {
    state.clause({ kind: 'compare', column, operator, operand, negated: state.takeNegation() });
    return;
  }
  const behind = state.ahead(state.at);
  const phrase =
    behind?.chunk.kind === 'phrase' &&
    behind.words.every((word) => ['of', 'the', 'different', 'distinct', 'in'].includes(word))
      ? behind.chunk.phrase
      : undefined;
  if (phrase !== undefined && !looksLikeValue(phrase, undefined)) {
    const distinct = behind!.words.includes('distinct');
    state.advance(behind!.index + 1);
    if (
      !looksLikeTable(phrase) &&
      phrase.columns.length > 0 &&
      !(phrase.tables.length > 0 && phrase.plural)
    ) {
      state.clause({
        kind: 'compare',
        column: phrase,
        operator,
        operand,
        negated: state.takeNegation(),
      });
      return;
    }
    state.having({
      operator,
      value,
      of: { kind: 'count', phrase, ...(distinct ? { distinct: true as const } : {}) },
    });
    state.lastTable = phrase;
    return;
  }
  if (/^(1[5-9]|20)\d\d$/.test(value) && !['older', 'younger'].includes(said)) {
    const period = yearPeriod(operator, Number(value));
    if (period !== undefined) {
      state.clause({ kind: 'period', column: undefined, period, negated: state.takeNegation() });
      return;
    }
  }
  const hint = ['older', 'younger'].includes(said) ? { hint: 'age' as const } : {};
  state.clause({
    kind: 'compare',
    column: undefined,
    operator,
    operand,
    negated: state.takeNegation(),
    ...hint,
  });
}

/** Words for the rows themselves, or for how often something is there. */
const ROWS = /^(times?|records?|entry|entries|rows?|occurrences?)$/;

function isRows(chunk: Chunk | undefined): boolean {
  return (chunk?.kind === 'unknown' || chunk?.kind === 'word') && ROWS.test(chunk.token.lower);
}

type Next = NonNullable<ReturnType<ParserState['ahead']>>;

/** `before the year of 2000`, `above the age of 30`: the column stands between the comparison and its number. */
function columnBefore(
  state: ParserState,
  { chunk, index, words }: Next,
): { column: Phrase; next: Next } | undefined {
  if (
    state.pending !== undefined ||
    chunk.kind !== 'phrase' ||
    words.some((word) => !['the', 'a', 'an'].includes(word))
  )
    return undefined;
  const next = state.ahead(index + 1);
  const isNumber =
    next?.chunk.kind === 'number' || (next?.chunk.kind === 'period' && next.chunk.year !== undefined);
  if (next === undefined || !isNumber || next.words.join(' ') !== 'of' || chunk.phrase.columns.length === 0)
    return undefined;
  return { column: chunk.phrase, next: { ...next, words: [] } };
}

export function readBetween(state: ParserState): void {
  const low = state.ahead(state.at + 1);
  const high = low === undefined ? undefined : state.ahead(low.index + 1);
  const numberOf = (chunk: Chunk | undefined) =>
    chunk?.kind === 'number' ? chunk.value : chunk?.kind === 'period' ? chunk.year : undefined;
  const [from, to] = [numberOf(low?.chunk), numberOf(high?.chunk)];
  const column = state.takePending() ?? state.takeAdjacentTerm(state.chunks[state.at]!.start);
  if (from === undefined || to === undefined || column === undefined) {
    state.request.fault = 'between what';
    return;
  }
  state.clause({ kind: 'between', column, low: from, high: to, negated: state.takeNegation() });
  state.advance(high!.index + 1);
}
