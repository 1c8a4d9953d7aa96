import type { AskDomain, AskTable } from '../../knowledge/domain.js';
import type { Candidates } from '../../knowledge/retrieve/retrieve.js';

export interface RankedTable {
  readonly domain: AskDomain;
  readonly table: AskTable;
}

/** Of a domain that no word speaks of, these many tables are shown: its own description may be what was meant. */
const UNSPOKEN = 3;

/**
 * The tables that a prompt may show, best first: those that the question speaks of and their neighbours, then a few
 * others of their domains. Where it speaks of none, some of every domain are shown.
 */
export function rankTables({ domains, unspoken }: Candidates): RankedTable[] {
  const ranked = domains
    .flatMap(({ domain, tables }) => tables.map(({ table, score }) => ({ domain, table, score })))
    .sort((a, b) => b.score - a.score);
  const known = new Set(ranked.map(({ table }) => table));
  const rest = domains.length === 0 ? unspoken : domains.map(({ domain }) => domain);
  const more = rest.flatMap((domain) =>
    domain.tables
      .filter((table) => !known.has(table))
      .slice(0, UNSPOKEN)
      .map((table) => ({ domain, table })),
  );
  return [...ranked, ...more];
}
