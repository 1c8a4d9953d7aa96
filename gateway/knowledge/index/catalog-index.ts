import type { AskDomain, Profile } from '../domain.js';
import { elementsOf, KIND } from './elements.js';
import { PostingGatherer, PostingLists } from './posting-lists.js';
import { Spellings } from './spellings.js';
import { spokenNames } from './spoken-names.js';

/** What a posting's number is made of: an element, and the part of what is said of it that has the word. */
export const PARTS = 4;
export const PART = { name: 0, title: 1, comment: 2 } as const;

/**
 * Every word that every domain knows, by number: one for all callers, who see of it what they may (`IndexView`).
 * Elements are numbered domain by domain, and so what a term has of one domain stands together in its list.
 */
export interface CatalogIndex {
  readonly domains: readonly AskDomain[];
  /** The first element of each domain, and their number at the end. */
  readonly domainStarts: Uint32Array;
  /** The first table of each domain, and their number at the end. */
  readonly tableStarts: Uint32Array;
  /** The element that each table is; what is said of it and its columns follows, but for terms of a glossary. */
  readonly tableElements: Uint32Array;
  /** An element's table; of a domain's own words `NO_TABLE`. */
  readonly tables: Uint32Array;
  readonly kinds: Uint8Array;
  /** How many words an element's name has. */
  readonly lengths: Uint8Array;
  /** Elements by the stem of a word, as `element * PARTS + part`. */
  readonly words: PostingLists;
  /** Columns by a value of theirs, in lower-case words. */
  readonly values: PostingLists;
  readonly spellings: Spellings;
  /** Tables that a reference joins, both ways: of each table, pairs of a table and the element that joins them. */
  readonly joins: ReadonlyMap<number, readonly Join[]>;
}

export interface Join {
  readonly table: number;
  /** The column that refers, on whichever side. */
  readonly by: number;
}

export const NO_TABLE = 0xffffffff;

/** How many values are known by their words: beyond the first bound a few of each column, beyond the second none. */
const MANY_VALUES = 2_000_000;
const MOST_VALUES = 4_000_000;
const A_FEW = 50;

/** Takes one domain after another, so that whoever indexes a large catalog can let others work in between. */
export class CatalogIndexer {
  readonly #domains: AskDomain[] = [];
  readonly #domainStarts: number[] = [0];
  readonly #tableStarts: number[] = [0];
  readonly #tableElements: number[] = [];
  readonly #tables: number[] = [];
  readonly #kinds: number[] = [];
  readonly #lengths: number[] = [];
  readonly #words = new PostingGatherer();
  readonly #values = new PostingGatherer();
  readonly #spellings = new Spellings();
  readonly #joins = new Map<number, Join[]>();
  #valueCount = 0;

  add(domain: AskDomain, profile: Profile): void {
    const firstTable = this.#tableStarts.at(-1)!;
    const ordinals = new Map(domain.tables.map(({ name }, index) => [name, firstTable + index]));
    const names = spokenNames(domain);
    for (const { table, kind, wordsOf, refersTo, values } of elementsOf(domain)) {
      const element = this.#tables.length;
      const { name, title, comment } = wordsOf(names);
      const own = table === undefined ? NO_TABLE : ordinals.get(table)!;
      this.#tables.push(own);
      this.#kinds.push(kind);
      if (kind === KIND.table) this.#tableElements.push(element);
      this.#lengths.push(Math.min(255, name.length));
      for (const word of name) this.#words.add(this.#spellings.add(word), element * PARTS + PART.name);
      for (const stem of title) this.#words.add(stem, element * PARTS + PART.title);
      for (const stem of comment) this.#words.add(stem, element * PARTS + PART.comment);
      const target = refersTo === undefined ? undefined : ordinals.get(refersTo);
      if (target !== undefined) this.#join(own, target, element);
      this.#addValues(values(profile), element);
    }
    this.#domains.push(domain);
    this.#domainStarts.push(this.#tables.length);
    this.#tableStarts.push(firstTable + domain.tables.length);
  }

  finish(): CatalogIndex {
    return {
      domains: this.#domains,
      domainStarts: Uint32Array.from(this.#domainStarts),
      tableStarts: Uint32Array.from(this.#tableStarts),
      tableElements: Uint32Array.from(this.#tableElements),
      tables: Uint32Array.from(this.#tables),
      kinds: Uint8Array.from(this.#kinds),
      lengths: Uint8Array.from(this.#lengths),
      words: PostingLists.of(this.#words),
      values: PostingLists.of(this.#values),
      spellings: this.#spellings,
      joins: this.#joins,
    };
  }

  #addValues(values: readonly string[], element: number): void {
    if (this.#valueCount >= MOST_VALUES) return;
    const kept = this.#valueCount >= MANY_VALUES ? values.slice(0, A_FEW) : values;
    for (const value of kept) this.#values.add(value, element);
    this.#valueCount += kept.length;
  }

  #join(from: number, to: number, by: number): void {
    if (from === to) return;
    for (const [table, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const known = this.#joins.get(table);
      if (known === undefined) this.#joins.set(table, [{ table: other, by }]);
      else known.push({ table: other, by });
    }
  }
}

/** The number of the range, of those that start there, in which a number stands. */
export function rangeOf(starts: Uint32Array, number: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}
