import type { Term } from './terms.js';
import type { WeighedDomain } from './weigh-domain.js';

export interface RankedDomain {
  readonly domain: number;
  /** 1 of the first, of the others by how far they stand behind it. */
  readonly share: number;
  /** Scores that are comparable over all domains, by the table's number. */
  readonly tables: ReadonlyMap<number, number>;
}

/** How far behind, in points, a domain has a share of 1/e. */
const FAR_BEHIND = 4;
/** What the first domain says less directly than this it does not really say. */
const REALLY_SAID = 0.35;
/** A name in another domain that says it so directly may be what is meant. */
const SAID_ELSEWHERE = 0.6;
/** Such a table stands as if it were worth so much of the best one. */
const LIFTED = 0.6;
const MOST_LIFTED = 3;

/**
 * Tables by what they are worth and how likely their domain is. A question may be about two domains: what the first does
 * not say, and another does, brings that one's best table for it forward.
 */
export function rankTables(weighed: readonly WeighedDomain[], terms: readonly Term[]): RankedDomain[] {
  const [first] = weighed;
  if (first === undefined) return [];
  const ranked = weighed.map(({ domain, score, tables, said }) => {
    const share = Math.exp((score - first.score) / FAR_BEHIND);
    const scores = new Map([...tables].map(([table, worth]) => [table, share * worth]));
    return { domain, share, tables: scores, said };
  });
  const best = Math.max(...ranked[0]!.tables.values(), 0);
  const missing = terms
    .map(({ rarity }, term) => ({ rarity, term }))
    .filter(({ term }) => ![...first.said.values()].some((worths) => worths[term]! >= REALLY_SAID))
    .sort((a, b) => b.rarity - a.rarity)
    .slice(0, MOST_LIFTED);
  for (const { term } of missing) {
    let most = 0;
    let lift: { readonly tables: Map<number, number>; readonly table: number } | undefined;
    for (const { share, tables, said } of ranked.slice(1)) {
      for (const [table, worths] of said) {
        const worth = worths[term]! >= SAID_ELSEWHERE ? share * (tables.get(table) ?? 0) : 0;
        if (worth <= most) continue;
        most = worth;
        lift = { tables, table };
      }
    }
    lift?.tables.set(lift.table, Math.max(lift.tables.get(lift.table)!, LIFTED * best));
  }
  return ranked;
}
