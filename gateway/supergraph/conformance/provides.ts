import { byKey, type ConformanceCase } from './conformance.js';

const users = [{ id: '1', name: 'Ada', age: 36 }];
const reviews = [{ text: 'Fine', author: users[0] }];

export default {
  name: '@provides takes a field where it already is',
  subgraphs: {
    accounts: {
      sdl: 'type Query { users: [User] } type User @key(fields: "id") { id: ID! name: String @shareable age: Int }',
      resolvers: { Query: { users: () => users }, User: { __resolveReference: byKey(users, 'id') } },
    },
    reviews: {
      sdl: `type Query { reviews: [Review] } type Review { text: String author: User @provides(fields: "name") }
        type User @key(fields: "id") { id: ID! name: String @external }`,
      resolvers: { Query: { reviews: () => reviews } },
    },
  },
  monolith: { root: { users, reviews } },
  operations: [
    {
      query: '{ reviews { text author { name } } }',
      data: { reviews: [{ text: 'Fine', author: { name: 'Ada' } }] },
    },
    {
      query: '{ reviews { author { name age } } }',
      data: { reviews: [{ author: { name: 'Ada', age: 36 } }] },
    },
  ],
} satisfies ConformanceCase;
