import { byKey, type ConformanceCase } from './conformance.js';

const products = [
  { upc: '1', weight: 100, size: { width: 2, height: 3 } },
  { upc: '2', weight: null, size: null },
];

interface Reference {
  readonly upc: string;
  readonly weight: number | null;
  readonly size: { readonly width: number; readonly height: number } | null;
}

export default {
  name: '@requires hands fields of one subgraph to another, nested ones and nulls too',
  subgraphs: {
    catalog: {
      sdl: `type Query { products: [Product] }
        type Product @key(fields: "upc") { upc: ID! weight: Int size: Size }
        type Size @shareable { width: Int height: Int }`,
      resolvers: {
        Query: { products: () => products },
        Product: { __resolveReference: byKey(products, 'upc') },
      },
    },
    shipping: {
      sdl: `type Product @key(fields: "upc") {
          upc: ID! weight: Int @external size: Size @external
          cost: Int @requires(fields: "weight") area: Int @requires(fields: "size { width height }")
        }
        type Size @shareable { width: Int height: Int }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: Reference) => reference,
          cost: ({ weight }: Reference) => (weight === null ? -1 : weight * 2),
          area: ({ size }: Reference) => (size === null ? null : size.width * size.height),
        },
      },
    },
  },
  monolith: {
    root: {
      products: [
        { ...products[0], cost: 200, area: 6 },
        { ...products[1], cost: -1, area: null },
      ],
    },
  },
  operations: [
    {
      query: '{ products { cost area } }',
      data: {
        products: [
          { cost: 200, area: 6 },
          { cost: -1, area: null },
        ],
      },
    },
    {
      query: '{ products { upc cost weight } }',
      data: {
        products: [
          { upc: '1', cost: 200, weight: 100 },
          { upc: '2', cost: -1, weight: null },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
