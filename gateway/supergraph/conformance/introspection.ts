import { byKey, type ConformanceCase } from './conformance.js';

const users = [{ id: '1', name: 'Ada' }];

export default {
  name: 'introspection is of the public schema, and mixes with data',
  subgraphs: {
    a: {
      sdl: `type Query { me: User } "Somebody." type User @key(fields: "id") @tag(name: "x") { id: ID! old: Int @deprecated(reason: "gone") }
        enum Unit { KILO POUND }`,
      resolvers: { Query: { me: () => users[0] } },
    },
    b: {
      sdl: 'type User @key(fields: "id") { id: ID! name(unit: Unit = KILO): String } enum Unit { KILO POUND }',
      resolvers: { User: { __resolveReference: byKey(users, 'id') } },
    },
  },
  monolith: { root: { me: users[0] } },
  operations: [
    {
      query: `query ($type: String!) { me { name } ...more __schema { queryType { name } mutationType { name } } }
        fragment more on Query {
          t: __type(name: $type) { kind description fields(includeDeprecated: true) { name isDeprecated args { name defaultValue } } }
        }`,
      variables: { type: 'User' },
      data: {
        me: { name: 'Ada' },
        t: {
          kind: 'OBJECT',
          description: 'Somebody.',
          fields: [
            { name: 'id', isDeprecated: false, args: [] },
            { name: 'old', isDeprecated: true, args: [] },
            { name: 'name', isDeprecated: false, args: [{ name: 'unit', defaultValue: 'KILO' }] },
          ],
        },
        __schema: { queryType: { name: 'Query' }, mutationType: null },
      },
    },
    {
      query: '{ __schema { directives { name } } }',
      data: {
        __schema: {
          directives: ['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf'].map((name) => ({ name })),
        },
      },
    },
    {
      query: '{ a: __type(name: "_Entity") { name } b: __type(name: "join__Graph") { name } }',
      data: { a: null, b: null },
    },
  ],
} satisfies ConformanceCase;
