import { LRUCache } from 'lru-cache';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { Caller } from '../subgraphs/request-context.js';
import type { AccessOf } from './caller-access.js';
import type { Supergraph } from './supergraph/supergraph.js';
import { visibleSchema } from './visible-schema.js';

export interface VisibleSupergraphOptions {
  readonly supergraph: Supergraph;
  readonly subgraphs: readonly OpenSubgraph[];
  /** The SDL of subgraphs that everybody sees. */
  readonly common: readonly string[];
  readonly accessOf: AccessOf;
}

/** How many callers' rights have a schema at a time. */
const REMEMBERED = 100;

/**
 * The supergraph as a caller sees it: with the schema of what is visible to them, and the plans of all. Callers of one
 * policy digest share one. It is closed with the whole.
 */
export function makeVisibleSupergraphs(options: VisibleSupergraphOptions): (caller: Caller) => Supergraph {
  const { supergraph, subgraphs, common, accessOf } = options;
  if (subgraphs.every(({ permissions }) => permissions.kind === 'open')) return () => supergraph;
  const known = new LRUCache<string, Supergraph>({ max: REMEMBERED });
  return (caller) => {
    const access = accessOf(caller);
    const found = known.get(access.digest);
    if (found !== undefined) return found;
    const schema = visibleSchema(supergraph.schema, subgraphs, common, access);
    const visible: Supergraph = {
      sdl: supergraph.sdl,
      apart: supergraph.apart,
      schema,
      execute: (request) => supergraph.execute({ ...request, schema }),
      respond: (request) => supergraph.respond({ ...request, schema }),
      close: async () => {},
    };
    known.set(access.digest, visible);
    return visible;
  };
}
