import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import type { Catalog } from '../schema/catalog.js';
import { makeDomainModel } from '../schema/domain-model.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import type { Connector } from './connectors/connector.js';
import { makeResolvers } from './typed/resolvers.js';
import { SCALARS, type ScalarName } from './typed/scalars.js';

export interface SubgraphSource {
  readonly domain: { readonly name: string; readonly description: string };
  readonly catalog: Catalog;
  readonly connector: Connector;
}

/**
 * The executable schema of a catalog domain. Its resolvers want a `RequestContext` as the operation's context, and
 * make one statement of each root field.
 */
export function buildSubgraphSchemaFor({ domain, catalog, connector }: SubgraphSource): GraphQLSchema {
  const typeDefs = parse(printSubgraphSdl(domain, catalog));
  const defined = new Set(
    typeDefs.definitions.map((node) => ('name' in node ? node.name?.value : undefined)),
  );
  const scalars = Object.fromEntries(
    Object.entries(SCALARS).filter(([name]) => defined.has(name as ScalarName)),
  );
  const resolvers = {
    ...makeResolvers({ model: makeDomainModel(domain, catalog), catalog, connector }),
    ...scalars,
  };
  return buildSubgraphSchema({ typeDefs, resolvers });
}
