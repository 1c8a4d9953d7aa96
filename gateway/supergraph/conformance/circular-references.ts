import { byKey, type ConformanceCase } from './conformance.js';

const a1 = { id: 'a1', x: 1, b: { id: 'b1' } };
const b1 = { id: 'b1', y: 2, a: { id: 'a1' } };

export default {
  name: 'entities that refer to each other across subgraphs, deep into each other',
  subgraphs: {
    a: {
      sdl: `type Query { a: A } type A @key(fields: "id") { id: ID! x: Int b: B } type B @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { a: () => a1 }, A: { __resolveReference: byKey([a1], 'id') } },
    },
    b: {
      sdl: 'type B @key(fields: "id") { id: ID! y: Int a: A } type A @key(fields: "id") { id: ID! z: Int }',
      resolvers: {
        B: { __resolveReference: byKey([b1], 'id') },
        A: { __resolveReference: (reference: object) => reference, z: () => 3 },
      },
    },
  },
  monolith: {
    root: {
      a: () => {
        const a = { ...a1, z: 3, b: () => ({ ...b1, a: () => a }) };
        return a;
      },
    },
  },
  operations: [
    {
      query: '{ a { x z b { y a { x z b { y a { x } } } } } }',
      data: { a: { x: 1, z: 3, b: { y: 2, a: { x: 1, z: 3, b: { y: 2, a: { x: 1 } } } } } },
    },
  ],
} satisfies ConformanceCase;
