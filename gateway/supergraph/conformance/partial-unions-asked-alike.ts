import { byKey, type ConformanceCase } from './conformance.js';

const book = { __typename: 'Book', id: '1', title: 'Emma', pages: 300, shelf: 'E4' };
const song = { __typename: 'Song', id: '2', title: 'Lied', seconds: 90 };
const film = { __typename: 'Film', id: '3', title: 'M', minutes: 110 };
const EACH =
  '__typename ... on Song { title seconds } ... on Film { title minutes } ... on Book { title pages shelf }';

/** The planner writes what is asked alike at several places once, as a fragment, also of types that a subgraph lacks. */
export default {
  name: 'one selection at several places of a union is asked of each subgraph for the members that it has',
  subgraphs: {
    a: {
      sdl: `type Query { desk: Desk @shareable } union Item = Book | Song
        type Desk { left: Item @shareable right: Item @shareable lamp: Item @shareable }
        type Book @key(fields: "id") { id: ID! title: String! @shareable pages(unit: String = "sheets"): Int! }
        type Song @key(fields: "id") { id: ID! title: String! @shareable seconds: Int! }`,
      resolvers: {
        Query: { desk: () => ({ left: book, right: book, lamp: song }) },
        Book: { __resolveReference: byKey([book], 'id') },
        Song: { __resolveReference: byKey([song], 'id') },
      },
    },
    b: {
      sdl: `type Query { desk: Desk @shareable } union Item = Book | Film
        type Desk { left: Item @shareable right: Item @shareable hidden: Item }
        type Book @key(fields: "id") { id: ID! title: String! @shareable shelf: String! }
        type Film @key(fields: "id") { id: ID! title: String! @shareable minutes(unit: String): Int! }`,
      resolvers: {
        Query: { desk: () => ({ left: book, right: book, hidden: film }) },
        Book: { __resolveReference: byKey([book], 'id') },
        Film: { __resolveReference: byKey([film], 'id') },
      },
    },
  },
  monolith: { root: { desk: { left: book, right: book, lamp: song, hidden: film } } },
  operations: [
    {
      query: `{ desk { left { ${EACH} } right { ${EACH} } lamp { ${EACH} } } }`,
      data: {
        desk: {
          left: { __typename: 'Book', title: 'Emma', pages: 300, shelf: 'E4' },
          right: { __typename: 'Book', title: 'Emma', pages: 300, shelf: 'E4' },
          lamp: { __typename: 'Song', title: 'Lied', seconds: 90 },
        },
      },
    },
    {
      query: `query ($unit: String) { desk { left { ...item } right { ...item } lamp { ...item } hidden { ...item } } }
        fragment item on Item { ... on Song { title seconds } ... on Film { title minutes(unit: $unit) } ... on Book { title pages shelf } }`,
      variables: { unit: 'min' },
      data: {
        desk: {
          left: { title: 'Emma', pages: 300, shelf: 'E4' },
          right: { title: 'Emma', pages: 300, shelf: 'E4' },
          lamp: { title: 'Lied', seconds: 90 },
          hidden: { title: 'M', minutes: 110 },
        },
      },
    },
  ],
} satisfies ConformanceCase;
