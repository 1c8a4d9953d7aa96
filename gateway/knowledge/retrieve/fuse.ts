import { rangeOf } from '../index/catalog-index.js';
import type { IndexView } from '../index/index-view.js';
import type { NearTable } from '../meaning/table-meanings.js';
import type { RankedDomain } from './rank-tables.js';

/** As it is mostly chosen: the first places count more than later ones, but not much more. Cormack et al., SIGIR 2009. */
const FLATTENING = 60;
/** What a table is worth of the one before it, where words have ranked no more. */
const NEXT = 0.9;

/**
 * Domains and tables in the order of both rankings, that by words and that by meaning (reciprocal rank fusion). What a
 * place is worth stays what words have found: only who stands there changes.
 */
export function fuse(
  ranked: readonly RankedDomain[],
  near: readonly NearTable[],
  { index }: IndexView,
): RankedDomain[] {
  const domainOf = ({ table }: NearTable) => rangeOf(index.tableStarts, table);
  const shares = fused(
    ranked.map(({ domain, share }) => [domain, share]),
    near.map(domainOf),
  );
  const worths = fused(
    ranked.flatMap(({ tables }) => [...tables]).sort(([, more], [, other]) => other - more),
    near.map(({ table }) => table),
  );
  const tables = new Map<number, Map<number, number>>();
  for (const [table, worth] of worths) {
    const domain = rangeOf(index.tableStarts, table);
    const own = tables.get(domain) ?? new Map<number, number>();
    tables.set(domain, own.set(table, worth));
  }
  return [...shares].map(([domain, share]) => ({ domain, share, tables: tables.get(domain) ?? new Map() }));
}

/** The members of both lists with what their new places are worth, best first. */
function fused(
  byWords: readonly (readonly [member: number, worth: number])[],
  byMeaning: readonly number[],
): Map<number, number> {
  const points = new Map<number, number>();
  const add = (members: readonly number[]) =>
    [...new Set(members)].forEach((member, place) => {
      points.set(member, (points.get(member) ?? 0) + 1 / (FLATTENING + place));
    });
  add(byWords.map(([member]) => member));
  add(byMeaning);
  const worths = byWords.map(([, worth]) => worth);
  const worthAt = (place: number) =>
    worths[place] ?? (worths.at(-1) ?? 1) * NEXT ** (place - Math.max(0, worths.length - 1));
  // The sort is stable: of equals, those that words have found come first.
  const order = [...points].sort(([, more], [, other]) => other - more).map(([member]) => member);
  return new Map(order.map((member, place) => [member, worthAt(place)]));
}
