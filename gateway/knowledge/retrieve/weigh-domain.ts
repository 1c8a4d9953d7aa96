import { NO_TABLE, PART } from '../index/catalog-index.js';
import { KIND } from '../index/elements.js';
import type { IndexView } from '../index/index-view.js';
import { findHits, type Hit } from './find-hits.js';
import type { Term } from './terms.js';

/** How well a domain, and each of its tables, says what a question says. */
export interface WeighedDomain {
  readonly domain: number;
  readonly score: number;
  /** By the table's number. */
  readonly tables: ReadonlyMap<number, number>;
}

/** How directly a name says a word, by what it is the name of; that of a reference is another table's. */
const BY_NAME: Readonly<Record<number, number>> = {
  [KIND.domain]: 1,
  [KIND.table]: 1,
  [KIND.column]: 0.8,
  [KIND.reference]: 0.45,
  [KIND.alias]: 1,
};
const BY_TITLE = 0.7;
const BY_COMMENT = 0.4;
/** What one word of a name is worth whatever of the name is left unsaid. */
const SAID_IN_PART = 0.4;
/** What a joined table says instead. */
const JOINED = 0.9;
/** What a table is worth for the one that it is joined to. */
const NEIGHBOUR = 0.5;
/** Asked for first is mostly what the question is about. */
const ASKED_FIRST = 0.4;
const FIRST_TERMS = 6;
/** The more a domain holds, the more of any question it says by chance. */
const BY_CHANCE = 0.5;

/**
 * The best table counts, then what the tables joined to it say besides: a question is seldom about a whole domain. Each
 * word counts once for a table, by its rarity and by how directly the table says it.
 */
export function weighDomain(domain: number, terms: readonly Term[], view: IndexView): WeighedDomain {
  const { index } = view;
  const hits = findHits(domain, terms, view);
  const quality = qualityOf(hits, view);
  const said = new Map<number, Float64Array>();
  const described = new Float64Array(terms.length);
  const best = new Float64Array(terms.length);
  const named = new Set<number>();
  for (const hit of hits) {
    const worth = quality(hit);
    const table = index.tables[hit.element]!;
    if (table === NO_TABLE) {
      described[hit.term] = Math.max(described[hit.term]!, worth);
      continue;
    }
    if (index.kinds[hit.element] === KIND.table && hit.part === PART.name) named.add(hit.term);
    const own = said.get(table) ?? new Float64Array(terms.length);
    if (!said.has(table)) said.set(table, own);
    own[hit.term] = Math.max(own[hit.term]!, worth);
    best[hit.term] = Math.max(best[hit.term]!, worth);
  }
  const weigh = (worths: (term: number) => number) =>
    terms.reduce((sum, { rarity }, term) => sum + rarity * worths(term), 0);
  const alone = new Map([...said].map(([table, own]) => [table, weigh((term) => own[term]!)]));
  const tables = new Map(alone);
  let together = 0;
  for (const [table, own] of said) {
    const joined = Float64Array.from(own);
    for (const other of joinedTables(domain, table, view)) {
      tables.set(other, Math.max(tables.get(other) ?? 0, NEIGHBOUR * alone.get(table)!));
      said.get(other)?.forEach((worth, term) => {
        joined[term] = Math.max(joined[term]!, JOINED * worth);
      });
    }
    together = Math.max(
      together,
      weigh((term) => joined[term]!),
    );
  }
  const first = terms.findIndex((_, term) => term < FIRST_TERMS && named.has(term));
  const size = index.domainStarts[domain + 1]! - index.domainStarts[domain]!;
  const score =
    together +
    Math.max(0, ...alone.values()) +
    weigh((term) => (best[term]! < described[term]! / 2 ? described[term]! : 0)) +
    (first < 0 ? 0 : ASKED_FIRST * terms[first]!.rarity) -
    BY_CHANCE * Math.log(1 + size);
  return { domain, score, tables };
}

/** How directly an element says a word: all the more, the more of its name the question says. */
function qualityOf(hits: readonly Hit[], { index }: IndexView): (hit: Hit) => number {
  const termsOfName = new Map<number, Set<number>>();
  for (const { element, part, term } of hits) {
    if (part !== PART.name) continue;
    const known = termsOfName.get(element);
    if (known === undefined) termsOfName.set(element, new Set([term]));
    else known.add(term);
  }
  return ({ element, part, sureness }) => {
    const direct = BY_NAME[index.kinds[element]!]! * sureness;
    switch (part) {
      case PART.name: {
        const share = Math.min(1, termsOfName.get(element)!.size / index.lengths[element]!);
        return direct * (SAID_IN_PART + (1 - SAID_IN_PART) * share);
      }
      case PART.title:
        return direct * BY_TITLE;
      case PART.comment:
        return direct * BY_COMMENT;
      default:
        return sureness;
    }
  };
}

function joinedTables(domain: number, table: number, view: IndexView): number[] {
  return (view.index.joins.get(table) ?? [])
    .filter(
      ({ table: other, by }) => view.sees(domain, by) && view.sees(domain, view.index.tableElements[other]!),
    )
    .map((join) => join.table);
}
