import { byKey, type ConformanceCase } from './conformance.js';

const nodes = [
  { __typename: 'User', id: '1', name: 'Ada' },
  { __typename: 'Robot', id: '2', model: 'R2' },
];

export default {
  name: '__typename at the root, of objects, interfaces and unions, under any alias',
  subgraphs: {
    a: {
      sdl: `type Query { nodes: [Node!]! any: [Any] user: User } type Mutation { touch: User } interface Node { id: ID! }
        union Any = User | Robot
        type User implements Node @key(fields: "id") { id: ID! } type Robot implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { nodes: () => nodes, any: () => nodes, user: () => nodes[0] },
        Mutation: { touch: () => nodes[0] },
      },
    },
    b: {
      sdl: `type User @key(fields: "id") { id: ID! name: String } type Robot @key(fields: "id") { id: ID! model: String }`,
      resolvers: {
        User: { __resolveReference: byKey(nodes, 'id') },
        Robot: { __resolveReference: byKey(nodes, 'id') },
      },
    },
  },
  monolith: { root: { nodes, any: nodes, user: nodes[0], touch: nodes[0] } },
  operations: [
    { query: '{ __typename kind: __typename }', data: { __typename: 'Query', kind: 'Query' } },
    {
      query: `{ root: __typename nodes { __typename t: __typename } any { t: __typename ... on User { name u: __typename } }
        user { __typename x: __typename name } }`,
      data: {
        root: 'Query',
        nodes: [
          { __typename: 'User', t: 'User' },
          { __typename: 'Robot', t: 'Robot' },
        ],
        any: [{ t: 'User', name: 'Ada', u: 'User' }, { t: 'Robot' }],
        user: { __typename: 'User', x: 'User', name: 'Ada' },
      },
    },
    {
      query: 'mutation { __typename touch { __typename } }',
      data: { __typename: 'Mutation', touch: { __typename: 'User' } },
    },
  ],
} satisfies ConformanceCase;
