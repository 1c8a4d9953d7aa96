import type { Entry, Lexicon } from '../../../knowledge/lexicon/lexicon.js';
import { isContentWord } from '../../../knowledge/text/content-words.js';
import { isContent, stem, type Token } from '../../../knowledge/text/tokenize.js';
import type { Mention } from '../meaning.js';
import { operatorPhrases } from '../words.js';

/** Words without content that may stand between those of one name: `name of the venue`, `tickets were sold`. */
const MOST_BETWEEN = 2;
const LONGEST_RUN = 10;

const NEVER_LINKS = new Set([
  'by',
  'with',
  'and',
  'or',
  'each',
  'every',
  'per',
  'for',
  'from',
  'who',
  'which',
  'that',
]);

function isLink(token: Token): boolean {
  return token.kind === 'word' ? !NEVER_LINKS.has(token.lower) : token.text === '-';
}

const NAME_HIT = 1;
const TITLE_HIT = 0.7;
const TABLE_HIT = 0.85;
const COMMENT_HIT = 0.6;
/** A word that also acts on others (highest, total) is more often meant so than as a name. */
const OPERATOR_WORD = 0.4;
/** `num_injuries` is called "injuries" as often as "number of injuries". */
const COUNTING: ReadonlySet<string> = new Set(['number', 'count'].map(stem));
const NUMBER_HIT = 0.2;

/** Every stretch of the question that may name something of the domain. */
export function recogniseElements(tokens: readonly Token[], domain: string, lexicon: Lexicon): Mention[] {
  return withoutDominated([
    ...nameMentions(tokens, domain, lexicon),
    ...phraseMentions(tokens, domain, lexicon),
  ]);
}

/**
 * A table whose whole name is said leaves no room for one that is named in part, nor for the keys that point to it:
 * "department" is the departments, not what links them to somebody.
 */
function withoutDominated(mentions: readonly Mention[]): Mention[] {
  const best = new Map<string, number>();
  const tables = new Map<string, Set<string>>();
  for (const { start, end, meaning, score } of mentions) {
    if (meaning.kind !== 'table') continue;
    const span = `${start} ${end}`;
    best.set(span, Math.max(best.get(span) ?? 0, score));
    tables.set(span, (tables.get(span) ?? new Set()).add(meaning.table.name));
  }
  return mentions.filter(({ start, end, meaning, score }) => {
    const span = `${start} ${end}`;
    if (meaning.kind === 'table')
      return meaning.table.operation !== undefined || score >= 0.8 * best.get(span)!;
    return (
      meaning.kind !== 'column' ||
      meaning.column.references === undefined ||
      !tables.get(span)?.has(meaning.column.references.table)
    );
  });
}

function nameMentions(tokens: readonly Token[], domain: string, lexicon: Lexicon): Mention[] {
  const entries = new Set<Entry>();
  for (const token of tokens) {
    if (token.kind === 'word' && isContentWord(token.lower)) {
      for (const entry of lexicon.lookUp(domain, token.stem)) entries.add(entry);
    }
  }
  return [...entries].flatMap((entry) => mentionsOf(entry, tokens));
}

/** Runs of neighbouring words that all speak of the entry, and within them the part that names it. */
function mentionsOf(entry: Entry, tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = [];
  let start = 0;
  while (start < tokens.length) {
    if (hit(entry, tokens[start]!) === 0) {
      start += 1;
      continue;
    }
    let end = start + 1;
    for (
      let next = end;
      next < tokens.length && next - end <= MOST_BETWEEN && end - start < LONGEST_RUN;
      next++
    ) {
      if (hit(entry, tokens[next]!) > 0) end = next + 1;
      else if (isContent(tokens[next]!) || !isLink(tokens[next]!)) break;
    }
    for (let from = start; from < end; from++) {
      for (let to = from + 1; to <= end; to++) {
        const score = runScore(entry, tokens.slice(from, to));
        if (score > 0) mentions.push({ start: from, end: to, meaning: entry.element, score });
      }
    }
    start = end;
  }
  return mentions;
}

