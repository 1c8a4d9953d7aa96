import { byKey, type ConformanceCase } from './conformance.js';

const products = [{ id: 'p1', sku: 's1', upc: 'u1', name: 'Chair', price: 12.5, stock: 3 }];

export default {
  name: 'an entity with several keys is walked from one key to the next',
  subgraphs: {
    catalog: {
      sdl: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! name: String }',
      resolvers: { Query: { products: () => products } },
    },
    identity: {
      sdl: 'type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }',
      resolvers: { Product: { __resolveReference: byKey(products, 'id') } },
    },
    prices: {
      sdl: 'type Product @key(fields: "sku") @key(fields: "upc") { sku: String! upc: String! price: Float }',
      resolvers: { Product: { __resolveReference: byKey(products, 'sku') } },
    },
    stock: {
      sdl: 'type Product @key(fields: "upc") { upc: String! stock: Int }',
      resolvers: { Product: { __resolveReference: byKey(products, 'upc') } },
    },
  },
  monolith: { root: { products } },
  operations: [
    {
      query: '{ products { name stock price } }',
      data: { products: [{ name: 'Chair', stock: 3, price: 12.5 }] },
    },
  ],
} satisfies ConformanceCase;
