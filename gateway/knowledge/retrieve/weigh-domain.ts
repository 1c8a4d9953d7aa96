import { NO_TABLE, PART } from '../index/catalog-index.js';
import { KIND } from '../index/elements.js';
import type { IndexView } from '../index/index-view.js';
import { findHits, type Hit } from './find-hits.js';
import type { Term } from './terms.js';

/** How well a domain, and each of its tables, says what a question says. */
export interface WeighedDomain {
  readonly domain: number;
  readonly score: number;
  /** What each table is worth, with what the tables that it is joined to lend it; by the table's number. */
  readonly tables: ReadonlyMap<number, number>;
  /** How directly each table says each term, 0–1. */
  readonly said: ReadonlyMap<number, Float64Array>;
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
/** A column that holds a word is less surely meant than one of its name. */
const BY_VALUE = 0.7;
/** What one word of a name is worth whatever of the name is left unsaid. */
const SAID_IN_PART = 0.4;
/** What a joined table says instead. */
const JOINED = 0.9;
/** What tables say together that nothing joins, as in catalogs that declare no references. */
const APART = 0.85;
/** What a table is worth for the one that it is joined to. */
const NEIGHBOUR = 0.5;
/** Tables whose joins are followed: the best by themselves. */
const LEADING = 24;
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
  const { domainStarts } = view.index;
  const met = meet(findHits(domain, terms, view), terms, view);
  const leading = [...met.tables]
    .map(([table, worths]) => ({ table, worths, alone: weigh(worths, terms) }))
    .sort((a, b) => b.alone - a.alone);
  const tables = new Map(leading.map(({ table, alone }) => [table, alone]));
  let together = APART * weigh(met.best, terms);
  for (const { table, worths, alone } of leading.slice(0, LEADING)) {
    const joined = Float64Array.from(worths);
    for (const { table: other, by } of view.index.joins.get(table) ?? []) {
      if (!view.sees(domain, by) || !view.sees(domain, view.index.tableElements[other]!)) continue;
      tables.set(other, Math.max(tables.get(other) ?? 0, NEIGHBOUR * alone));
      const others = met.tables.get(other);
      for (let term = 0; term < (others?.length ?? 0); term++)
        joined[term] = Math.max(joined[term]!, JOINED * others![term]!);
    }
    together = Math.max(together, weigh(joined, terms));
  }
  const first = terms.findIndex((_, term) => term < FIRST_TERMS && met.named.has(term));
  const score =
    together +
    (leading[0]?.alone ?? 0) +
    weigh(met.described, terms) +
    (first < 0 ? 0 : ASKED_FIRST * terms[first]!.rarity) -
    BY_CHANCE * Math.log(1 + domainStarts[domain + 1]! - domainStarts[domain]!);
  return { domain, score, tables, said: met.tables };
}

/** How directly each table says each term. */
interface Met {
  readonly tables: ReadonlyMap<number, Float64Array>;
  /** How directly any table says each term. */
  readonly best: Float64Array;
  /** What only the domain says of itself. */
  readonly described: Float64Array;
  /** Terms in the name of a table. */
  readonly named: ReadonlySet<number>;
}

function meet(hits: readonly Hit[], terms: readonly Term[], view: IndexView): Met {
  const { index } = view;
  const quality = qualityOf(hits, view);
  const tables = new Map<number, Float64Array>();
  const described = new Float64Array(terms.length);
  const best = new Float64Array(terms.length);
  const named = new Set<number>();
  for (const hit of hits) {
    const { term, element, part } = hit;
    const worth = quality(hit);
    const table = index.tables[element]!;
    if (table === NO_TABLE) {
      described[term] = Math.max(described[term]!, worth);
      continue;
    }
    if (index.kinds[element] === KIND.table && part === PART.name) named.add(term);
    const own = tables.get(table) ?? new Float64Array(terms.length);
    tables.set(table, own);
    own[term] = Math.max(own[term]!, worth);
    best[term] = Math.max(best[term]!, worth);
  }
  const alone = described.map((worth, term) => (best[term]! < worth / 2 ? worth : 0));
  return { tables, best, described: alone, named };
}

function weigh(worths: Float64Array, terms: readonly Term[]): number {
  let sum = 0;
  for (let term = 0; term < worths.length; term++) sum += worths[term]! * terms[term]!.rarity;
  return sum;
}

/** No question has more terms. */
const MOST_TERMS = 1_024;

/** How directly an element says a word: all the more, the more of its name the question says. */
function qualityOf(hits: readonly Hit[], { index }: IndexView): (hit: Hit) => number {
  const termsOfName = new Map<number, number>();
  const counted = new Set<number>();
  for (const { element, part, term } of hits) {
    if (part !== PART.name || index.lengths[element]! < 2) continue;
    const key = element * MOST_TERMS + term;
    if (counted.has(key)) continue;
    counted.add(key);
    termsOfName.set(element, (termsOfName.get(element) ?? 0) + 1);
  }
  return ({ element, part, sureness }) => {
    const direct = BY_NAME[index.kinds[element]!]! * sureness;
    switch (part) {
      case PART.name: {
        const share = Math.min(1, (termsOfName.get(element) ?? 1) / index.lengths[element]!);
        return direct * (SAID_IN_PART + (1 - SAID_IN_PART) * share);
      }
      case PART.title:
        return direct * BY_TITLE;
      case PART.comment:
        return direct * BY_COMMENT;
      default:
        return BY_VALUE * sureness;
    }
  };
}
