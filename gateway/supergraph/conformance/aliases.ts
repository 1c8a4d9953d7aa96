import { byKey, type ConformanceCase } from './conformance.js';

const books = [
  { id: 'b1', title: 'Emma', price: 10 },
  { id: 'b2', title: 'Ulysses', price: 20 },
];
const titled = (book: { title: string }) => ({
  ...book,
  title: ({ upper }: { upper?: boolean }) => (upper ? book.title.toUpperCase() : book.title),
});

export default {
  name: "a client's aliases never get in the way of keys, of each other, or of what objects are made of",
  subgraphs: {
    library: {
      sdl: 'type Query { books: [Book] book(id: ID!): Book } type Book @key(fields: "id") { id: ID! title(upper: Boolean): String }',
      resolvers: {
        Query: {
          books: () => books,
          book: (_: unknown, { id }: { id: string }) => books.find((book) => book.id === id),
        },
        Book: {
          title: ({ title }: { title: string }, { upper }: { upper?: boolean }) =>
            upper ? title.toUpperCase() : title,
        },
      },
    },
    prices: {
      sdl: 'type Book @key(fields: "id") { id: ID! price: Int }',
      resolvers: { Book: { __resolveReference: byKey(books, 'id') } },
    },
  },
  monolith: {
    root: {
      books: books.map(titled),
      book: ({ id }: { id: string }) => books.filter((book) => book.id === id).map(titled)[0],
    },
  },
  operations: [
    {
      query: '{ books { id: title price: id kind: price a: price b: price } }',
      data: {
        books: [
          { id: 'Emma', price: 'b1', kind: 10, a: 10, b: 10 },
          { id: 'Ulysses', price: 'b2', kind: 20, a: 20, b: 20 },
        ],
      },
    },
    {
      query:
        '{ one: book(id: "b1") { title(upper: true) price } two: book(id: "b2") { title loud: title(upper: true) price } }',
      data: {
        one: { title: 'EMMA', price: 10 },
        two: { title: 'Ulysses', loud: 'ULYSSES', price: 20 },
      },
    },
    {
      query: '{ books { toString: id constructor: price _a0: title name: __typename } }',
      data: {
        books: [
          { toString: 'b1', constructor: 10, _a0: 'Emma', name: 'Book' },
          { toString: 'b2', constructor: 20, _a0: 'Ulysses', name: 'Book' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
