import { byKey, type ConformanceCase } from './conformance.js';

const rate = { USD: 1, EUR: 2 };
type Currency = { readonly currency: keyof typeof rate };
const products = [
  { upc: '1', base: 10, weight: 1, average: 10 },
  { upc: '2', base: 20, weight: 2, average: 12 },
];
const priceOf = ({ base }: { base: number }, { currency }: Currency) => base * rate[currency];
const averageOf = ({ average }: { average: number }, { currency }: Currency) => average * rate[currency];
interface Reference {
  readonly price: number;
  readonly weight: number;
  readonly category: { readonly average: number };
}

export default {
  name: 'fields that require one field with different arguments each get their own',
  subgraphs: {
    shipping: {
      sdl: `type Product @key(fields: "upc") { upc: ID! weight: Int @external price(currency: String!): Int @external
          category: Category @external
          dollars: Int @requires(fields: "price(currency: \\"USD\\") weight")
          euros: Int @requires(fields: "price(currency: \\"EUR\\") weight")
          isExpensive: Boolean @requires(fields: "category { average(currency: \\"USD\\") }") }
        type Category @external { average(currency: String!): Int }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: object) => reference,
          dollars: ({ price, weight }: Reference) => price * weight,
          euros: ({ price, weight }: Reference) => price * weight,
          isExpensive: ({ category }: Reference) => category.average > 11,
        },
      },
    },
    catalog: {
      sdl: `type Query { products: [Product] }
        type Product @key(fields: "upc") { upc: ID! price(currency: String!): Int weight: Int category: Category }
        type Category { average(currency: String!): Int }`,
      resolvers: {
        Query: { products: () => products },
        Product: {
          __resolveReference: byKey(products, 'upc'),
          price: priceOf,
          category: ({ average }: { average: number }) => ({ average }),
        },
        Category: { average: averageOf },
      },
    },
  },
  monolith: {
    root: {
      products: products.map((product) => ({
        upc: product.upc,
        weight: product.weight,
        price: (arguments_: Currency) => priceOf(product, arguments_),
        category: { average: (arguments_: Currency) => averageOf(product, arguments_) },
        dollars: product.base * product.weight,
        euros: product.base * 2 * product.weight,
        isExpensive: product.average > 11,
      })),
    },
  },
  operations: [
    {
      query: '{ products { upc dollars euros isExpensive } }',
      data: {
        products: [
          { upc: '1', dollars: 10, euros: 20, isExpensive: false },
          { upc: '2', dollars: 40, euros: 80, isExpensive: true },
        ],
      },
    },
    {
      query:
        '{ products { isExpensive euros category { average(currency: "EUR") } price(currency: "USD") } }',
      data: {
        products: [
          { isExpensive: false, euros: 20, category: { average: 20 }, price: 10 },
          { isExpensive: true, euros: 80, category: { average: 24 }, price: 20 },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
