import type { AskDomain, AskTable, Profile } from '../domain.js';
import { parseGlossaryEntry } from '../lexicon/glossary.js';
import { commentStems, valueWords } from '../lexicon/lexicon.js';
import type { SpokenNames } from './spoken-names.js';

/** What an element is. */
export const KIND = { domain: 0, table: 1, column: 2, reference: 3, alias: 4 } as const;

/** Something that words can speak of. */
export interface Element {
  readonly kind: (typeof KIND)[keyof typeof KIND];
  /** Undefined for what a domain says of itself. */
  readonly table: string | undefined;
  /** Of a column, and of what stands for one. */
  readonly column: string | undefined;
  /** The name of a declared metric. */
  readonly metric: string | undefined;
  /** The table that its column points to. */
  readonly refersTo: string | undefined;
  wordsOf(names: SpokenNames): ElementWords;
  /** What it holds, in lower-case words. */
  values(profile: Profile): readonly string[];
}

export interface ElementWords {
  /** Words of its name. */
  readonly name: readonly string[];
  /** Stems of what its comment says first. */
  readonly title: ReadonlySet<string>;
  readonly comment: ReadonlySet<string>;
}

const NOTHING_MORE = {
  table: undefined,
  column: undefined,
  metric: undefined,
  refersTo: undefined,
  values: () => [],
};

/** Every element of a domain, in an order that hangs on the domain alone. */
export function* elementsOf(domain: AskDomain): Generator<Element> {
  yield {
    ...NOTHING_MORE,
    kind: KIND.domain,
    wordsOf: (names) => ({ name: names.other(domain.name), ...commentStems(domain.description) }),
  };
  for (const table of domain.tables) yield* tableElements(domain.name, table);
  for (const [term, targets] of Object.entries(domain.glossary)) {
    for (const target of [targets].flat()) {
      const meant = parseGlossaryEntry(domain, target);
      if (meant === undefined) continue;
      const column = 'column' in meant ? meant.column.name : undefined;
      yield { ...NOTHING_MORE, table: meant.table.name, column, kind: KIND.alias, wordsOf: () => said(term) };
    }
  }
}

function* tableElements(domain: string, table: AskTable): Generator<Element> {
  const common = { ...NOTHING_MORE, table: table.name };
  yield {
    ...common,
    kind: KIND.table,
    wordsOf: (names) => ({ name: names.table(table), ...commentStems(table.comment) }),
  };
  for (const column of table.columns) {
    yield {
      ...common,
      column: column.name,
      kind: column.references === undefined ? KIND.column : KIND.reference,
      refersTo: column.references?.table,
      wordsOf: (names) => ({ name: names.column(table, column), ...commentStems(column.comment) }),
      values(profile) {
        const { values = [] } = profile.columnFacts(domain, table.name, column.name) ?? {};
        return values.map((value) => valueWords(value).join(' ')).filter((value) => value !== '');
      },
    };
  }
  for (const { name: metric, label, synonyms } of table.metrics) {
    for (const term of [label, ...synonyms])
      yield { ...common, metric, kind: KIND.alias, wordsOf: () => said(term) };
  }
  for (const { choices } of table.operation?.arguments ?? []) {
    for (const { name, comment } of choices) {
      const wordsOf = (names: SpokenNames) => ({ name: names.other(name), ...commentStems(comment) });
      yield { ...common, kind: KIND.column, wordsOf };
    }
  }
}

/** A term stands for its element as it is: nothing of it is a comment. */
function said(term: string): ElementWords {
  const none: ReadonlySet<string> = new Set();
  return { name: term.toLowerCase().split(/\s+/).filter(Boolean), title: none, comment: none };
}
