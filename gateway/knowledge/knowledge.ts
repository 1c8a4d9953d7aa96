import type { AskDomain, Profile } from './domain.js';
import { type CatalogIndex, CatalogIndexer } from './index/catalog-index.js';
import { IndexView, type Sight } from './index/index-view.js';
import { type Lexicon, lexiconOf } from './lexicon/lexicon.js';
import type { TableMeanings } from './meaning/table-meanings.js';

/** All that `ask` knows of the domains that somebody sees: replaced whole when a catalog changes. */
export interface Knowledge {
  readonly domains: readonly AskDomain[];
  readonly profile: Profile;
  /** Where questions are looked up. */
  readonly view: IndexView;
  /** What words mean in a domain, made when the domain is first read. */
  readonly lexicon: Lexicon;
  /** Where the tables stand by what they mean; absent without an embedding model. */
  readonly meanings?: TableMeanings | undefined;
}

/** Of everything, as nobody's rights restrict it. */
export function makeKnowledge(domains: readonly AskDomain[], profile: Profile): Knowledge {
  const indexer = new CatalogIndexer();
  for (const domain of domains) indexer.add(domain, profile);
  return knowledgeOf(indexer.finish(), profile);
}

export function knowledgeOf(index: CatalogIndex, profile: Profile, meanings?: TableMeanings): Knowledge {
  return { ...seenKnowledge(index, index.domains, profile, () => 'whole'), meanings };
}

/** Of what somebody sees of the domains: the index is shared, and what is hidden is passed over in it. */
export function seenKnowledge(
  index: CatalogIndex,
  domains: readonly AskDomain[],
  profile: Profile,
  sightOf: (domain: AskDomain) => Sight,
): Knowledge {
  return { domains, profile, view: new IndexView(index, sightOf), lexicon: lexiconOf(domains, profile) };
}
