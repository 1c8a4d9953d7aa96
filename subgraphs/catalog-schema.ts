import {
  buildASTSchema,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isScalarType,
  parse,
  specifiedScalarTypes,
} from 'graphql';
import { addLazily, makeLazyTypes } from '../schema/lazy-types.js';
import { type DomainSdl, joinDomainSdl } from '../schema/print-sdl.js';
import type { PermittedResolvers } from './typed/permitted-resolvers.js';
import { SCALARS } from './typed/scalars.js';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/**
 * The executable federation subgraph of a domain's printed schema: `_service` and `_entities` beside the namespace.
 * The printer's text is right by construction, so nothing of it is checked again, and a type is read when an operation
 * first comes to it: of a thousand tables those that are asked for.
 */
export function makeCatalogSchema(sdl: DomainSdl, resolvers: PermittedResolvers): GraphQLSchema {
  const schema = buildASTSchema(parse(frame(sdl), { noLocation: true }), { assumeValid: true });
  readScalars(schema);
  const standing = new Map<string, GraphQLNamedType>(specifiedScalarTypes.map((type) => [type.name, type]));
  for (const type of Object.values(schema.getTypeMap())) standing.set(type.name, type);
  const lazy = makeLazyTypes({
    definitions: sdl.own,
    others: (name) => standing.get(name),
    resolverOf: (type, field) => resolvers.resolvers[type]?.[field] as Resolver | undefined,
  });
  addLazily(schema, lazy, sdl.namespaceType);
  const fields = schema.getQueryType()!.getFields();
  const namespace = resolvers.resolvers.Query?.[sdl.namespaceField] as Resolver;
  fields[sdl.namespaceField]!.resolve = namespace;
  fields._service!.resolve = () => ({ sdl: joinDomainSdl(sdl) });
  if (fields._entities !== undefined) {
    fields._entities.resolve = resolvers.resolveEntities as Resolver;
    const entity = schema.getType('_Entity') as GraphQLUnionType;
    entity.resolveType = (value) => (value as { readonly __typename: string }).__typename;
    entity.getTypes = () => sdl.entities.map((name) => lazy.get(name) as GraphQLObjectType);
  }
  return schema;
}

/** What does not grow with the tables. */
function frame({ namespaceField, namespaceType, shared, entities }: DomainSdl): string {
  const entitiesField = entities.length === 0 ? '' : '_entities(representations: [_Any!]!): [_Entity]! ';
  return [
    `type Query { ${namespaceField}: ${namespaceType} ${entitiesField}_service: _Service! }`,
    `type ${namespaceType} { ${PLACEHOLDER}: Boolean }`,
    'type _Service { sdl: String }',
    ...(entities.length === 0 ? [] : ['scalar _Any', 'union _Entity']),
    ...shared,
  ].join('\n\n');
}

const PLACEHOLDER = 'placeholder';

function readScalars(schema: GraphQLSchema): void {
  for (const scalar of Object.values(SCALARS)) {
    const type = schema.getType(scalar.name);
    if (!isScalarType(type)) continue;
    const { serialize, parseValue, parseLiteral } = scalar;
    Object.assign(type, { serialize, parseValue, parseLiteral });
  }
}
