import type { ConformanceCase } from './conformance.js';

const orders = [
  { id: '1', buyer: { id: 'u1' } },
  { id: '2', buyer: null },
  { id: '3', buyer: { id: 'gone' } },
];

export default {
  name: 'a missing entity, and one that its subgraph does not find, are null',
  subgraphs: {
    orders: {
      sdl: 'type Query { orders: [Order] } type Order { id: ID! buyer: User } type User @key(fields: "id") { id: ID! }',
      resolvers: { Query: { orders: () => orders } },
    },
    users: {
      sdl: 'type User @key(fields: "id") { id: ID! name: String }',
      resolvers: {
        User: { __resolveReference: ({ id }: { id: string }) => (id === 'u1' ? { id, name: 'Ada' } : null) },
      },
    },
  },
  monolith: {
    root: {
      orders: [
        { id: '1', buyer: { id: 'u1', name: 'Ada' } },
        { id: '2', buyer: null },
        { id: '3', buyer: { id: 'gone', name: null } },
      ],
    },
  },
  operations: [
    {
      query: '{ orders { id buyer { id name } } }',
      data: {
        orders: [
          { id: '1', buyer: { id: 'u1', name: 'Ada' } },
          { id: '2', buyer: null },
          { id: '3', buyer: { id: 'gone', name: null } },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
