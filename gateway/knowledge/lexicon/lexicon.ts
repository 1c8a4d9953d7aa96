import { LRUCache } from 'lru-cache';
import type { AskDomain, Profile } from '../domain.js';
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

/** What words mean, domain by domain. */
export interface Lexicon {
  /** Entries of a domain that a stem occurs in, by any of their words. */
  lookUp(domain: string, stem: string): readonly Entry[];
  /** Entries of a domain with a phrase that starts with this lower-case word or stem. */
  phrasesFrom(domain: string, word: string): readonly Phrase[];
  /** Stems of a domain's own description, which any question to it may use. */
  describes(domain: string, stem: string): boolean;
}

interface Phrase {
  readonly entry: Entry;
  readonly phrase: readonly string[];
}

/** What one domain's words mean. */
interface DomainLexicon {
  readonly byStem: ReadonlyMap<string, readonly Entry[]>;
  readonly byPhrase: ReadonlyMap<string, readonly Phrase[]>;
  readonly description: ReadonlySet<string>;
}

/** Entries that are kept, all domains together: those of some hundred domains of a hundred tables. */
const MOST_ENTRIES = 200_000;

/** Each domain's words are made when it is first read, and the least recently read domains' are let go. */
export function lexiconOf(domains: readonly AskDomain[], profile: Profile): Lexicon {
  const byName = new Map(domains.map((domain) => [domain.name, domain]));
  const known = new LRUCache<string, DomainLexicon>({ maxSize: MOST_ENTRIES });
  const wordsOf = (name: string): DomainLexicon | undefined => {
    const domain = byName.get(name);
    if (domain === undefined) return undefined;
    const found = known.get(name);
    if (found !== undefined) return found;
    const entries = entriesOf(domain, profile);
    const made = domainLexicon(domain, entries);
    known.set(name, made, { size: Math.min(MOST_ENTRIES, Math.max(1, entries.length)) });
    return made;
  };
  return {
    lookUp: (domain, word) => wordsOf(domain)?.byStem.get(word) ?? [],
    phrasesFrom: (domain, word) => wordsOf(domain)?.byPhrase.get(word) ?? [],
    describes: (domain, word) => wordsOf(domain)?.description.has(word) ?? false,
  };
}

function domainLexicon(domain: AskDomain, entries: readonly Entry[]): DomainLexicon {
  const byStem = new Map<string, Entry[]>();
  const byPhrase = new Map<string, Phrase[]>();
  for (const entry of entries) {
    for (const word of new Set([...entry.name, ...entry.title, ...entry.comment])) push(byStem, word, entry);
    for (const phrase of entry.phrases) push(byPhrase, phrase[0]!, { entry, phrase });
  }
  return { byStem, byPhrase, description: contentStems(`${domain.name} ${domain.description}`) };
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

/** Stems of a comment: of what it says first, the noun that it is, and of all of it. */
export function commentStems(comment: string): { title: ReadonlySet<string>; comment: ReadonlySet<string> } {
  const lead = comment
    .split(/[.,:;(]|\b(?:of|where|when|that|which|who|with|in|on|for|from|at|by|as)\b/i)
    .find((part) => contentStems(part).size > 0);
  return { title: contentStems(lead ?? ''), comment: contentStems(comment) };
}

function contentStems(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z][a-z'-]*/g) ?? [];
  return new Set(words.filter(isContentWord).map(stem));
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
