import { byKey, type ConformanceCase } from './conformance.js';

const users = [
  { id: '1', name: 'Ada', email: 'ada@example.com' },
  { id: '2', name: 'Grace', email: 'grace@example.com' },
];

export default {
  name: 'an entity takes fields from two subgraphs by one key',
  subgraphs: {
    accounts: {
      sdl: 'type Query { users: [User!]! me: User } type User @key(fields: "id") { id: ID! name: String! }',
      resolvers: { Query: { users: () => users, me: () => users[0] } },
    },
    contacts: {
      sdl: 'type User @key(fields: "id") { id: ID! email: String }',
      resolvers: { User: { __resolveReference: byKey(users, 'id') } },
    },
  },
  monolith: { root: { users, me: users[0] } },
  operations: [
    {
      query: '{ users { name email } me { email } }',
      data: {
        users: [
          { name: 'Ada', email: 'ada@example.com' },
          { name: 'Grace', email: 'grace@example.com' },
        ],
        me: { email: 'ada@example.com' },
      },
    },
    { query: '{ me { id } }', data: { me: { id: '1' } } },
  ],
} satisfies ConformanceCase;
