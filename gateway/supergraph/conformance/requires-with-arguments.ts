import { byKey, type ConformanceCase } from './conformance.js';

const rate = { USD: 1, EUR: 2, NOK: 10 };
type Currency = keyof typeof rate;
const products = [
  { upc: '1', base: 5 },
  { upc: '2', base: 7 },
];
const price = (base: number) => (arguments_: { currency: Currency }) => base * rate[arguments_.currency];

export default {
  name: '@requires with arguments is told from the same field as the client asks for it',
  subgraphs: {
    catalog: {
      sdl: `type Query { products: [Product] }
        type Product @key(fields: "upc") { upc: ID! price(currency: String!): Int }`,
      resolvers: {
        Query: { products: () => products },
        Product: {
          __resolveReference: byKey(products, 'upc'),
          price: ({ base }: { base: number }, { currency }: { currency: Currency }) => base * rate[currency],
        },
      },
    },
    shipping: {
      sdl: `type Product @key(fields: "upc") {
          upc: ID! price(currency: String!): Int @external
          dollars: Int @requires(fields: "price(currency: \\"USD\\")")
          euros: Int @requires(fields: "price(currency: \\"EUR\\")")
        }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: object) => reference,
          dollars: (product: { price: number }) => product.price + 100,
          euros: (product: { price: number }) => product.price + 200,
        },
      },
    },
  },
  monolith: {
    root: {
      products: products.map(({ upc, base }) => ({
        upc,
        price: price(base),
        dollars: base * rate.USD + 100,
        euros: base * rate.EUR + 200,
      })),
    },
  },
  operations: [
    {
      query: '{ products { dollars euros price(currency: "NOK") } }',
      data: {
        products: [
          { dollars: 105, euros: 210, price: 50 },
          { dollars: 107, euros: 214, price: 70 },
        ],
      },
    },
    {
      query: 'query ($c: String!) { products { price(currency: $c) dollars upc: price(currency: "EUR") } }',
      variables: { c: 'NOK' },
      data: {
        products: [
          { price: 50, dollars: 105, upc: 10 },
          { price: 70, dollars: 107, upc: 14 },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
