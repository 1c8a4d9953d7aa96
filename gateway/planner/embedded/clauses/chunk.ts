import { identifierWords } from '../../../knowledge/lexicon/identifier-words.js';
import { isContentWord } from '../../../knowledge/text/content-words.js';
import { stem, type Token } from '../../../knowledge/text/tokenize.js';
import type { Operator } from '../meaning.js';
import type { Period } from '../recognise/period.js';
import { numberOf } from '../recognise/recognise-operators.js';
import { recognisePeriods } from '../recognise/recognise-periods.js';
import { operatorPhrases } from '../words.js';
import type { Phrase } from './request.js';
import { isEmpty, isRelating } from './verbs.js';
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

const LONGEST = 6;

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

const DETERMINERS = new Set(['the', 'all', 'each', 'every', 'a', 'an', 'me', 'any', 'out']);

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

function phraseAt(tokens: readonly Token[], start: number, vocabulary: Vocabulary): Phrase | undefined {
  const first = tokens[start]!;
  if (
    first.kind === 'mark' ||
    !(vocabulary.knows(first.stem) || vocabulary.startsValue(first.lower) || first.kind === 'word')
  )
    return undefined;
  const shared = sharedNoun(tokens, start, vocabulary);
  if (shared !== undefined) return shared;
  let fallback: Phrase | undefined;
  for (let end = Math.min(tokens.length, start + LONGEST); end > start; end--) {
    const run = tokens.slice(start, end);
    if (run.some((token) => token.kind === 'mark' || (token.kind === 'quoted' && run.length > 1))) continue;
    const phrase = phraseOf(run, start, end, vocabulary);
    if (phrase === undefined) continue;
    const enough = run.length > 1 ? SAID_TOGETHER : WELL_SAID;
    if (phrase.values.length > 0 || bestOf(phrase) >= enough) return phrase;
    if (fallback === undefined || bestOf(phrase) > bestOf(fallback)) fallback = phrase;
  }
  return fallback;
}

/** `first and last name`, `start, end and order date`: a word whose noun comes later names a column with it. */
function sharedNoun(tokens: readonly Token[], start: number, vocabulary: Vocabulary): Phrase | undefined {
  const first = tokens[start]!;
  if (first.kind !== 'word' || !['and', ',', 'or'].includes(tokens[start + 1]?.lower ?? '')) return undefined;
  for (let at = start + 3; at < Math.min(tokens.length, start + 8); at++) {
    const noun = tokens[at]!;
    if (noun.kind !== 'word') continue;
    if (JOINS.has(noun.lower) && noun.lower !== 'and') return undefined;
    const columns = vocabulary
      .meanings([first.stem, noun.stem])
      .columns.filter(({ quality, column }) => quality >= 0.9 && column !== undefined);
    const own = vocabulary.meanings([first.stem]);
    const alone = [...own.columns, ...own.tables].filter(({ quality }) => quality >= 0.75);
    const nounAlone = vocabulary.meanings([noun.stem]);
    const both = columns.filter(
      ({ column }) => !nounAlone.columns.some((other) => other.column === column && other.quality >= 0.9),
    );
    if (both.length > 0 && alone.length === 0)
      return {
        start,
        end: start + 1,
        text: `${first.text} ${noun.text}`,
        tables: [],
        columns: both,
        values: [],
        plural: false,
        proper: false,
      };
  }
  return undefined;
}

/** Whether more is meant than stands there: "first", where "first name" is. */
function isShort(phrase: Phrase): boolean {
  return phrase.end - phrase.start === 1 && phrase.text.includes(' ') && !phrase.proper;
}

/** A longer run is taken only where it says a name well; else the run that says one best. */
const WELL_SAID = 0.75;
/** Two words of one name are seldom beside each other by chance. */
const SAID_TOGETHER = 0.6;

function bestOf(phrase: Phrase): number {
  return Math.max(0, ...[...phrase.tables, ...phrase.columns].map(({ quality }) => quality));
}

