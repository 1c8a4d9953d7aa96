import { byKey, type ConformanceCase } from './conformance.js';

const rate = { USD: 1, EUR: 2 };
type Currency = keyof typeof rate;
const product = { id: 'p', base: 5 };
const item = { id: 'i', product: { id: 'p' } };
const whole = { item: { id: 'i', product: { id: 'p', dollars: 105, euros: 210 } } };

export default {
  name: 'one entity at two places, where different arguments of one field are required',
  subgraphs: {
    shelves: {
      sdl: `type Query { left: Shelf right: Shelf } type Shelf { item: Item } type Item @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { left: () => ({ item }), right: () => ({ item }) } },
    },
    items: {
      sdl: `type Item @key(fields: "id") { id: ID! product: Product } type Product @key(fields: "id") { id: ID! }`,
      resolvers: { Item: { __resolveReference: byKey([item], 'id') } },
    },
    catalog: {
      sdl: 'type Product @key(fields: "id") { id: ID! price(currency: String!): Int }',
      resolvers: {
        Product: {
          __resolveReference: byKey([product], 'id'),
          price: ({ base }: { base: number }, { currency }: { currency: Currency }) => base * rate[currency],
        },
      },
    },
    shipping: {
      sdl: `type Product @key(fields: "id") {
          id: ID! price(currency: String!): Int @external
          dollars: Int @requires(fields: "price(currency: \\"USD\\")")
          euros: Int @requires(fields: "price(currency: \\"EUR\\")")
        }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: object) => reference,
          dollars: ({ price }: { price: number }) => price + 100,
          euros: ({ price }: { price: number }) => price + 200,
        },
      },
    },
  },
  monolith: { root: { left: whole, right: whole } },
  operations: [
    {
      query: '{ left { item { product { dollars } } } right { item { product { euros } } } }',
      data: { left: { item: { product: { dollars: 105 } } }, right: { item: { product: { euros: 210 } } } },
    },
  ],
} satisfies ConformanceCase;
