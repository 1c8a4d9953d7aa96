import { LRUCache } from 'lru-cache';
import { visibleMetrics } from '../../subgraphs/metrics/visible-metrics.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import type { DomainAccess } from '../../subgraphs/policy/permissions.js';
import type { AskDomain, DomainRestriction, Profile } from './domain.js';
import { type Knowledge, makeKnowledge } from './knowledge.js';
import { makeDomain } from './make-domains.js';

/** What a caller may see of all domains, as `knowledge` needs it. */
export interface SeenDomains {
  readonly digest: string;
  readonly domains: ReadonlyMap<string, DomainAccess>;
}

/** How many callers' rights have a knowledge at a time. */
const REMEMBERED = 50;

/**
 * The part of what is known that a caller may see, made of that part alone: no word, rarity or value of what is hidden
 * weighs in a reading. Callers of one policy digest share it. Values are those of what is `sampled` alone.
 */
export function makeVisibleKnowledge(
  subgraphs: readonly OpenSubgraph[],
): (whole: Knowledge, seen: SeenDomains, sampled: SeenDomains) => Knowledge {
  if (subgraphs.every(({ permissions }) => permissions.kind === 'open')) return (whole) => whole;
  const known = new LRUCache<string, { whole: Knowledge; visible: Knowledge }>({ max: REMEMBERED });
  return (whole, seen, sampled) => {
    const found = known.get(seen.digest);
    if (found?.whole === whole) return found.visible;
    const domains = subgraphs.flatMap((subgraph) => seeDomain(subgraph, seen.domains.get(subgraph.name)));
    const visible = makeKnowledge(domains, seeProfile(whole.profile, sampled.domains));
    known.set(seen.digest, { whole, visible });
    return visible;
  };
}

function seeDomain(subgraph: OpenSubgraph, access: DomainAccess | undefined): AskDomain[] {
  if (access?.domain !== 'visible') return [];
  if (subgraph.permissions.kind === 'open' || subgraph.catalog === undefined) return [makeDomain(subgraph)];
  const metrics = visibleMetrics(subgraph.metrics ?? [], access.catalog);
  const domain = makeDomain({ ...subgraph, catalog: access.catalog, metrics });
  const restricted = { ...domain, restriction: restrictionOf(access) };
  return [access.nativeSql === 'refused' ? { ...restricted, dialect: undefined } : restricted];
}

function restrictionOf({ tables, maximumRows }: DomainAccess): DomainRestriction {
  const masked = new Map([...tables].map(([name, { cells }]) => [name, new Set(cells.keys())] as const));
  return { masked, maximumRows };
}

/** Values and ranges of columns that are seen as they stand, in tables whose rows are all seen. */
function seeProfile(profile: Profile, domains: ReadonlyMap<string, DomainAccess>): Profile {
  const tableIn = (domain: string, table: string) => {
    const access = domains.get(domain);
    const isVisible =
      access?.domain === 'visible' &&
      (access.whole.tables.length === 0 || access.catalog.tables.some(({ name }) => name === table));
    return isVisible ? { restriction: access.tables.get(table), catalog: access.catalog } : undefined;
  };
  return {
    tableFacts(domain, table) {
      const seen = tableIn(domain, table);
      return seen === undefined || seen.restriction?.rows !== undefined
        ? undefined
        : profile.tableFacts(domain, table);
    },
    columnFacts(domain, table, column) {
      const seen = tableIn(domain, table);
      if (seen === undefined) return undefined;
      const { restriction, catalog } = seen;
      const isThere =
        catalog.tables.length === 0 ||
        catalog.tables.some(
          ({ name, columns }) => name === table && columns.some((one) => one.name === column),
        );
      const isAsItStands =
        restriction === undefined ||
        (restriction.rows === undefined &&
          !restriction.cells.has(column) &&
          restriction.aggregateOnly?.columns.has(column) !== true);
      return isThere && isAsItStands ? profile.columnFacts(domain, table, column) : undefined;
    },
  };
}
