import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLFieldResolver, type GraphQLSchema, parse } from 'graphql';

/** One small supergraph and what operations on it must answer. */
export interface ConformanceCase {
  /** What is shown, as a sentence. */
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, SubgraphFixture>>;
  /**
   * The root of the same data in one piece, which graphql-js executes against the public schema: every answer must
   * equal its answer. A case that has no counterpart in one piece says why.
   */
  readonly monolith: MonolithRoot | { readonly none: string };
  readonly operations: readonly ConformanceOperation[];
}

export type MonolithRoot = { readonly root: Readonly<Record<string, unknown>> };

export interface SubgraphFixture {
  /** Without @link, which is added with every directive of Federation 2.9. */
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `1`: the SDL is Federation 1's. */
  readonly federation?: 1 | 2;
}

export interface ConformanceOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Which labels of @override hold for the request; the percentage is the one that it drew. Absent: none. */
  readonly overrides?: { readonly labels: readonly string[]; readonly percentage: number };
  readonly data: unknown;
  /** What must be reported, in any order; absent: nothing. */
  readonly errors?: readonly ExpectedError[];
  /** Whether the monolith must report the same errors; a federation's own faults have no counterpart there. */
  readonly monolithErrors?: 'other';
}

export interface ExpectedError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly code?: string;
}

const IMPORTS = [
  '@key',
  '@requires',
  '@provides',
  '@external',
  '@shareable',
  '@override',
  '@inaccessible',
  '@interfaceObject',
  '@tag',
  '@composeDirective',
];

/** A subgraph's SDL as its server would give it. */
export function subgraphSdl({ sdl, federation }: SubgraphFixture): string {
  if (federation === 1) return sdl;
  const imports = IMPORTS.map((name) => JSON.stringify(name)).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n${sdl}`;
}

export function subgraphSchema(fixture: SubgraphFixture): GraphQLSchema {
  const resolvers = fixture.resolvers as Record<
    string,
    Record<string, GraphQLFieldResolver<unknown, unknown>>
  >;
  return buildSubgraphSchema({ typeDefs: parse(subgraphSdl(fixture)), resolvers });
}

/** The resolver of an entity that is found by its key fields. */
export function byKey<Entity extends object>(entities: readonly Entity[], ...keys: readonly string[]) {
  return (reference: object): Entity | null => {
    const wanted = new Map(Object.entries(reference));
    const isWanted = (entity: Entity): boolean => {
      const fields = new Map(Object.entries(entity));
      return keys.every((key) => wanted.get(key) === fields.get(key));
    };
    return entities.find(isWanted) ?? null;
  };
}
