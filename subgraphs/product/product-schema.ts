import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { printFederationSdl } from './print-federation-sdl.js';
import { SalesVenue, SalesVenueResolver } from './sales-venue.js';
import { WeatherResolver } from './weather-resolver.js';
import type { WeatherService } from './weather-service.js';

export interface ProductSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

type SubgraphModule = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>;

/** The executable federation schema of the classes, whose resolvers read from `weather`. */
export async function buildProductSchema(weather: WeatherService): Promise<ProductSchema> {
  const classes = await buildSchema({
    resolvers: [WeatherResolver, SalesVenueResolver],
    orphanedTypes: [SalesVenue],
    validate: false,
    // buildSubgraphSchema checks the same schema again, with its directives; once is enough at start-up.
    skipCheck: true,
    container: { get: (resolver: new (service: WeatherService) => unknown) => new resolver(weather) },
  });
  const sdl = printFederationSdl(classes);
  // The two packages describe the same map of resolvers with types that TypeScript cannot match.
  const module = { typeDefs: parse(sdl), resolvers: createResolversMap(classes) } as SubgraphModule;
  return { schema: buildSubgraphSchema(module), sdl };
}
