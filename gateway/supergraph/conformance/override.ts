import { byKey, type ConformanceCase } from './conformance.js';

export default {
  name: '@override takes a field away from the subgraph that had it',
  subgraphs: {
    old: {
      sdl: 'type Query { users: [User] } type User @key(fields: "id") { id: ID! name: String rank: Int }',
      resolvers: { Query: { users: () => [{ id: '1', name: 'old name', rank: 1 }] } },
    },
    new: {
      sdl: 'type User @key(fields: "id") { id: ID! name: String @override(from: "old") }',
      resolvers: { User: { __resolveReference: byKey([{ id: '1', name: 'new name' }], 'id') } },
    },
  },
  monolith: { root: { users: [{ id: '1', name: 'new name', rank: 1 }] } },
  operations: [{ query: '{ users { name rank } }', data: { users: [{ name: 'new name', rank: 1 }] } }],
} satisfies ConformanceCase;
