import type { AskDomain, AskTable, Profile } from '../domain.js';
import { isContentWord } from '../text/content-words.js';
import { stem } from '../text/tokenize.js';
import type { Element } from './element.js';
import { parseGlossaryEntry } from './glossary.js';
import { identifierWords, makeVocabulary } from './identifier-words.js';

/** One thing that words can mean, with the words that may mean it. */
export interface Entry {
  readonly domain: string;
  readonly element: Element;
  /** Stems of its name. */
  readonly name: readonly string[];
  /** Phrases that mean exactly this: glossary terms and values; each a list of stems or lower-case words. */
  readonly phrases: readonly (readonly string[])[];
  /** Stems of what its comment says first: the noun that it is. */
  readonly title: ReadonlySet<string>;
  /** Stems of its whole comment. */
  readonly comment: ReadonlySet<string>;
  /** Stems of its table's name, for a column. */
  readonly tableName: ReadonlySet<string>;
}

/** Every word that every domain knows. Built once for all callers. */
export interface Lexicon {
  /** Entries of a domain that a stem occurs in, by any of their words. */
  lookUp(domain: string, stem: string): readonly Entry[];
  /** Entries of a domain with a phrase that starts with this lower-case word or stem. */
  phrasesFrom(domain: string, word: string): readonly { entry: Entry; phrase: readonly string[] }[];
  /** How rare a stem is over all tables: ln(1 + N / n); 0 where no table knows it. */
  rarity(stem: string): number;
  /** Tables that know a stem, with how well (0–1). */
  tablesOf(stem: string): ReadonlyMap<AskTable, number>;
  /** Stems of a domain's own description, which any question to it may use. */
  describes(domain: string, stem: string): boolean;
}

export function buildLexicon(domains: readonly AskDomain[], profile: Profile): Lexicon {
  const byStem = new Map<string, Map<string, Entry[]>>();
  const byPhrase = new Map<string, Map<string, { entry: Entry; phrase: readonly string[] }[]>>();
  const tables = new Map<string, Map<AskTable, number>>();
  const descriptions = new Map<string, ReadonlySet<string>>();
  let tableCount = 0;

  for (const domain of domains) {
    const stems = new Map<string, Entry[]>();
    const phrases = new Map<string, { entry: Entry; phrase: readonly string[] }[]>();
    byStem.set(domain.name, stems);
    byPhrase.set(domain.name, phrases);
    descriptions.set(domain.name, contentStems(`${domain.name} ${domain.description}`));
    tableCount += domain.tables.length;
    for (const entry of entriesOf(domain, profile)) {
      for (const word of new Set([...entry.name, ...entry.title, ...entry.comment])) push(stems, word, entry);
      for (const phrase of entry.phrases) push(phrases, phrase[0]!, { entry, phrase });
      weighTables(tables, entry);
    }
  }

  return {
    lookUp: (domain, word) => byStem.get(domain)?.get(word) ?? [],
    phrasesFrom: (domain, word) => byPhrase.get(domain)?.get(word) ?? [],
    rarity: (word) => {
      const found = tables.get(word)?.size ?? 0;
      return found === 0 ? 0 : Math.log(1 + tableCount / found);
    },
    tablesOf: (word) => tables.get(word) ?? new Map(),
    describes: (domain, word) => descriptions.get(domain)?.has(word) ?? false,
  };
}

function entriesOf(domain: AskDomain, profile: Profile): Entry[] {
  const vocabulary = makeVocabulary([
    domain.description,
    ...domain.tables.flatMap((table) => [
      table.comment,
      table.name.replace(/[_-]/g, ' '),
      ...table.columns.map((column) => column.comment),
    ]),
  ]);
  const stemsOf = (name: string) => identifierWords(name, vocabulary).map(stem);
  const entries: Entry[] = [];
  const add = (element: Element, words: Partial<Entry>) =>
    entries.push({
      domain: domain.name,
      element,
      name: [],
      phrases: [],
      title: new Set(),
      comment: new Set(),
      tableName: new Set(stemsOf(element.table.name)),
      ...words,
    });

  for (const table of domain.tables) {
    add({ kind: 'table', table }, { name: stemsOf(table.name), ...commentStems(table.comment) });
    for (const column of table.columns) {
      add({ kind: 'column', table, column }, { name: stemsOf(column.name), ...commentStems(column.comment) });
      for (const value of profile.columnFacts(domain.name, table.name, column.name)?.values ?? []) {
        const phrase = valueWords(value);
        if (phrase.length > 0) add({ kind: 'value', table, column, value }, { phrases: [phrase] });
      }
    }
    for (const metric of table.metrics) {
      // Only its whole name means it: what a metric shares with a column is the column's.
      const names = [metric.label, ...metric.synonyms].map((name) =>
        name.toLowerCase().split(/\s+/).map(stem),
      );
      add({ kind: 'metric', table, metric }, { phrases: names });
    }
    for (const argument of table.operation?.arguments ?? []) {
      for (const choice of argument.choices) {
        const words = identifierWords(choice.name, vocabulary).map(stem);
        add(
          { kind: 'choice', table, argument, choice: choice.name },
          { name: words, ...commentStems(choice.comment) },
        );
      }
    }
  }
  for (const [term, targets] of Object.entries(domain.glossary)) {
    for (const target of [targets].flat()) {
      const element = parseGlossaryEntry(domain, target);
      if (element !== undefined) add(element, { phrases: [term.split(/\s+/).map(stem)] });
    }
  }
  return entries;
}

/** A value's words as a question would have them; empty where no person would say it. */
export function valueWords(value: string): string[] {
  const words = value.toLowerCase().match(/[\p{L}\p{N}_&]+(?:[-.'’][\p{L}\p{N}]+)*/gu) ?? [];
  return words.length <= 8 ? words : [];
}

function commentStems(comment: string): { title: ReadonlySet<string>; comment: ReadonlySet<string> } {
  const lead = comment
    .split(/[.,:;(]|\b(?:of|where|when|that|which|who|with|in|on|for|from|at|by|as)\b/i)
    .find((part) => contentStems(part).size > 0);
  return { title: contentStems(lead ?? ''), comment: contentStems(comment) };
}

function contentStems(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z][a-z'-]*/g) ?? [];
  return new Set(words.filter(isContentWord).map(stem));
}

function weighTables(tables: Map<string, Map<AskTable, number>>, entry: Entry): void {
  const weigh = (word: string, weight: number) => {
    const known = tables.get(word) ?? new Map<AskTable, number>();
    if (!tables.has(word)) tables.set(word, known);
    known.set(entry.element.table, Math.max(known.get(entry.element.table) ?? 0, weight));
  };
  const own = entry.element.kind === 'table' ? 1 : 0.8;
  for (const word of entry.name) weigh(word, own);
  for (const phrase of entry.phrases)
    for (const word of phrase) weigh(stem(word), own / Math.sqrt(phrase.length));
  for (const word of entry.title) weigh(word, own * 0.7);
  for (const word of entry.comment) weigh(word, own * 0.4);
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
