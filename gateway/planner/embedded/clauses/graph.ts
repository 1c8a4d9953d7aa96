import type { Relation } from '../../../../schema/names.js';
import { type AskDomain, type AskTable, findAskTable } from '../../../knowledge/domain.js';

/** A way from one table to another over relations. */
export interface Route {
  readonly relations: readonly Relation[];
  readonly to: AskTable;
}

export interface Graph {
  /** The shortest ways from one table to another; empty where none is short enough. */
  routes(from: AskTable, to: AskTable): readonly Route[];
  /** The shortest ways over to-one relations alone. */
  routesToOne(from: AskTable, to: AskTable): readonly Route[];
}

const FARTHEST = 5;

/** The tables of a domain as a graph of relations; ways are found when first asked for. */
export function makeGraph(domain: AskDomain): Graph {
  const known = new Map<string, Map<string, Route[]>>();
  const search = (from: AskTable, kind: 'any' | 'toOne') => {
    const key = `${kind} ${from.name}`;
    const found = known.get(key) ?? searchFrom(domain, from, kind);
    known.set(key, found);
    return found;
  };
  return {
    routes: (from, to) => search(from, 'any').get(to.name) ?? [],
    routesToOne: (from, to) => search(from, 'toOne').get(to.name) ?? [],
  };
}

/**
 * The cheapest ways to every table. Up to a parent and down to its other children pairs rows that have little to do
 * with one another: such a way is taken only where there is no better one.
 */
function searchFrom(domain: AskDomain, from: AskTable, kind: 'any' | 'toOne'): Map<string, Route[]> {
  const start: Priced = { relations: [], to: from, cost: 0 };
  const found = new Map<string, Priced[]>([[from.name, [start]]]);
  const open: Priced[] = [start];
  while (open.length > 0) {
    open.sort((a, b) => b.cost - a.cost);
    const route = open.pop()!;
    if (route.relations.length >= FARTHEST || route.cost > (found.get(route.to.name)?.[0]?.cost ?? Infinity))
      continue;
    for (const relation of route.to.relations) {
      if (kind === 'toOne' && relation.kind === 'toMany') continue;
      const to = findAskTable(domain, relation.toTable);
      if (to === undefined || to === from) continue;
      const turns = relation.kind === 'toMany' && route.relations.at(-1)?.kind === 'toOne';
      const cost = route.cost + 1 + (turns ? TURN : 0);
      const known = found.get(to.name) ?? [];
      const best = known[0]?.cost ?? Infinity;
      if (cost > best || known.length >= MOST_WAYS) continue;
      const way = { relations: [...route.relations, relation], to, cost };
      found.set(to.name, cost < best ? [way] : [...known, way]);
      open.push(way);
    }
  }
  return found;
}

interface Priced extends Route {
  readonly cost: number;
}

const TURN = 2.5;
const MOST_WAYS = 4;
