import type { AskDomain, AskTable, Profile } from './domain.js';
import { buildLexicon, type Lexicon } from './lexicon/lexicon.js';
import { saidOtherwise } from './lexicon/thesaurus.js';
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
  const add = (word: string, share: number) => {
    const rarity = lexicon.rarity(word);
    for (const [table, weight] of lexicon.tablesOf(word))
      scores.set(table, (scores.get(table) ?? 0) + rarity * weight * share);
  };
  for (const word of telling([...words], lexicon)) add(word, 1);
  for (const word of telling(synonyms([...words], lexicon), lexicon)) add(word, SYNONYM);
  const byDomain = new Map<string, number[]>();
  for (const [table, score] of scores) {
    const known = byDomain.get(table.domain);
    if (known === undefined) byDomain.set(table.domain, [score]);
    else known.push(score);
  }
  const domains = knowledge.domains
    .filter((domain) => byDomain.has(domain.name) && (only === undefined || only.includes(domain.name)))
    .map((domain) => ({ domain, score: domainScore(byDomain.get(domain.name)!) }))
    .sort((a, b) => b.score - a.score || a.domain.name.localeCompare(b.domain.name));
  return { knowledge, domains };
}

/** How much a synonym tells of a table, of what its own word would. */
const SYNONYM = 0.5;

/** What tables may call what the question calls by a word that none of them knows. */
function synonyms(words: readonly string[], lexicon: Lexicon): string[] {
  const isKnown = (word: string) => lexicon.tablesOf(word).size > 0;
  const strange = words.filter((word) => !isKnown(word));
  return [...new Set(strange.flatMap((word) => saidOtherwise([word], isKnown).flat()))].filter(
    (word) => !words.includes(word),
  );
}

/** A word that more tables know says next to nothing of any of them, and would cost a look at each. */
const KNOWN_TO_MANY = 2_000;

function telling(words: readonly string[], lexicon: Lexicon): readonly string[] {
  const rare = words.filter((word) => {
    const { size } = lexicon.tablesOf(word);
    return size > 0 && size <= KNOWN_TO_MANY;
  });
  if (rare.length > 0) return rare;
  const known = words.filter((word) => lexicon.tablesOf(word).size > 0);
  return known.sort((a, b) => lexicon.tablesOf(a).size - lexicon.tablesOf(b).size).slice(0, 1);
}

function domainScore(scores: readonly number[]): number {
  return scores
    .toSorted((a, b) => b - a)
    .slice(0, 4)
    .reduce((total, score, index) => total + score / 2 ** index, 0);
}
