import { isContentWord } from '../../../knowledge/text/content-words.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Operator } from '../meaning.js';
import type { Period } from '../recognise/period.js';
import { numberOf } from '../recognise/recognise-operators.js';
import { recognisePeriods } from '../recognise/recognise-periods.js';
import { operatorPhrases } from '../words.js';
import { bestOf, DETERMINERS, isShort, phraseAt } from './phrase-at.js';
import type { Phrase } from './request.js';
import { isEmpty } from './verbs.js';
import type { Vocabulary } from './vocabulary.js';

/** A stretch of the question with one role. */
export type Chunk = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'phrase'; readonly phrase: Phrase }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'period'; readonly period: Period; readonly year?: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'word' | 'unknown' | 'mark'; readonly token: Token }
);

/** Numbers that count events: "at least twice". */
export const TIMES: ReadonlyMap<string, string> = new Map([
  ['once', '1'],
  ['twice', '2'],
  ['thrice', '3'],
]);

/** Operators that only a question about prices or a period knows; here they are words like any other. */
const NOT_HERE = new Set(['performance', 'argument']);

/** Cuts a question, left to right, into the longest stretches that mean something. */
export function chunksOf(tokens: readonly Token[], vocabulary: Vocabulary, day: string): Chunk[] {
  const periods = periodsByStart(tokens, day);
  const chunks: Chunk[] = [];
  for (let start = 0; start < tokens.length; ) {
    const chunk = chunkAt(tokens, start, vocabulary, periods.get(start));
    if (chunk.kind !== 'unknown' || !isEmpty(chunk.token.lower)) chunks.push(chunk);
    start = chunk.end;
  }
  return chunks;
}

function periodsByStart(tokens: readonly Token[], day: string): Map<number, { end: number; period: Period }> {
  const found = new Map<number, { end: number; period: Period }>();
  for (const { start, end, meaning } of recognisePeriods(tokens, day)) {
    if (meaning.kind !== 'period' || (found.get(start)?.end ?? 0) >= end) continue;
    found.set(start, { end, period: meaning.period });
  }
  return found;
}

function chunkAt(
  tokens: readonly Token[],
  start: number,
  vocabulary: Vocabulary,
  period: { end: number; period: Period } | undefined,
): Chunk {
  const token = tokens[start]!;
  if (token.kind === 'quoted') return quotedAt(token, start, vocabulary);
  const operator = operatorAt(tokens, start);
  const phrase = phraseAt(tokens, start, vocabulary);
  const number = TIMES.get(token.lower) ?? numberOf(token);
  const isYear = token.kind === 'number' && /^(1[5-9]|20)\d\d$/.test(token.lower);
  if (period !== undefined && period.end > Math.max(operator?.end ?? 0, phrase?.end ?? 0)) {
    // "May" and "second" are months and seconds only where more is said of them.
    const year = isYear && period.end === start + 1 ? token.lower : yearOf(tokens, start, period.end);
    return {
      kind: 'period',
      start,
      end: period.end,
      period: period.period,
      ...(year === undefined ? {} : { year }),
    };
  }
  if (token.kind === 'mark' && operator === undefined) return { kind: 'mark', start, end: start + 1, token };
  const bare = bareNameAt(tokens, start, phrase);
  if (bare !== undefined) return bare;
  // A number is one, also where some column holds it as text.
  if (number !== undefined && (phrase === undefined || phrase.end === start + 1) && operator === undefined)
    return { kind: 'number', start, end: start + 1, value: number };
  if (phrase !== undefined && isStronger(phrase, operator, tokens))
    return { kind: 'phrase', start, end: phrase.end, phrase };
  if (operator !== undefined) return operator;
  if (phrase !== undefined) return { kind: 'phrase', start, end: phrase.end, phrase };
  if (number !== undefined) return { kind: 'number', start, end: start + 1, value: number };
  const kind = token.kind === 'word' && !isContentWord(token.lower) ? 'word' : 'unknown';
  return { kind, start, end: start + 1, token };
}

/** "Names" and "full names", where no column is called so: whatever the rows are called by. */
function bareNameAt(tokens: readonly Token[], start: number, phrase: Phrase | undefined): Chunk | undefined {
  const isFull = tokens[start]!.lower === 'full';
  const noun = tokens[isFull ? start + 1 : start];
  if (noun === undefined || !/^(names?|titles?)$/.test(noun.lower) || (start === 0 && !isFull))
    return undefined;
  if (!isFull && (phrase !== undefined || DETERMINERS.has(tokens[start + 1]?.lower ?? ''))) return undefined;
  if (isFull && phrase !== undefined && phrase.end > start + 1) return undefined;
  const end = noun.index + 1;
  const named: Phrase = {
    start,
    end,
    text: noun.text,
    tables: [],
    columns: [],
    values: [],
    plural: false,
    proper: false,
  };
  return { kind: 'phrase', start, end, phrase: named };
}

/** The year that a longer period is: "the year 2013", "in 2013". */
function yearOf(tokens: readonly Token[], start: number, end: number): string | undefined {
  const years = tokens.slice(start, end).filter((token) => /^(1[5-9]|20)\d\d$/.test(token.lower));
  const others = tokens
    .slice(start, end)
    .filter(
      (token) => !years.includes(token) && !['in', 'the', 'year', 'of', 'during'].includes(token.lower),
    );
  return years.length === 1 && others.length === 0 ? years[0]!.lower : undefined;
}

function operatorAt(tokens: readonly Token[], start: number): (Chunk & { kind: 'operator' }) | undefined {
  let best: (Chunk & { kind: 'operator' }) | undefined;
  for (const { words, operator } of operatorPhrases(tokens[start]!.lower)) {
    const end = start + words.length;
    const matches = words.every((word, offset) => tokens[start + offset]?.lower === word);
    if (matches && !NOT_HERE.has(operator.kind) && end > (best?.end ?? 0))
      best = { kind: 'operator', start, end, operator };
  }
  return best;
}

/** A name wins over an operator that is not longer than it, unless the operator is one wherever it stands. */
function isStronger(
  phrase: Phrase,
  operator: (Chunk & { kind: 'operator' }) | undefined,
  tokens: readonly Token[],
): boolean {
  if (operator === undefined || isShort(phrase)) return true;
  if (operator.end !== phrase.end) return phrase.end > operator.end;
  const quality = bestOf(phrase);
  const before = tokens[phrase.start - 1]?.lower;
  switch (operator.operator.kind) {
    case 'grain':
      return true;
    case 'ask':
      return (
        phrase.start > 0 &&
        quality > 0.4 &&
        !(
          ['and', ',', 'please', 'you'].includes(before ?? '') &&
          DETERMINERS.has(tokens[phrase.end]?.lower ?? '')
        )
      );
    case 'count':
    case 'aggregate':
      return false;
    case 'text':
    case 'or':
    case 'negation':
      return false;
    default:
      return quality >= 0.95 && phrase.end - phrase.start > 1;
  }
}

function quotedAt(token: Token, start: number, vocabulary: Vocabulary): Chunk {
  const words = token.lower.match(/[\p{L}\p{N}_&]+(?:[-.'’][\p{L}\p{N}]+)*/gu) ?? [];
  const values = vocabulary
    .values(words.join(' '))
    .filter(({ value }) => value.toLowerCase().trim() === token.lower.trim());
  if (values.length === 0) return { kind: 'quoted', start, end: start + 1, text: token.text };
  const phrase: Phrase = {
    start,
    end: start + 1,
    text: token.text,
    tables: [],
    columns: [],
    values,
    plural: false,
    proper: true,
  };
  return { kind: 'phrase', start, end: start + 1, phrase };
}
