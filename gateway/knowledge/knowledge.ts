import type { AskDomain, AskTable, Profile } from './domain.js';
import { buildLexicon, type Lexicon } from './lexicon/lexicon.js';
import { isContent, tokenize } from './text/tokenize.js';

/** All that `ask` knows of the domains: built once, shared by every question, replaced whole when a catalog changes. */
export interface Knowledge {
  readonly domains: readonly AskDomain[];
  readonly profile: Profile;
  readonly lexicon: Lexicon;
}

export function makeKnowledge(domains: readonly AskDomain[], profile: Profile): Knowledge {
  return { domains, profile, lexicon: buildLexicon(domains, profile) };
}

/** The domains and tables that a question may be about, best first. */
export interface Candidates {
  readonly knowledge: Knowledge;
  readonly domains: readonly { readonly domain: AskDomain; readonly score: number }[];
}

/**
 * Ranks domains by the words they share with the question: each word counts by its rarity and by how directly the
 * domain's best table for it says it. The best table counts most: a question is seldom about a whole domain.
 */
export function retrieve(
  question: string,
  knowledge: Knowledge,
  only: readonly string[] | undefined,
): Candidates {
  const { lexicon } = knowledge;
  const words = new Set(
    tokenize(question)
      .filter(isContent)
      .map((token) => token.stem),
  );
  const scores = new Map<AskTable, number>();
  for (const word of words) {
    const rarity = lexicon.rarity(word);
    for (const [table, weight] of lexicon.tablesOf(word))
      scores.set(table, (scores.get(table) ?? 0) + rarity * weight);
  }
  const domains = knowledge.domains
    .filter((domain) => only === undefined || only.includes(domain.name))
    .map((domain) => ({ domain, score: domainScore(domain, scores) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.domain.name.localeCompare(b.domain.name));
  return { knowledge, domains };
}

function domainScore(domain: AskDomain, scores: ReadonlyMap<AskTable, number>): number {
  const tables = domain.tables.map((table) => scores.get(table) ?? 0).sort((a, b) => b - a);
  return tables.slice(0, 4).reduce((total, score, index) => total + score / 2 ** index, 0);
}