function hit(entry: Entry, token: Token): number {
  if (token.kind !== 'word') return 0;
  // A word without content is one of a name's only where the name has it: price per ticket, whole amount.
  if (!isContentWord(token.lower))
    return token.lower.length > 2 && entry.name.includes(token.stem) ? NAME_HIT : 0;
  if (isTableWord(entry, token.stem)) return entry.name.includes(token.stem) ? NAME_HIT : TABLE_HIT;
  if (entry.name.includes(token.stem)) return COUNTING.has(token.stem) ? NUMBER_HIT : NAME_HIT;
  if (entry.title.has(token.stem)) return TITLE_HIT;
  return entry.comment.has(token.stem) ? COMMENT_HIT : 0;
}

/** A word of the table's name does not tell one of its columns from another, unless the column has no other. */
function isTableWord(entry: Entry, stem: string): boolean {
  return (
    entry.element.kind !== 'table' &&
    entry.tableName.has(stem) &&
    entry.name.some((word) => !entry.tableName.has(word))
  );
}

/**
 * About one point a word. A run must name the entry, by its name or by what its comment says first, and start and
 * end with a word of its own. What of the name is left unsaid costs a little: `date` may be a birth date.
 */
function runScore(entry: Entry, run: readonly Token[]): number {
  const hits = run.map((token) => hit(entry, token));
  // A word that only the comment has may go before the name, as in "ticket sales"; behind it, it says something else.
  const last = hits.at(-1)!;
  if (hits[0] === 0 || last === 0 || last === COMMENT_HIT) return 0;
  if (!run.some((token) => isContentWord(token.lower)) || !isContentWord(run.at(-1)!.lower)) return 0;
  const own = new Set(
    run
      .filter(
        (token, index) =>
          (hits[index] === NAME_HIT || hits[index] === TITLE_HIT) && !isTableWord(entry, token.stem),
      )
      .map((token) => token.stem),
  );
  if (own.size === 0) return 0;
  const seen = new Set<string>();
  let total = 0;
  run.forEach((token, index) => {
    total += seen.has(token.stem) ? 0 : hits[index]!;
    seen.add(token.stem);
  });
  const needed = entry.name.filter((word) => !isTableWord(entry, word) && !COUNTING.has(word));
  const unsaidTableWords = entry.name.some((word) => isTableWord(entry, word) && !seen.has(word));
  const said = needed.filter((word) => own.has(word)).length;
  const named = (said / Math.max(1, needed.length)) * (unsaidTableWords ? 0.85 : 1);
  const titled = [...entry.title].filter((word) => own.has(word)).length / Math.max(1, entry.title.size);
  const coverage = Math.max(named, 0.8 * titled, said > 0 ? 0.3 : 0);
  // A table and its column of one name: the plural is the table's, the singular the column's.
  const isSingle = run.length === 1 && entry.name.length === 1;
  const isPlural = isSingle && singular(run[0]!.lower) !== run[0]!.lower;
  const number = isSingle && isPlural === (entry.element.kind === 'table') ? 0.05 : 0;
  const asOperator =
    run.length === 1 && operatorPhrases(run[0]!.lower).some(({ words }) => words.length === 1)
      ? OPERATOR_WORD
      : 0;
  const rest = entry.element.kind === 'table' ? 0.25 : 0.45;
  return (
    total * (rest + (1 - rest) * coverage) + (named === 1 && run.length > 1 ? 0.2 : 0) + number - asOperator
  );
}

