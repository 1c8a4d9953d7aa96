import type { ConformanceCase } from './conformance.js';

const orders = [{ id: 'o1' }, { id: 'o2' }];

export default {
  name: 'what is required may be references that their own subgraph does not resolve',
  subgraphs: {
    people: {
      sdl: 'type Query { person: Person } type Person @key(fields: "id") { id: ID! name: String! }',
      resolvers: { Query: { person: () => ({ id: '1', name: 'Ada' }) } },
    },
    sums: {
      sdl: `type Order @key(fields: "id", resolvable: false) { id: ID! }
        type Person @key(fields: "id") { id: ID! orders: [Order!] @external count: Int @requires(fields: "orders { id }")
          last: ID @requires(fields: "orders { id }") }`,
      resolvers: {
        Person: {
          __resolveReference: (given: object) => given,
          count: (given: { orders: object[] }) => given.orders.length,
          last: (given: { orders: { id: string }[] }) => given.orders.at(-1)?.id,
        },
      },
    },
    shop: {
      sdl: `type Person @key(fields: "id") { id: ID! orders: [Order!] } type Order @key(fields: "id") { id: ID! paid: Boolean }`,
      resolvers: {
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, orders }) },
        Order: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          paid: ({ id }: { id: string }) => id === 'o1',
        },
      },
    },
  },
  monolith: {
    root: {
      person: {
        id: '1',
        name: 'Ada',
        orders: orders.map(({ id }) => ({ id, paid: id === 'o1' })),
        count: 2,
        last: 'o2',
      },
    },
  },
  operations: [
    { query: '{ person { name count last } }', data: { person: { name: 'Ada', count: 2, last: 'o2' } } },
    {
      query: '{ person { last orders { paid } } }',
      data: { person: { last: 'o2', orders: [{ paid: true }, { paid: false }] } },
    },
  ],
} satisfies ConformanceCase;
