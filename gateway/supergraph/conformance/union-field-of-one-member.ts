import { byKey, type ConformanceCase } from './conformance.js';

const book = { __typename: 'Book', id: 'b', title: 'Emma' };
const song = { __typename: 'Song', id: 's', title: 'Help' };
const ALL = '__typename ... on Song { title } ... on Movie { title } ... on Book { title }';

export default {
  name: 'a field is of a union in one subgraph and of one of its members in another',
  subgraphs: {
    a: {
      sdl: `union Media = Book | Song type Book @key(fields: "id") { id: ID! title: String! @shareable long: String! }
        type Song @key(fields: "id") { id: ID! title: String! @shareable long: String! }
        type Query { media: Media @shareable inA: Media @shareable book: Book @shareable song: Media @shareable viewer: Viewer @shareable }
        type Viewer { media: Media @shareable book: Book @shareable song: Media @shareable }`,
      resolvers: {
        Query: {
          media: () => book,
          inA: () => book,
          book: () => book,
          song: () => song,
          viewer: () => ({ media: book, book, song }),
        },
        Book: { __resolveReference: byKey([book], 'id'), long: () => 'Emma, a novel' },
        Song: { __resolveReference: byKey([song], 'id'), long: () => 'Help, a song' },
      },
    },
    b: {
      sdl: `union Media = Book | Movie type Movie { title: String! @shareable } type Book { title: String! @shareable }
        type Query { media: Media @shareable book: Media @shareable viewer: Viewer @shareable }
        type Viewer { media: Media @shareable book: Media @shareable }`,
      resolvers: {
        Query: { media: () => book, book: () => book, viewer: () => ({ media: book, book }) },
      },
    },
  },
  monolith: { root: { media: book, inA: book, book, song, viewer: { media: book, book, song } } },
  operations: [
    { query: '{ media { ... on Movie { title } } }', data: { media: {} } },
    {
      query: '{ media { ... on Book { title } ... on Movie { title } } }',
      data: { media: { title: 'Emma' } },
    },
    {
      query: `{ viewer { media { ${ALL} } book { ${ALL} } song { ${ALL} } } }`,
      data: {
        viewer: {
          media: { __typename: 'Book', title: 'Emma' },
          book: { __typename: 'Book', title: 'Emma' },
          song: { __typename: 'Song', title: 'Help' },
        },
      },
    },
    {
      query:
        '{ inA { ... on Book { title } } book { ... on Book { title } } song { ... on Song { title } ... on Book { title } } }',
      data: { inA: { title: 'Emma' }, book: { title: 'Emma' }, song: { title: 'Help' } },
    },
  ],
} satisfies ConformanceCase;
