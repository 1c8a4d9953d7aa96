import { byKey, type ConformanceCase } from './conformance.js';

const posts = [
  { id: '1', author: { id: 'x', years: 1 } },
  { id: '2', author: { id: 'y', years: 9 } },
];

export default {
  name: 'what a field requires may itself require what its own subgraph has',
  subgraphs: {
    a: {
      sdl: `type Query { feed: [Post] }
        type Post @key(fields: "id") { id: ID! byNovice: Boolean! @external byExpert: Boolean! @requires(fields: "byNovice") }
        type Author @key(fields: "id") { id: ID! years: Int! }`,
      resolvers: {
        Query: { feed: () => posts.map(({ id }) => ({ id })) },
        Post: {
          __resolveReference: (reference: object) => reference,
          byExpert: ({ byNovice }: { byNovice: boolean }) => !byNovice,
        },
        Author: {
          __resolveReference: byKey(
            posts.map(({ author }) => author),
            'id',
          ),
        },
      },
    },
    b: {
      sdl: `type Post @key(fields: "id") { id: ID! author: Author! byNovice: Boolean! @requires(fields: "author { years }") }
        type Author @key(fields: "id") { id: ID! years: Int! @external }`,
      resolvers: {
        Post: {
          __resolveReference: (reference: { id: string }) => ({
            ...reference,
            author: { id: posts.find(({ id }) => id === reference.id)?.author.id },
            given: reference,
          }),
          byNovice: ({ given }: { given: { author: { years: number } } }) => given.author.years < 5,
        },
      },
    },
  },
  monolith: {
    root: {
      feed: posts.map((post) => ({
        ...post,
        byNovice: post.author.years < 5,
        byExpert: post.author.years >= 5,
      })),
    },
  },
  operations: [
    { query: '{ feed { byNovice } }', data: { feed: [{ byNovice: true }, { byNovice: false }] } },
    { query: '{ feed { byExpert } }', data: { feed: [{ byExpert: false }, { byExpert: true }] } },
    {
      query: '{ feed { byExpert author { years } } }',
      data: {
        feed: [
          { byExpert: false, author: { years: 1 } },
          { byExpert: true, author: { years: 9 } },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
