import { LRUCache } from 'lru-cache';
import { visibleMetrics } from '../../subgraphs/metrics/visible-metrics.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import type { DomainAccess } from '../../subgraphs/policy/permissions.js';
import type { AskDomain, DomainRestriction, Profile } from './domain.js';
import type { SightOfParts } from './index/index-view.js';
import { type Knowledge, seenKnowledge } from './knowledge.js';
import { makeDomain } from './make-domains.js';
import { seesRows, seesValues } from './sees-values.js';

/** What a caller may see of all domains, as `knowledge` needs it. */
export interface SeenDomains {
  readonly digest: string;
  readonly domains: ReadonlyMap<string, DomainAccess>;
}

/** How many callers' rights have a knowledge at a time. */
const REMEMBERED = 50;

/**
 * The part of what is known that a caller may see: no word, rarity or value of what is hidden weighs in a reading.
 * Callers of one policy digest share it; of the whole's index it copies nothing, and of a domain only what is asked
 * about. Values are those of what is `sampled` alone.
 */
export function makeVisibleKnowledge(
  subgraphs: readonly OpenSubgraph[],
): (whole: Knowledge, seen: SeenDomains, sampled: SeenDomains) => Knowledge {
  if (subgraphs.every(({ permissions }) => permissions.kind === 'open')) return (whole) => whole;
  const known = new LRUCache<string, { whole: Knowledge; visible: Knowledge }>({ max: REMEMBERED });
  return (whole, seen, sampled) => {
    const found = known.get(seen.digest);
    if (found?.whole === whole) return found.visible;
    const visible = seeKnowledge(subgraphs, whole, seen.domains, sampled.domains);
    known.set(seen.digest, { whole, visible });
    return visible;
  };
}

function seeKnowledge(
  subgraphs: readonly OpenSubgraph[],
  whole: Knowledge,
  seen: SeenDomains['domains'],
  sampled: SeenDomains['domains'],
): Knowledge {
  const all = new Map(whole.domains.map((domain) => [domain.name, domain]));
  const open = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  const domains = subgraphs.flatMap((subgraph) =>
    seeDomain(subgraph, all.get(subgraph.name), seen.get(subgraph.name)),
  );
  const visible = new Map(domains.map((domain) => [domain.name, domain]));
  const profile = seeProfile(whole.profile, sampled);
  const { view, meanings } = whole;
  const visibleOnly = seenKnowledge(view.index, domains, profile, ({ name }) => {
    const own = visible.get(name);
    if (own === undefined) return 'hidden';
    const values = sampled.get(name);
    if (own === all.get(name) && open.get(name)?.permissions.kind === 'open') return 'whole';
    return sightOf(own, (table, column) => seesValues(values, table, column));
  });
  return { ...visibleOnly, meanings };
}

function seeDomain(
  subgraph: OpenSubgraph,
  whole: AskDomain | undefined,
  access: DomainAccess | undefined,
): AskDomain[] {
  if (access?.domain !== 'visible' || whole === undefined) return [];
  if (subgraph.permissions.kind === 'open' || subgraph.catalog === undefined) return [whole];
  const { name, definition, engine, schema } = subgraph;
  const seen = {
    name,
    definition,
    engine,
    schema,
    catalog: access.catalog,
    get metrics() {
      return visibleMetrics(subgraph.metrics ?? [], access.catalog);
    },
    get dialect() {
      return access.nativeSql === 'refused' ? undefined : subgraph.dialect;
    },
  };
  return [makeDomain(seen, restrictionOf(access))];
}

function restrictionOf({ tables, maximumRows }: DomainAccess): DomainRestriction {
  const masked = new Map([...tables].map(([name, { cells }]) => [name, new Set(cells.keys())] as const));
  return { masked, maximumRows };
}

/** What is seen of a domain, as what its caller's own catalog has. */
function sightOf({ tables }: AskDomain, hasValues: (table: string, column: string) => boolean): SightOfParts {
  const columns = new Map(
    tables.map((table) => [table.name, new Set(table.columns.map(({ name }) => name))]),
  );
  const metrics = new Map(
    tables.map((table) => [table.name, new Set(table.metrics.map(({ name }) => name))]),
  );
  return {
    sees: ({ table, column, metric }) =>
      table === undefined ||
      (columns.has(table) &&
        (column === undefined || columns.get(table)!.has(column)) &&
        (metric === undefined || metrics.get(table)!.has(metric))),
    seesValues: hasValues,
  };
}

/** Values and ranges of columns that are seen as they stand, in tables whose rows are all seen. */
function seeProfile(profile: Profile, domains: SeenDomains['domains']): Profile {
  return {
    tableFacts: (domain, table) =>
      seesRows(domains.get(domain), table) ? profile.tableFacts(domain, table) : undefined,
    columnFacts: (domain, table, column) =>
      seesValues(domains.get(domain), table, column) ? profile.columnFacts(domain, table, column) : undefined,
  };
}
