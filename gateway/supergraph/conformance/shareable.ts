import { byKey, type ConformanceCase } from './conformance.js';

const books = [{ id: 'b1', title: 'Emma', cover: { small: 's.png', large: 'l.png' }, pages: 400 }];

export default {
  name: 'a shareable value type is joined from the subgraphs that know its parts',
  subgraphs: {
    library: {
      sdl: `type Query { books: [Book] } type Book @key(fields: "id") { id: ID! title: String @shareable cover: Cover @shareable }
        type Cover @shareable { small: String }`,
      resolvers: { Query: { books: () => books }, Book: { __resolveReference: byKey(books, 'id') } },
    },
    press: {
      sdl: `type Query { printed: [Book] }
        type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int cover: Cover @shareable }
        type Cover @shareable { small: String large: String }`,
      resolvers: { Query: { printed: () => books }, Book: { __resolveReference: byKey(books, 'id') } },
    },
  },
  monolith: { root: { books, printed: books } },
  operations: [
    {
      query: '{ books { title pages cover { small large } } printed { title pages } }',
      data: {
        books: [{ title: 'Emma', pages: 400, cover: { small: 's.png', large: 'l.png' } }],
        printed: [{ title: 'Emma', pages: 400 }],
      },
    },
  ],
} satisfies ConformanceCase;
