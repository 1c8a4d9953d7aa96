import { byKey, type ConformanceCase } from './conformance.js';

const book = { __typename: 'Book', id: 'b', title: 'Emma', price: 10 };
const song = { __typename: 'Song', id: 's', title: 'Help', seconds: 138, price: 1 };
const film = { __typename: 'Film', id: 'f', title: 'Alien', price: 5 };

export default {
  name: 'a union whose members differ from subgraph to subgraph',
  subgraphs: {
    shop: {
      sdl: `type Query { shop: [Item] } union Item = Book | Song
        type Book @key(fields: "id") { id: ID! title: String @shareable }
        type Song @key(fields: "id") { id: ID! title: String seconds: Int }`,
      resolvers: { Query: { shop: () => [book, song] } },
    },
    cinema: {
      sdl: `type Query { shelf: [Item] } union Item = Book | Film
        type Book @key(fields: "id") { id: ID! title: String @shareable }
        type Film @key(fields: "id") { id: ID! title: String }`,
      resolvers: { Query: { shelf: () => [film, book] } },
    },
    prices: {
      sdl: `type Book @key(fields: "id") { id: ID! price: Int } type Song @key(fields: "id") { id: ID! price: Int }
        type Film @key(fields: "id") { id: ID! price: Int }`,
      resolvers: {
        Book: { __resolveReference: byKey([book], 'id') },
        Song: { __resolveReference: byKey([song], 'id') },
        Film: { __resolveReference: byKey([film], 'id') },
      },
    },
  },
  monolith: { root: { shop: [book, song], shelf: [film, book] } },
  operations: [
    {
      query: `{ shop { __typename ... on Book { title price } ... on Song { seconds price } ... on Film { title } }
        shelf { ... on Film { title price } ... on Song { title } } }`,
      data: {
        shop: [
          { __typename: 'Book', title: 'Emma', price: 10 },
          { __typename: 'Song', seconds: 138, price: 1 },
        ],
        shelf: [{ title: 'Alien', price: 5 }, {}],
      },
    },
  ],
} satisfies ConformanceCase;
