import type { ChangeLiteral, Literal } from '../../../subgraphs/sql/map-literals.js';
import type { Profile } from '../../knowledge/domain.js';
import type { Token } from '../../knowledge/text/tokenize.js';
import type { Plan } from '../../planner/planner.js';
import { columnsHolding } from '../../planner/plans/known-values.js';
import { wordKey } from '../../planner/plans/normal-question.js';
import { reword } from '../../planner/plans/reword.js';
import { keyOf, type Slot } from './slots.js';
import { isDate, shiftYears } from './year-shift.js';

/** A slot's other value, in the spelling of the data. */
export interface Filled {
  readonly slot: Slot;
  readonly value: string;
}

const LONGEST_VALUE = 8;
const NUMBERS: Readonly<Record<Exclude<Slot['kind'], 'text'>, RegExp>> = {
  year: /^(19|20)\d{2}$/,
  number: /^\d+(\.\d+)?$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};

/**
 * The values with which a question is a verified one; undefined where it differs in more. A text must be a value of the
 * one column that holds the verified one.
 */
export function matchWords(
  words: readonly Token[],
  verified: readonly Token[],
  slots: readonly Slot[],
  plan: Plan,
  profile: Profile,
): Filled[] | undefined {
  return match(0, 0);

  function match(at: number, from: number): Filled[] | undefined {
    if (at === verified.length) return from === words.length ? [] : undefined;
    const slot = slots.find(({ start }) => start === at);
    if (slot === undefined)
      return keyOf(words.slice(from, from + 1)) === keyOf(verified.slice(at, at + 1))
        ? match(at + 1, from + 1)
        : undefined;
    for (
      let length = Math.min(slot.kind === 'text' ? LONGEST_VALUE : 1, words.length - from);
      length > 0;
      length--
    ) {
      const value = valueIn(words.slice(from, from + length), slot);
      const rest = value === undefined ? undefined : match(slot.end, from + length);
      if (value !== undefined && rest !== undefined) return [{ slot, value }, ...rest];
    }
    return undefined;
  }

  function valueIn(said: readonly Token[], slot: Slot): string | undefined {
    const key = keyOf(said);
    if (slot.kind !== 'text') return NUMBERS[slot.kind].test(key) ? key : undefined;
    if (key === wordKey(slot.value)) return slot.value;
    const [column, ...others] = columnsHolding(slot.value, plan, profile);
    return column === undefined || others.length > 0
      ? undefined
      : column.values.find((value) => wordKey(value) === key);
  }
}

/** What becomes of a plan's literals and words with other values; undefined where a date would be no day. */
export function fillSlots(
  plan: Plan,
  literals: readonly Literal[],
  filled: readonly Filled[],
): { change: ChangeLiteral; reworded: Plan } | undefined {
  const changed = filled.filter(({ slot, value }) => slot.value !== value);
  const year = changed.find(({ slot }) => slot.kind === 'year');
  const years = year === undefined ? 0 : Number(year.value) - Number(year.slot.value);
  if (literals.some(({ value }) => isDate(value) && shiftYears(value, years) === undefined)) return undefined;
  const texts = new Map(changed.map(({ slot, value }) => [slot.value, value]));
  const change: ChangeLiteral = ({ kind, value }) => {
    if (kind === 'number')
      return changed.find(({ slot }) => slot.kind !== 'text' && Number(slot.value) === Number(value))?.value;
    return texts.get(value) ?? (isDate(value) ? shiftYears(value, years) : undefined);
  };
  const reworded = reword(plan, (text) =>
    changed.reduce(
      (words, { slot, value }) => replaceWord(words, slot.value, value),
      shiftYears(text, years) ?? text,
    ),
  );
  return { change, reworded };
}

function replaceWord(text: string, old: string, next: string): string {
  const escaped = old.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}-])${escaped}(?![\\p{L}\\p{N}-])`, 'giu'), () => next);
}
