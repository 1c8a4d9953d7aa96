import type { Literal } from '../../../subgraphs/sql/map-literals.js';
import type { Token } from '../../knowledge/text/tokenize.js';
import { wordKey } from '../../planner/plans/normal-question.js';
import { isDate, isOfYear } from './year-shift.js';

/** Words of a question for which a literal of its plan stands: `[start, end)`. Another value there is another literal. */
export interface Slot {
  readonly kind: 'text' | 'number' | 'year' | 'day';
  readonly start: number;
  readonly end: number;
  /** As it stands in the plan; a year as the question has it. */
  readonly value: string;
}

const DIGITS = /^\d+(\.\d+)?$/;
const YEAR = /^(19|20)\d{2}$/;

/**
 * Which words of a question are values that its plan holds, where that is beyond doubt: each stands once in the
 * question, and accounts for all literals of the plan that could come of it.
 */
export function slotsOf(words: readonly Token[], literals: readonly Literal[]): Slot[] {
  const texts = textSlots(words, literals);
  const isFree = (index: number) => !texts.some(({ start, end }) => index >= start && index < end);
  const numbers = words.flatMap((word, index) => {
    const isOnly = words.filter(({ lower }) => lower === word.lower).length === 1;
    const slot = isFree(index) && isOnly ? numberSlot(word, index, words, literals) : undefined;
    return slot === undefined ? [] : [slot];
  });
  return [...texts, ...numbers].sort((a, b) => a.start - b.start);
}

function textSlots(words: readonly Token[], literals: readonly Literal[]): Slot[] {
  const values = new Set(
    literals.flatMap(({ kind, value }) => (kind === 'text' && !isDate(value) ? [value] : [])),
  );
  const slots = [...values].flatMap((value): Slot[] => {
    const places = placesOf(wordKey(value), words);
    const [only] = places;
    return only === undefined || places.length > 1 ? [] : [{ kind: 'text', ...only, value }];
  });
  // Where two values would stand in the same words, neither is sure.
  return slots.filter(
    (slot) => !slots.some((other) => other !== slot && other.start < slot.end && slot.start < other.end),
  );
}

function placesOf(key: string, words: readonly Token[]): { start: number; end: number }[] {
  if (key === '') return [];
  return words.flatMap((_, start) => {
    for (let end = start + 1; end <= words.length; end++) {
      const said = keyOf(words.slice(start, end));
      if (said === key) return [{ start, end }];
      if (!key.startsWith(said)) break;
    }
    return [];
  });
}

function numberSlot(
  word: Token,
  start: number,
  words: readonly Token[],
  literals: readonly Literal[],
): Slot | undefined {
  const place = { start, end: start + 1, value: word.lower };
  const dates = literals.filter(({ kind, value }) => kind === 'text' && isDate(value));
  if (isDate(word.lower)) {
    const [only] = dates;
    const isSure = dates.length === 1 && only!.value === word.lower;
    return isSure ? { kind: 'day', ...place } : undefined;
  }
  if (!DIGITS.test(word.lower)) return undefined;
  const equal = literals.filter(
    ({ kind, value }) => kind === 'number' && Number(value) === Number(word.lower),
  );
  if (!YEAR.test(word.lower)) return equal.length === 1 ? { kind: 'number', ...place } : undefined;
  const isOnlyYear = words.filter(({ lower }) => YEAR.test(lower)).length === 1;
  const isSure = isOnlyYear
    ? dates.every(({ value }) => isOfYear(value, Number(word.lower)))
    : dates.length === 0;
  return isSure && dates.length + equal.length > 0 ? { kind: 'year', ...place } : undefined;
}

export function keyOf(words: readonly Token[]): string {
  return words.map(({ kind, text, lower }) => (kind === 'quoted' ? wordKey(text) : lower)).join(' ');
}
