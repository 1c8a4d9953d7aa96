import { byKey, type ConformanceCase } from './conformance.js';

const things = [
  { id: '1', code: 'c1', key: { part: { ref: 'r1' } }, price: 10, stock: 3 },
  { id: '2', code: 'c2', key: { part: { ref: 'r2' } }, price: 20, stock: 0 },
];
const byRef = ({ key }: { key: { part: { ref: string } } }) =>
  things.find((thing) => thing.key.part.ref === key.part.ref) ?? null;

export default {
  name: 'an entity is reached through one key after another, nested ones and lists of them too',
  subgraphs: {
    list: {
      sdl: 'type Query { things: [Thing!]! } type Thing @key(fields: "id") { id: ID! }',
      resolvers: { Query: { things: () => things.map(({ id }) => ({ id })) } },
    },
    link: {
      sdl: 'type Thing @key(fields: "id") @key(fields: "code") { id: ID! code: String! }',
      resolvers: { Thing: { __resolveReference: byKey(things, 'id') } },
    },
    deep: {
      sdl: `type Thing @key(fields: "code") @key(fields: "key { part { ref } }") { code: String! key: Key! }
        type Key @shareable { part: Part! } type Part @shareable { ref: String! }`,
      resolvers: { Thing: { __resolveReference: byKey(things, 'code') } },
    },
    price: {
      sdl: `type Thing @key(fields: "key { part { ref } }") { key: Key! price: Int stock: Int }
        type Key @shareable { part: Part! } type Part @shareable { ref: String! }`,
      resolvers: { Thing: { __resolveReference: byRef } },
    },
  },
  monolith: { root: { things } },
  operations: [
    { query: '{ things { price } }', data: { things: [{ price: 10 }, { price: 20 }] } },
    {
      query: '{ things { stock code key { part { ref } } id } }',
      data: {
        things: [
          { stock: 3, code: 'c1', key: { part: { ref: 'r1' } }, id: '1' },
          { stock: 0, code: 'c2', key: { part: { ref: 'r2' } }, id: '2' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
