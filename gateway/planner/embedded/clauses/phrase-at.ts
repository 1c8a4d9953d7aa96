import { identifierWords, writtenOut } from '../../../knowledge/lexicon/identifier-words.js';
import { otherPlaceNames } from '../../../knowledge/lexicon/places.js';
import { isContentWord } from '../../../knowledge/text/content-words.js';
import { stem, type Token } from '../../../knowledge/text/tokenize.js';
import type { Phrase } from './request.js';
import { JOINS, sharedNoun } from './shared-noun.js';
import { isRelating } from './verbs.js';
import type { Vocabulary } from './vocabulary.js';

const LONGEST = 6;

export const DETERMINERS = new Set(['the', 'all', 'each', 'every', 'a', 'an', 'me', 'any', 'out']);

/** The name or value that starts at a word: the longest run that says one well. */
export function phraseAt(
  tokens: readonly Token[],
  start: number,
  vocabulary: Vocabulary,
): Phrase | undefined {
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
    // "The employee's first and last name": the word belongs to the noun that follows.
    if (run.length > 1 && ownsShared(tokens, start, end, vocabulary)) continue;
    const phrase = phraseOf(run, start, end, vocabulary);
    if (phrase === undefined) continue;
    const enough = run.length > 1 ? SAID_TOGETHER : WELL_SAID;
    if (phrase.values.length > 0 || bestOf(phrase) >= enough) return phrase;
    if (fallback === undefined || bestOf(phrase) > bestOf(fallback)) fallback = phrase;
  }
  return fallback;
}

/** Whether a run is a table's name and a word whose noun comes later. */
function ownsShared(tokens: readonly Token[], start: number, end: number, vocabulary: Vocabulary): boolean {
  const owner = tokens.slice(start, end - 1).map((token) => token.stem);
  return (
    sharedNoun(tokens, end - 1, vocabulary) !== undefined &&
    vocabulary.exactMeanings(owner).tables.some(({ quality }) => quality >= 0.95)
  );
}

/** Whether more is meant than stands there: "first", where "first name" is. */
export function isShort(phrase: Phrase): boolean {
  return phrase.end - phrase.start === 1 && phrase.text.includes(' ') && !phrase.proper;
}

/** A longer run is taken only where it says a name well; else the run that says one best. */
const WELL_SAID = 0.75;
/** Two words of one name are seldom beside each other by chance. */
const SAID_TOGETHER = 0.6;

export function bestOf(phrase: Phrase): number {
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
  if (lone === undefined && isLoose && values.length === 0 && DETERMINERS.has(run[0]!.lower))
    return undefined;
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

/** A name that is written as it stands in the catalog is read like one: `course_id`; and so are short forms. */
function stemsOf(token: Token): string[] {
  if (token.text.includes('_')) return identifierWords(token.text, new Set()).map(stem);
  const long = writtenOut(token.lower);
  return long === token.lower ? [token.stem] : long.split(' ').map(stem);
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

/** Values that are another name of a place: `France` of "French", `CA` of "California"; such words are written large. */
function placesOf(run: readonly Token[], vocabulary: Vocabulary): Phrase['values'] {
  if (run.length > 3 || !run.every((token) => token.proper || token.index === 0)) return [];
  const others = otherPlaceNames(run.map((token) => token.lower).join(' '));
  return others
    .flatMap((other) => vocabulary.values(other))
    .filter(({ value, column }) => value.length > 2 || isPlace(column.name));
}

/** Whether a column holds places by its name: two letters may be anything elsewhere. */
function isPlace(name: string): boolean {
  return /state|province|country|nation|region|location|origin/i.test(name);
}

function valuesOf(run: readonly Token[], vocabulary: Vocabulary): Phrase['values'] {
  const exact = vocabulary.values(run.map((token) => token.lower).join(' '));
  if (exact.length > 0) return exact;
  const place = placesOf(run, vocabulary);
  if (place.length > 0) return place;
  const last = run.at(-1)!;
  if (last.kind !== 'word' || last.lower.length < 5 || !/[^s]s$/.test(last.lower)) return [];
  return vocabulary.values(
    [...run.slice(0, -1).map((token) => token.lower), last.lower.slice(0, -1)].join(' '),
  );
}
