import { GraphQLScalarType } from 'graphql';
import { byKey, type ConformanceCase } from './conformance.js';

const things = [{ id: '1', at: '2008-01-01', extra: { nested: [1, { two: null }], __typename: 'NotAType' } }];
// Resolvers give a scalar as such; the fixture's type speaks of fields.
const json = new GraphQLScalarType({ name: 'JSON' }) as unknown as Record<string, unknown>;

export default {
  name: 'custom scalars pass through as they are, objects and lists too',
  subgraphs: {
    a: {
      sdl: `scalar JSON scalar Date type Query { things(like: JSON): [Thing] echo(value: JSON): JSON }
        type Thing @key(fields: "id at") { id: ID! at: Date! }`,
      resolvers: {
        JSON: json,
        Query: { things: () => things, echo: (_: unknown, { value }: { value: unknown }) => value },
      },
    },
    b: {
      sdl: 'scalar JSON scalar Date type Thing @key(fields: "id at") { id: ID! at: Date! extra: JSON }',
      resolvers: { JSON: json, Thing: { __resolveReference: byKey(things, 'id', 'at') } },
    },
  },
  monolith: { root: { things, echo: ({ value }: { value: unknown }) => value } },
  operations: [
    {
      query:
        'query ($v: JSON) { things(like: { a: [1] }) { extra } echo(value: $v) a: echo(value: [1, { b: "c" }]) }',
      variables: { v: { deep: [true, { x: 1.5 }] } },
      data: {
        things: [{ extra: { nested: [1, { two: null }], __typename: 'NotAType' } }],
        echo: { deep: [true, { x: 1.5 }] },
        a: [1, { b: 'c' }],
      },
    },
  ],
} satisfies ConformanceCase;
