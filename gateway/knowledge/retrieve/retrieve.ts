import { type AskDomain, type AskTable, findAskTable } from '../domain.js';
import type { IndexView } from '../index/index-view.js';
import type { Knowledge } from '../knowledge.js';
import type { NearTable } from '../meaning/table-meanings.js';
import { cutDomain, knowledgeOfParts, READ_WHOLE } from './cut-domain.js';
import { fuse } from './fuse.js';
import { rankTables } from './rank-tables.js';
import { type Term, termsOf } from './terms.js';
import { weighDomain } from './weigh-domain.js';

/** The domains and tables that a question may be about, best first. */
export interface Candidates {
  readonly knowledge: Knowledge;
  readonly domains: readonly CandidateDomain[];
  /** Some of the domains that no word of the question speaks of. */
  readonly unspoken: readonly AskDomain[];
}

export interface CandidateDomain {
  /** Where it has very many tables, as though it had these candidates only. */
  readonly domain: AskDomain;
  /** Of the best one 1, of the others by how far they stand behind it. */
  readonly score: number;
  /** Those that words of the question speak of, and their neighbours, best first. */
  readonly tables: readonly CandidateTable[];
}

export interface CandidateTable {
  readonly table: AskTable;
  /** Comparable over all domains. */
  readonly score: number;
}

/** Domains weighed one by one, of those that share most with the question. */
const WEIGHED = 24;
const MOST_TABLES = 40;
const MOST_UNSPOKEN = 8;

/**
 * Looks up what a question may be about, of what its asker may see; `only` bounds it to some domains. Tables that are
 * `near` by their meaning count beside those that say its words.
 */
export function retrieve(
  question: string,
  knowledge: Knowledge,
  only: readonly string[] | undefined,
  near?: readonly NearTable[],
): Candidates {
  const { view } = knowledge;
  const byName = new Map(knowledge.domains.map((domain) => [domain.name, domain]));
  const asked = (number: number) => {
    const { name } = view.index.domains[number]!;
    return only === undefined || only.includes(name) ? byName.get(name) : undefined;
  };
  const terms = termsOf(question, view);
  const weighed = likeliest(terms, view, (domain) => asked(domain) !== undefined)
    .map((domain) => weighDomain(domain, terms, view))
    .filter(({ tables, score }) => tables.size > 0 || score > 0)
    .sort((a, b) => b.score - a.score || a.domain - b.domain);
  const byWords = rankTables(weighed, terms);
  const ranked = near === undefined ? byWords : fuse(byWords, near, view);
  const domains = ranked.map(({ domain, share, tables }) =>
    candidateOf(asked(domain)!, share, tablesOf(asked(domain)!, domain, tables, view)),
  );
  const spoken = new Set(domains.map(({ domain }) => domain.name));
  const unspoken = knowledge.domains
    .filter(({ name }) => !spoken.has(name) && (only === undefined || only.includes(name)))
    .slice(0, MOST_UNSPOKEN);
  const parts = domains.map(({ domain }) => domain).filter((domain) => domain !== byName.get(domain.name));
  return { knowledge: knowledgeOfParts(knowledge, parts), domains, unspoken };
}

function candidateOf(domain: AskDomain, score: number, tables: readonly CandidateTable[]): CandidateDomain {
  if (domain.tables.length <= READ_WHOLE) return { domain, score, tables };
  const part = cutDomain(
    domain,
    tables.map(({ table }) => table),
  );
  return {
    domain: part,
    score,
    tables: part.tables.map((table, index) => ({ table, score: tables[index]!.score })),
  };
}

/** The domains that know most of the question's words, by their rarity alone. */
function likeliest(terms: readonly Term[], view: IndexView, isAsked: (domain: number) => boolean): number[] {
  const { domainStarts } = view.index;
  const points = new Map<number, number>();
  for (const { rarity, domains } of terms)
    for (const domain of domains) points.set(domain, (points.get(domain) ?? 0) + rarity);
  const sizeOf = (domain: number) => domainStarts[domain + 1]! - domainStarts[domain]!;
  return [...points]
    .filter(([domain]) => isAsked(domain))
    .sort(([a, more], [b, other]) => other - more || sizeOf(a) - sizeOf(b) || a - b)
    .slice(0, WEIGHED)
    .map(([domain]) => domain);
}

function tablesOf(
  domain: AskDomain,
  number: number,
  scores: ReadonlyMap<number, number>,
  view: IndexView,
): CandidateTable[] {
  const first = view.index.tableStarts[number]!;
  const whole = view.index.domains[number]!;
  const find = (ordinal: number) => {
    const table = whole.tables[ordinal]!;
    return domain === whole ? table : findAskTable(domain, table.name);
  };
  return [...scores]
    .sort(([a, more], [b, other]) => other - more || a - b)
    .slice(0, MOST_TABLES)
    .flatMap(([table, score]) => {
      const found = find(table - first);
      return found === undefined ? [] : [{ table: found, score }];
    });
}