function phraseOf(
  run: readonly Token[],
  start: number,
  end: number,
  vocabulary: Vocabulary,
): Phrase | undefined {
  const lone = run.length === 1 ? run[0]! : undefined;
  // "The county named Howard": what is named, and that it is.
  if (run.length > 1 && relates(run.at(-1)!.lower)) return undefined;
  const values = valuesOf(run, vocabulary);
  const named = namesOf(run, vocabulary);
  const isLoose = [...named.tables, ...named.columns].every(({ loosely }) => loosely === true);
  // "Tournament competitions" are competitions of a kind, though a tournament is one too.
  if (
    lone === undefined &&
    isLoose &&
    values.length === 0 &&
    run.some((token) => vocabulary.values(token.lower).length > 0)
  )
    return undefined;
  if (lone !== undefined && !isContentWord(lone.lower) && !(lone.proper && values.length > 0)) {
    const whole =
      named.tables.some(({ quality }) => quality >= 0.95) ||
      named.columns.some(({ quality }) => quality >= 0.95);
    if (!whole || lone.lower.length < 4 || GLUE.has(lone.lower)) return undefined;
  }
  if (values.length === 0 && named.tables.length === 0 && named.columns.length === 0) return undefined;
  const last = run.at(-1)!;
  return {
    start,
    end,
    text: run.map((token) => token.text).join(' '),
    ...named,
    values,
    plural: /[^s]s$/.test(last.lower) || ['people', 'children'].includes(last.lower),
    proper: run.every((token) => token.proper || token.kind !== 'word' || /\d/.test(token.text)),
  };
}

/** A name that is written as it stands in the catalog is read like one: `course_id`. */
function stemsOf(token: Token): string[] {
  return token.text.includes('_') ? identifierWords(token.text, new Set()).map(stem) : [token.stem];
}

/** Words that never name anything by themselves, whatever a catalog calls its columns. */
const GLUE = new Set(
  'that this there where when with have from what which while does their they them will take took made make both each every some such like show list many much than then been were also during within'.split(
    ' ',
  ),
);

/** Whether a word ties what stands before it to what follows, and so ends a name: "located", "named". */
function relates(word: string): boolean {
  return CALLED.has(word) || (isRelating(word) && /(ed|ing)$/.test(word));
}

/** Words behind which a name follows. */
export const CALLED = new Set(['named', 'called', 'titled']);

const JOINS = new Set(['of', 'the', 'in', 'and', 'a', 'at', 'for']);

function namesOf(run: readonly Token[], vocabulary: Vocabulary): Pick<Phrase, 'tables' | 'columns'> {
  const none = { tables: [], columns: [] };
  if (run.some((token) => token.kind !== 'word' && run.length === 1)) return none;
  const inner = run.filter((token) => JOINS.has(token.lower));
  const edges = [run[0]!, run.at(-1)!];
  if (run.length > 1 && edges.some((token) => JOINS.has(token.lower))) return none;
  const said = run.filter((token) => !inner.includes(token)).flatMap(stemsOf);
  // A word that only relates things is a name where it is one, and has no synonyms.
  const meanings = run.some((token) => isRelating(token.lower))
    ? vocabulary.exactMeanings(said)
    : vocabulary.meanings(said);
  if (inner.length === 0) return meanings;
  // "Date of birth" is one name; "names of students" is two, though a column may be called so.
  if (inner.some((token) => token.lower !== 'of' && token.lower !== 'the')) return none;
  const tail = run.slice(run.indexOf(inner[0]!) + 1).filter((token) => !inner.includes(token));
  const others = vocabulary.meanings(tail.map((token) => token.stem));
  const isOwn =
    !tail.some((token) => DETERMINERS.has(token.lower)) &&
    others.tables.length === 0 &&
    tail.every((token) => vocabulary.meanings([token.stem]).tables.length === 0) &&
    !tail.every((token) => ['name', 'id', 'titl'].includes(token.stem));
  return isOwn ? { tables: [], columns: meanings.columns.filter(({ quality }) => quality >= 0.95) } : none;
}

function valuesOf(run: readonly Token[], vocabulary: Vocabulary): Phrase['values'] {
  const exact = vocabulary.values(run.map((token) => token.lower).join(' '));
  if (exact.length > 0) return exact;
  const last = run.at(-1)!;
  if (last.kind !== 'word' || last.lower.length < 5 || !/[^s]s$/.test(last.lower)) return [];
  return vocabulary.values(
    [...run.slice(0, -1).map((token) => token.lower), last.lower.slice(0, -1)].join(' '),
  );
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