/** Glossary terms, metric names and values, word for word. */
function phraseMentions(tokens: readonly Token[], domain: string, lexicon: Lexicon): Mention[] {
  const mentions: Mention[] = [];
  tokens.forEach((token, start) => {
    if (token.kind === 'mark') return;
    if (token.kind === 'quoted') {
      mentions.push(...quotedMentions(token, start, domain, lexicon));
      return;
    }
    for (const word of new Set([token.lower, token.stem, singular(token.lower)])) {
      for (const { entry, phrase } of lexicon.phrasesFrom(domain, word)) {
        const isValue = entry.element.kind === 'value';
        const matches = phrase.every((part, offset) => {
          const at = tokens[start + offset];
          return (
            at !== undefined &&
            at.kind !== 'quoted' &&
            (at.lower === part || (isValue ? isPluralOf(at, part) : at.stem === part))
          );
        });
        const score = matches ? phraseScore(entry, tokens.slice(start, start + phrase.length)) : 0;
        if (score > 0) mentions.push({ start, end: start + phrase.length, meaning: entry.element, score });
      }
    }
  });
  return mentions;
}

/** `engineers` says the value `Engineer`. */
function isPluralOf(token: Token, part: string): boolean {
  return token.kind === 'word' && part.length > 3 && singular(token.lower) === part;
}

function singular(word: string): string {
  return word.length > 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function phraseScore(entry: Entry, run: readonly Token[]): number {
  const content = run.filter((token) => isContentWord(token.lower)).length;
  if (entry.element.kind !== 'value') return Math.max(1, content) * 1.15;
  const proper = run.every((token) => token.proper || token.kind === 'number');
  const exact = 'value' in entry.element && run.map((token) => token.text).join(' ') === entry.element.value;
  // A lower-case word that happens to be a value is more often just a word, and a lone letter or digit nearly always.
  if (run.length === 1 && run[0]!.text.length < 2) return exact && proper ? 0.7 : 0.2;
  if (content === 0) return exact && proper ? 0.9 : 0;
  // A code in capitals is meant where it is written so: OR is Oregon, "or" is not.
  const isCode = 'value' in entry.element && /^[A-Z]{2,5}$/.test(entry.element.value);
  if (isCode && !exact) return operatorPhrases(run[0]!.lower).length > 0 ? 0 : 0.5;
  return (
    run.length * (run.length === 1 && !proper ? 0.75 : 0.9) +
    (proper ? 0.3 : 0) +
    (exact ? 0.15 : 0) +
    (run.length > 1 ? 0.25 : 0)
  );
}

function quotedMentions(token: Token, start: number, domain: string, lexicon: Lexicon): Mention[] {
  const words = token.lower.split(/\s+/);
  return lexicon
    .phrasesFrom(domain, words[0]!)
    .filter(
      ({ entry }) => entry.element.kind === 'value' && entry.element.value.toLowerCase() === token.lower,
    )
    .map(({ entry }) => ({ start, end: start + 1, meaning: entry.element, score: 2 }));
}

/** Leftover words that stand where a name would: what a required text argument may be filled with. */
export function recogniseArguments(tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = [];
  tokens.forEach((token, start) => {
    if (token.kind === 'quoted')
      mentions.push({ start, end: start + 1, meaning: { kind: 'argument', text: token.text }, score: 1.2 });
    const afterPreposition = ['in', 'for', 'at', 'of', 'near'].includes(tokens[start - 1]?.lower ?? '');
    if (token.kind !== 'word' || !isContentWord(token.lower) || !(token.proper || afterPreposition)) return;
    for (let end = start + 1; end <= Math.min(tokens.length, start + 4); end++) {
      const last = tokens[end - 1]!;
      if (last.kind !== 'word' || !isContentWord(last.lower)) break;
      const run = tokens.slice(start, end);
      const proper = run.every((part) => part.proper);
      mentions.push({
        start,
        end,
        meaning: { kind: 'argument', text: run.map((part) => part.text).join(' ') },
        score: run.length * (proper ? 0.95 : 0.5) + (proper ? 0.25 * (run.length - 1) : 0),
      });
    }
  });
  return mentions;
}

/** Whether a word that no mention holds is at least spoken of by what was chosen. */
export function isSupported(token: Token, entries: readonly Entry[]): boolean {
  return entries.some(
    (entry) => hit(entry, token) > 0 || entry.phrases.some((phrase) => phrase.includes(stem(token.lower))),
  );
}
