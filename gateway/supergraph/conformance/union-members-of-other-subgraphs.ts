import { byKey, type ConformanceCase } from './conformance.js';

const accounts = [
  { __typename: 'User', id: '1', name: 'Ada' },
  { __typename: 'Admin', id: 'a', name: 'Root' },
];
const linked = (): object[] => accounts.map((account) => ({ ...account, similar: linked }));

export default {
  name: 'one field of different types below the members of a union, however deep',
  subgraphs: {
    a: {
      sdl: 'type Query { users: [User!]! } type User @key(fields: "id") { id: ID @shareable name: String @shareable }',
      resolvers: {
        Query: { users: () => [accounts[0]] },
        User: { __resolveReference: byKey(accounts, 'id') },
      },
    },
    b: {
      sdl: `union Account = User | Admin type User @key(fields: "id") { id: ID! @shareable name: String! @shareable similar: [Account!]! }
        type Admin { id: ID name: String similar: [Account!]! } type Query { accounts: [Account!]! }`,
      resolvers: {
        Query: { accounts: () => accounts },
        User: { __resolveReference: byKey(accounts, 'id'), similar: () => accounts },
        Admin: { similar: () => accounts },
      },
    },
  },
  monolith: { root: { users: () => linked().slice(0, 1), accounts: linked } },
  operations: [
    {
      query: '{ users { id name } accounts { ... on User { id name } ... on Admin { id name } } }',
      data: { users: [{ id: '1', name: 'Ada' }], accounts: accounts.map(({ id, name }) => ({ id, name })) },
    },
    {
      query: `{ accounts { ... on User { id similar { ... on User { name } ... on Admin { name } } }
        ... on Admin { id similar { ... on User { id name similar { ... on Admin { id } ... on User { id } } } ... on Admin { name } } } } }`,
      data: {
        accounts: [
          { id: '1', similar: [{ name: 'Ada' }, { name: 'Root' }] },
          {
            id: 'a',
            similar: [{ id: '1', name: 'Ada', similar: [{ id: '1' }, { id: 'a' }] }, { name: 'Root' }],
          },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
