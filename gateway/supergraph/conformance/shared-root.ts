import type { ConformanceCase } from './conformance.js';

export default {
  name: 'a root field that two subgraphs share is joined field by field',
  subgraphs: {
    a: {
      sdl: `type Query { product: Product @shareable list: [Product!]! @shareable }
        type Product { id: ID! @shareable name: String }`,
      resolvers: {
        Query: {
          product: () => ({ id: '1', name: 'Chair' }),
          list: () => [
            { id: '1', name: 'Chair' },
            { id: '2', name: 'Desk' },
          ],
        },
      },
    },
    b: {
      sdl: `type Query { product: Product @shareable list: [Product!]! @shareable }
        type Product { id: ID! @shareable price: Int }`,
      resolvers: {
        Query: {
          product: () => ({ id: '1', price: 9 }),
          list: () => [
            { id: '1', price: 9 },
            { id: '2', price: 12 },
          ],
        },
      },
    },
  },
  monolith: {
    root: {
      product: { id: '1', name: 'Chair', price: 9 },
      list: [
        { id: '1', name: 'Chair', price: 9 },
        { id: '2', name: 'Desk', price: 12 },
      ],
    },
  },
  operations: [
    {
      query: '{ product { id name price } list { price name } }',
      data: {
        product: { id: '1', name: 'Chair', price: 9 },
        list: [
          { price: 9, name: 'Chair' },
          { price: 12, name: 'Desk' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
