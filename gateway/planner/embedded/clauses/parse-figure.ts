import type { AggregateFunction } from '../../../../subgraphs/sql/table-query.js';
import { isKey, isNumeric } from '../read/table-facts.js';
import type { ParserState } from './parser-state.js';
import { looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Measured, Phrase } from './request.js';

export function readCount(state: ParserState): void {
  const next = state.ahead(state.at + 1);
  if (
    next?.chunk.kind === 'operator' &&
    next.words.every((word) => ['the', 'all', 'of', 'a'].includes(word))
  ) {
    const inner = next.chunk.operator;
    if (inner.kind === 'count' || (inner.kind === 'aggregate' && inner.function === 'sum')) {
      state.at = next.index;
      return;
    }
  }
  const isPhrase = next?.chunk.kind === 'phrase' && !looksLikeValue(next.chunk.phrase, undefined);
  const phrase = isPhrase && next.chunk.kind === 'phrase' ? next.chunk.phrase : undefined;
  const distinct = next?.words.includes('distinct') === true || state.distinct;
  if (phrase !== undefined && isMeasured(state, state.at)) {
    state.flush();
    state.measure = { kind: 'count', phrase, ...(distinct ? { distinct: true as const } : {}) };
    state.distinct = false;
    state.advance(next!.index + 1);
    return;
  }
  const isLate = !state.head && !state.said('and', ',', '.', 'with');
  if (isLate) {
    state.request.fault = 'a count in a condition';
    return;
  }
  state.flush();
  state.distinct = false;
  const first = !state.hasAsked();
  state.request.terms.push({
    function: 'count',
    ...(phrase === undefined ? {} : { phrase }),
    ...(distinct ? { distinct: true as const } : {}),
  });
  if (phrase !== undefined && first && looksLikeTable(phrase)) state.request.subject = phrase;
  state.lastTable = phrase !== undefined && phrase.tables.length > 0 ? phrase : undefined;
  state.advance(phrase === undefined ? state.at + 1 : next!.index + 1);
  if (state.request.groups.length === 0) state.head = true;
}

/** Whether a figure is compared, so that it is a condition: "with a number of orders above 5". */
function isMeasured(state: ParserState, from: number): boolean {
  if (state.head) return false;
  for (let index = from + 1; index < Math.min(state.chunks.length, from + 7); index++) {
    const chunk = state.chunks[index]!;
    if (chunk.kind === 'operator' && chunk.operator.kind === 'comparison') return true;
    if (chunk.kind === 'mark' || (chunk.kind === 'word' && chunk.token.lower === 'and')) return false;
  }
  return false;
}

/** "The employee with the maximum salary": the row that has it. */
function readExtreme(
  state: ParserState,
  [fn, ...others]: readonly AggregateFunction[],
  phrase: Phrase,
): boolean {
  const isOwned =
    state.said('with', 'has', 'have', 'having', 'had', 'that', 'which') && !state.said('and', ',');
  if (others.length > 0 || !isOwned || (fn !== 'max' && fn !== 'min') || state.request.rank !== undefined)
    return false;
  const limit = state.takeLimit() ?? 1;
  state.request.rank = { direction: fn === 'max' ? 'DESC' : 'ASC', by: { kind: 'column', phrase }, limit };
  return true;
}

/** Whether there is anything to add up in what a phrase names. */
function namesFigures(phrase: Phrase): boolean {
  return (
    phrase.columns.length > 0 &&
    !(looksLikeTable(phrase) && phrase.columns.every(({ column, quality }) => quality < 0.6 || isKey(column)))
  );
}

