import { byKey, type ConformanceCase } from './conformance.js';

const products = [{ id: 'p', name: 'Chair' }];
const reviews = [{ text: 'Good', product: { id: 'p' } }];

export default {
  name: 'a key that is not resolvable is a reference, and no way back',
  subgraphs: {
    products: {
      sdl: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! name: String }',
      resolvers: {
        Query: { products: () => products },
        Product: { __resolveReference: byKey(products, 'id') },
      },
    },
    reviews: {
      sdl: `type Query { reviews: [Review] } type Review { text: String product: Product }
        type Product @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { reviews: () => reviews } },
    },
  },
  monolith: { root: { products, reviews: [{ text: 'Good', product: products[0] }] } },
  operations: [
    {
      query: '{ reviews { product { name } text } }',
      data: { reviews: [{ product: { name: 'Chair' }, text: 'Good' }] },
    },
  ],
} satisfies ConformanceCase;
