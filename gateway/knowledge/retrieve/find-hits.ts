import { PART, PARTS } from '../index/catalog-index.js';
import type { IndexView } from '../index/index-view.js';
import { lowerBound } from '../index/posting-lists.js';
import type { Term } from './terms.js';

/** A word of the question met in a domain. */
export interface Hit {
  /** Its place among the question's terms. */
  readonly term: number;
  readonly element: number;
  /** The part of what is said of the element that has the word; VALUE where the element holds it. */
  readonly part: number;
  /** How surely it is this word, or this value. */
  readonly sureness: number;
}

export const VALUE = PART.comment + 1;

/** What is looked at in one domain; a word that has more adds to the tables that rarer ones have found. */
const MOST_POSTINGS = 3_000;
const MOST_TABLES = 400;

interface Lookup {
  readonly term: number;
  readonly sureness: number;
  /** What the domain has of it, ascending. */
  readonly postings: Uint32Array;
  readonly parts: number;
}

/** Where a domain says the terms: all of it, or in a domain of very many tables where the rarer words lead. */
export function findHits(domain: number, terms: readonly Term[], view: IndexView): Hit[] {
  const hits: Hit[] = [];
  const found = new Set<number>();
  let room = MOST_POSTINGS;
  for (const lookup of lookupsIn(domain, terms, view)) {
    const { length } = lookup.postings;
    const isWhole = length <= room || found.size === 0;
    const postings = isWhole ? lookup.postings.subarray(0, MOST_POSTINGS) : within(lookup, found, view);
    room -= postings.length;
    for (const posting of postings) {
      const hit = hitOf(lookup, posting);
      if (!isSeen(domain, hit, view)) continue;
      hits.push(hit);
      if (found.size < MOST_TABLES) found.add(view.index.tables[hit.element]!);
    }
  }
  return hits;
}

/** The rarest first. */
function lookupsIn(domain: number, terms: readonly Term[], { index }: IndexView): Lookup[] {
  const from = index.domainStarts[domain]!;
  const to = index.domainStarts[domain + 1]!;
  const own = (postings: Uint32Array, parts: number) => {
    const start = lowerBound(postings, from * parts);
    return postings.subarray(start, lowerBound(postings, to * parts, start));
  };
  return terms
    .flatMap(({ stems, values }, term): Lookup[] => [
      ...stems.map(({ stem, sureness }) => ({
        term,
        sureness,
        postings: own(index.words.get(stem), PARTS),
        parts: PARTS,
      })),
      ...values.map(({ text, likeness }) => ({
        term,
        sureness: likeness,
        postings: own(index.values.get(text), 1),
        parts: 1,
      })),
    ])
    .filter(({ postings }) => postings.length > 0)
    .sort((a, b) => a.postings.length - b.postings.length);
}

/** What stands in tables that are found already. */
function within({ postings, parts }: Lookup, found: ReadonlySet<number>, { index }: IndexView): number[] {
  const inside: number[] = [];
  for (const table of found) {
    const from = index.tableElements[table];
    if (from === undefined) continue;
    const end = (index.tableElements[table + 1] ?? index.tables.length) * parts;
    for (let at = lowerBound(postings, from * parts); at < postings.length && postings[at]! < end; at++)
      inside.push(postings[at]!);
  }
  return inside;
}

function hitOf({ term, sureness, parts }: Lookup, posting: number): Hit {
  return parts === 1
    ? { term, sureness, element: posting, part: VALUE }
    : { term, sureness, element: Math.floor(posting / PARTS), part: posting % PARTS };
}

function isSeen(domain: number, { element, part }: Hit, view: IndexView): boolean {
  return part === VALUE ? view.seesValues(domain, element) : view.sees(domain, element);
}