export function readAggregate(state: ParserState, first: AggregateFunction): void {
  const start = state.at;
  const functions: AggregateFunction[] = [first];
  let index = state.at + 1;
  for (; index < state.chunks.length; index++) {
    const chunk = state.chunks[index]!;
    if (chunk.kind === 'operator' && chunk.operator.kind === 'aggregate')
      functions.push(chunk.operator.function);
    else if (
      chunk.kind === 'operator' &&
      chunk.operator.kind === 'superlative' &&
      (chunk.operator.hint === undefined || chunk.operator.hint === 'size')
    )
      functions.push(chunk.operator.direction === 'DESC' ? 'max' : 'min');
    else if (
      !(chunk.kind === 'mark' && chunk.token.text === ',') &&
      !(
        chunk.kind === 'word' &&
        ['and', 'the', 'of', 'all', 'value', 'values', 'as', 'well'].includes(chunk.token.lower)
      )
    )
      break;
  }
  const numbered = state.chunks[index];
  const behindNumber =
    numbered?.kind === 'operator' && numbered.operator.kind === 'count' ? state.ahead(index + 1) : undefined;
  if (
    behindNumber?.chunk.kind === 'phrase' &&
    behindNumber.chunk.phrase.columns.some(({ column, quality }) => isNumeric(column) && quality >= 0.6)
  )
    index = behindNumber.index;
  const target = state.chunks[index];
  if (target?.kind !== 'phrase' || !namesFigures(target.phrase)) {
    const counted = target?.kind === 'operator' && target.operator.kind === 'count';
    const isAmount = state.tokens
      .slice(state.chunks[start]!.start, state.chunks[start]!.end)
      .some((token) => token.lower === 'amount' || token.lower === 'much');
    const isTable = target?.kind === 'phrase' && functions.length === 1 && first === 'sum' && !isAmount;
    if (isTable || counted) {
      state.at = index - (counted ? 0 : 1);
      if (counted && first !== 'sum') state.request.fault = 'an aggregate of counts';
      else readCount(state);
      return;
    }
    state.request.fault = `${first} of what`;
    return;
  }
  if (isMeasured(state, start) && functions.length === 1) {
    state.flush();
    state.measure = { kind: 'aggregate', function: first, phrase: target.phrase };
    state.advance(index + 1);
    return;
  }
  if (!state.head && readExtreme(state, functions, target.phrase)) {
    state.advance(index + 1);
    return;
  }
  if (!state.head && !state.said('and', ',', '.')) {
    state.request.fault = 'an aggregate in a condition';
    return;
  }
  state.flush();
  state.head = true;
  for (const fn of functions) state.request.terms.push({ function: fn, phrase: target.phrase });
  state.advance(index + 1);
  // "The average price and cost": the same of each.
  for (;;) {
    const joint = state.chunks[state.at];
    const more = state.ahead(state.at + (joint?.kind === 'mark' ? 1 : 0));
    const isJoined =
      joint?.kind === 'mark'
        ? joint.token.text === ','
        : joint?.kind === 'word' && joint.token.lower === 'and';
    if (
      !isJoined ||
      more?.chunk.kind !== 'phrase' ||
      more.chunk.phrase.columns.length === 0 ||
      looksLikeTable(more.chunk.phrase)
    )
      return;
    if (more.words.some((word) => !['and', 'the'].includes(word))) return;
    const [best] = [...more.chunk.phrase.columns].sort((a, b) => b.quality - a.quality);
    if (best === undefined || !isNumeric(best.column)) return;
    for (const fn of functions) state.request.terms.push({ function: fn, phrase: more.chunk.phrase });
    state.advance(more.index + 1);
  }
}

/** What something is measured by, where it is named there: a column, a count, an aggregate. */
export function measuredAt(
  state: ParserState,
  from: number,
): { measured: Measured; end: number; bare: boolean } | undefined {
  const next = state.ahead(from);
  if (
    next === undefined ||
    next.words.some(
      (word) => !['the', 'of', 'a', 'an', 'all', 'distinct', 'any', 'their', 'its', 'in'].includes(word),
    )
  )
    return undefined;
  const { chunk } = next;
  if (chunk.kind === 'operator' && chunk.operator.kind === 'count') {
    const counted = state.ahead(next.index + 1);
    if (counted?.chunk.kind !== 'phrase') return undefined;
    return {
      measured: { kind: 'count', phrase: counted.chunk.phrase },
      end: counted.index + 1,
      bare: false,
    };
  }
  if (chunk.kind === 'operator' && chunk.operator.kind === 'aggregate') {
    const of = state.ahead(next.index + 1);
    if (
      of?.chunk.kind === 'operator' &&
      of.chunk.operator.kind === 'count' &&
      chunk.operator.function === 'sum'
    )
      return measuredAt(state, of.index);
    if (of?.chunk.kind !== 'phrase') return undefined;
    if (of.chunk.phrase.columns.length === 0 && chunk.operator.function !== 'sum') return undefined;
    if (of.chunk.phrase.columns.length === 0)
      return { measured: { kind: 'count', phrase: of.chunk.phrase }, end: of.index + 1, bare: false };
    return {
      measured: { kind: 'aggregate', function: chunk.operator.function, phrase: of.chunk.phrase },
      end: of.index + 1,
      bare: false,
    };
  }
  if (chunk.kind !== 'phrase' || looksLikeValue(chunk.phrase, undefined)) return undefined;
  const isTable = looksLikeTable(chunk.phrase);
  return {
    measured: isTable ? { kind: 'count', phrase: chunk.phrase } : { kind: 'column', phrase: chunk.phrase },
    end: next.index + 1,
    bare: true,
  };
}
