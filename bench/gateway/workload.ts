import type { SubgraphFixture } from '../../gateway/supergraph/conformance/conformance.js';

/**
 * The workload of the public federation gateway benchmark, made anew: four subgraphs and one deep query, which crosses
 * all of them several times.
 */
const users = ['Uri', 'Dotan', 'Kamil', 'Saihaj', 'Ada', 'Grace'].map((name, index) => ({
  id: `u${index + 1}`,
  name,
  username: `${name.toLowerCase()}-${index + 1}`,
  birthday: 1980 + index,
}));
const products = ['Table', 'Couch', 'Glass', 'Chair', 'TV', 'Lamp', 'Grill', 'Fridge', 'Sofa'].map(
  (name, index) => ({
    upc: `p${index + 1}`,
    name,
    price: index % 3 === 0 ? 1299 : 54 + index * 10,
    weight: index % 4 === 0 ? 1000 : 50 + index,
    inStock: index % 2 === 0,
  }),
);
const reviews = Array.from({ length: 20 }, (_, index) => ({
  id: `r${index + 1}`,
  body: `Review number ${index + 1} says that it is what it is, more or less.`,
  authorId: `u${(index % users.length) + 1}`,
  upc: `p${((index * 2) % 5) + 1}`,
}));

type Key = { readonly id: string };
type ProductKey = { readonly upc: string };

export const subgraphs: Readonly<Record<string, SubgraphFixture>> = {
  accounts: {
    sdl: `type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    resolvers: {
      Query: { me: () => users[0], users: () => users },
      User: { __resolveReference: ({ id }: Key) => users.find((user) => user.id === id) },
    },
  },
  inventory: {
    sdl: `type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight") }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: ProductKey) => ({
          ...products.find(({ upc }) => upc === reference.upc),
          ...reference,
        }),
        shippingEstimate: ({ price, weight }: { price: number; weight: number }) =>
          price > 1000 ? 0 : Math.round(weight / 2),
      },
    },
  },
  products: {
    sdl: `type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
      Product: {
        __resolveReference: ({ upc }: ProductKey) => products.find((product) => product.upc === upc),
      },
    },
  },
  reviews: {
    sdl: `type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: {
        __resolveReference: ({ id }: Key) => reviews.find((review) => review.id === id),
        author: ({ authorId }: { authorId: string }) => ({
          id: authorId,
          username: users.find(({ id }) => id === authorId)?.username,
        }),
        product: ({ upc }: ProductKey) => ({ upc }),
      },
      User: {
        __resolveReference: (user: Key) => user,
        reviews: ({ id }: Key) => reviews.filter(({ authorId }) => authorId === id),
      },
      Product: {
        __resolveReference: (product: ProductKey) => product,
        reviews: ({ upc }: ProductKey) => reviews.filter((review) => review.upc === upc),
      },
    },
  },
};

export const query = `fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }
query TestQuery {
  users { ...User reviews { ...Review product { ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
  topProducts { ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}`;
