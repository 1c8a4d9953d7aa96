import type { AskColumn, AskDomain, AskTable, Profile } from '../../../knowledge/domain.js';
import { parseGlossaryEntry } from '../../../knowledge/lexicon/glossary.js';
import { valueWords } from '../../../knowledge/lexicon/lexicon.js';
import { stem } from '../../../knowledge/text/tokenize.js';
import { matchName } from './match-name.js';
import { makeNames, type Name } from './names.js';
import { makeOtherwise, type Otherwise } from './otherwise.js';

export interface TableCandidate {
  readonly table: AskTable;
  readonly quality: number;
  /** Where other words than the name's said it: a synonym, a long form, a slip of the pen. */
  readonly loosely?: true;
}
export interface ColumnCandidate extends TableCandidate {
  readonly column: AskColumn;
}
export interface ValueCandidate {
  readonly table: AskTable;
  readonly column: AskColumn;
  readonly value: string;
}

/** Everything that a run of words may mean in a domain. */
export interface Meanings {
  readonly tables: readonly TableCandidate[];
  readonly columns: readonly ColumnCandidate[];
}

export interface Vocabulary {
  meanings(stems: readonly string[]): Meanings;
  /** What the stems mean by their own names alone, no synonyms and no slips. */
  exactMeanings(stems: readonly string[]): Meanings;
  /** Values whose words, in lower case, are exactly these. */
  values(words: string): readonly ValueCandidate[];
  /** Whether any value starts with this word. */
  startsValue(word: string): boolean;
  /** Whether a stem stands in any name. */
  knows(stem: string): boolean;
}

/** Below this share of its name a table or column is not meant. */
const SAID_ENOUGH = 0.45;

const KNOWN = new WeakMap<Profile, WeakMap<AskDomain, Vocabulary>>();

/** A domain's vocabulary, made once for a domain and its profile. */
export function vocabularyOf(domain: AskDomain, profile: Profile): Vocabulary {
  const domains = KNOWN.get(profile) ?? new WeakMap<AskDomain, Vocabulary>();
  KNOWN.set(profile, domains);
  const known = domains.get(domain);
  if (known !== undefined) return known;
  const made = makeVocabulary(domain, profile);
  domains.set(domain, made);
  return made;
}

/** For one reading, which looks the same words up again and again; a question repeats itself as often as it likes. */
export function rememberingLookUps(vocabulary: Vocabulary): Vocabulary {
  return {
    ...vocabulary,
    meanings: remembered(vocabulary.meanings),
    exactMeanings: remembered(vocabulary.exactMeanings),
  };
}

function remembered(look: (stems: readonly string[]) => Meanings): (stems: readonly string[]) => Meanings {
  const known = new Map<string, Meanings>();
  return (stems) => {
    const key = stems.join(' ');
    const found = known.get(key) ?? look(stems);
    known.set(key, found);
    return found;
  };
}

function makeVocabulary(domain: AskDomain, profile: Profile): Vocabulary {
  const names = makeNames(domain);
  const byStem = new Map<string, Entry[]>();
  const values = new Map<string, ValueCandidate[]>();
  const starts = new Set<string>();
  const add = (entry: Entry) => {
    for (const word of entry.name.core.keys()) push(byStem, word, entry);
  };
  for (const table of domain.tables) {
    add({ table, name: names.table(table) });
    for (const column of table.columns) {
      add({ table, column, name: names.column(table, column) });
      for (const value of profile.columnFacts(domain.name, table.name, column.name)?.values ?? []) {
        const words = valueWords(value);
        if (words.length === 0) continue;
        push(values, words.join(' '), { table, column, value });
        starts.add(words[0]!);
      }
    }
  }
  for (const [term, targets] of Object.entries(domain.glossary)) {
    const core = new Map(term.split(/\s+/).map((word) => [stem(word), 1]));
    for (const target of [targets].flat()) {
      const element = parseGlossaryEntry(domain, target);
      if (element?.kind === 'table')
        add({ table: element.table, name: { core, beside: new Set(), refers: false } });
      if (element?.kind === 'column')
        add({
          table: element.table,
          column: element.column,
          name: { core, beside: new Set(), refers: false },
        });
    }
  }
  const otherwise = makeOtherwise([...byStem.keys()]);
  return {
    exactMeanings: (stems) => meaningsOf(stems, byStem),
    meanings: (stems) =>
      withLoose(stems, meaningsOf(stems, byStem), (other) => meaningsOf(other, byStem), otherwise),
    values: (words) => values.get(words) ?? [],
    startsValue: (word) => starts.has(word),
    knows: (word) => byStem.has(word),
  };
}

/** A key is seldom meant where nothing says that it is one. */
const KEY = /(_id|Id|ID|^id)$/;
const KEY_WORDS = new Set(['id', 'identifi', 'ident', 'key', 'number', 'code']);

interface Entry {
  readonly table: AskTable;
  readonly column?: AskColumn;
  readonly name: Name;
}

function meaningsOf(stems: readonly string[], byStem: ReadonlyMap<string, Entry[]>): Meanings {
  const tables = new Map<AskTable, number>();
  const columns = new Map<AskColumn, ColumnCandidate>();
  for (const word of new Set(stems)) {
    for (const { table, column, name } of byStem.get(word) ?? []) {
      const unsaidKey =
        column !== undefined && KEY.test(column.name) && !stems.some((said) => KEY_WORDS.has(said));
      const quality = matchName(stems, name) * (unsaidKey ? 0.7 : 1);
      if (quality < SAID_ENOUGH) continue;
      if (column === undefined) tables.set(table, Math.max(tables.get(table) ?? 0, quality));
      else if ((columns.get(column)?.quality ?? 0) < quality) columns.set(column, { table, column, quality });
    }
  }
  return {
    tables: best([...tables].map(([table, quality]) => ({ table, quality }))),
    columns: [...columns.values()],
  };
}

/** A name that is said well leaves no room for what its words could mean otherwise. */
const SAID_WELL = 0.75;
/** How much of a name's quality is left where other words say it. */
const LOOSE = 0.86;

function withLoose(
  stems: readonly string[],
  direct: Meanings,
  look: (stems: readonly string[]) => Meanings,
  otherwise: Otherwise,
): Meanings {
  const isSaid = [...direct.tables, ...direct.columns].some(({ quality }) => quality >= SAID_WELL);
  if (isSaid) return direct;
  const tables = new Map(direct.tables.map((candidate) => [candidate.table, candidate]));
  const columns = new Map(direct.columns.map((candidate) => [candidate.column, candidate]));
  for (const other of otherwise(stems)) {
    const loose = look(other);
    for (const candidate of loose.tables) {
      const quality = candidate.quality * LOOSE;
      if ((tables.get(candidate.table)?.quality ?? 0) < quality)
        tables.set(candidate.table, { ...candidate, quality, loosely: true });
    }
    for (const candidate of loose.columns) {
      const quality = candidate.quality * LOOSE;
      if ((columns.get(candidate.column)?.quality ?? 0) < quality)
        columns.set(candidate.column, { ...candidate, quality, loosely: true });
    }
  }
  return { tables: best([...tables.values()]), columns: [...columns.values()] };
}

/** A table whose whole name is said leaves no room for one that is named in part. */
function best(tables: TableCandidate[]): TableCandidate[] {
  const most = Math.max(0, ...tables.map(({ quality }) => quality));
  return tables.filter(({ quality }) => quality >= most - 0.12).sort((a, b) => b.quality - a.quality);
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
