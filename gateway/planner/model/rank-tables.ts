import type { AskDomain, AskTable } from '../../knowledge/domain.js';
import type { Candidates } from '../../knowledge/knowledge.js';
import { isContent, tokenize } from '../../knowledge/text/tokenize.js';

export interface RankedTable {
  readonly domain: AskDomain;
  readonly table: AskTable;
}

/** A neighbour that no word speaks of counts so much of the table it is joined to. */
const NEIGHBOUR = 0.5;
/** Of a domain that no word speaks of, these many tables are shown: its own description may be what was meant. */
const UNSPOKEN = 3;

/**
 * The tables of the candidate domains, best first: by the words that they share with the question, each by its rarity;
 * the tables that one may have to join on the way count with those that they stand beside.
 */
export function rankTables(question: string, { knowledge, domains }: Candidates): RankedTable[] {
  const words = new Set(
    tokenize(question)
      .filter(isContent)
      .map((token) => token.stem),
  );
  const shared = new Map<AskTable, number>();
  for (const word of words) {
    const rarity = knowledge.lexicon.rarity(word);
    for (const [table, weight] of knowledge.lexicon.tablesOf(word))
      shared.set(table, (shared.get(table) ?? 0) + rarity * weight);
  }
  const ranked = domains.flatMap(({ domain, score }) => {
    const byName = new Map(domain.tables.map((table) => [table.name, table]));
    const scores = new Map<AskTable, number>(domain.tables.map((table) => [table, shared.get(table) ?? 0]));
    for (const table of domain.tables) {
      for (const { toTable } of table.relations) {
        const neighbour = byName.get(toTable);
        if (neighbour === undefined) continue;
        const borrowed = (shared.get(table) ?? 0) * NEIGHBOUR;
        scores.set(neighbour, Math.max(scores.get(neighbour) ?? 0, borrowed));
      }
    }
    return [...scores]
      .filter(([, own], index) => own > 0 || index < UNSPOKEN)
      .map(([table, own]) => ({ domain, table, own, score }));
  });
  // Tables of the best domain first where words alone do not tell.
  return ranked.sort((a, b) => b.own * b.score - a.own * a.score || b.score - a.score);
}
