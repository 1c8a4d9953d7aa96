import { byKey, type ConformanceCase } from './conformance.js';

const media = [
  { __typename: 'Book', id: 'b', title: 'Emma', pages: 400, score: 5 },
  { __typename: 'Film', id: 'f', title: 'Alien', minutes: 117, score: 4 },
];

export default {
  name: '@interfaceObject adds a field to every type of an interface',
  subgraphs: {
    media: {
      sdl: `type Query { media: [Media] book: Book }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
      resolvers: {
        Query: { media: () => media, book: () => media[0] },
        Media: { __resolveReference: byKey(media, 'id') },
        Book: { __resolveReference: byKey(media, 'id') },
        Film: { __resolveReference: byKey(media, 'id') },
      },
    },
    scores: {
      sdl: `type Query { best: Media } type Media @key(fields: "id") @interfaceObject { id: ID! score(scale: Int = 1): Int }`,
      resolvers: {
        Query: { best: () => ({ id: 'f' }) },
        Media: {
          __resolveReference: (reference: object) => reference,
          score: ({ id }: { id: string }, { scale }: { scale: number }) =>
            (media.find((item) => item.id === id)?.score ?? 0) * scale,
        },
      },
    },
  },
  monolith: {
    root: (() => {
      const scored = media.map((item) => ({
        ...item,
        score: ({ scale }: { scale: number }) => item.score * scale,
      }));
      return { media: scored, book: scored[0], best: scored[1] };
    })(),
  },
  operations: [
    {
      query: '{ media { __typename title score } book { pages score(scale: 10) } }',
      data: {
        media: [
          { __typename: 'Book', title: 'Emma', score: 5 },
          { __typename: 'Film', title: 'Alien', score: 4 },
        ],
        book: { pages: 400, score: 50 },
      },
    },
    { query: '{ best { score } }', data: { best: { score: 4 } } },
    {
      query: '{ best { __typename score title ... on Film { minutes } ... on Book { pages } } }',
      data: { best: { __typename: 'Film', score: 4, title: 'Alien', minutes: 117 } },
    },
  ],
} satisfies ConformanceCase;
