import { byKey, type ConformanceCase } from './conformance.js';

const media = [
  { __typename: 'Video', id: '1', title: 'One', duration: 100, author: 'Ada' },
  { __typename: 'Article', id: '2', title: 'Two', words: 900 },
];

export default {
  name: 'fields of a type that others extend are reached through a subgraph that sees only its interface',
  subgraphs: {
    media: {
      sdl: `type Query { media: Media } interface Media @key(fields: "id") { id: ID! title: String }
        type Video implements Media @key(fields: "id") { id: ID! title: String duration: Int }
        type Article implements Media @key(fields: "id") { id: ID! title: String words: Int }`,
      resolvers: {
        Query: { media: () => media[0] },
        Media: { __resolveReference: byKey(media, 'id') },
        Video: { __resolveReference: byKey(media, 'id') },
        Article: { __resolveReference: byKey(media, 'id') },
      },
    },
    authors: {
      sdl: 'type Query { nobody: Int } extend type Video @key(fields: "id") { id: ID! author: String }',
      resolvers: { Video: { __resolveReference: byKey(media, 'id') } },
    },
    lists: {
      sdl: `type Query { list: List } type List @key(fields: "id") { id: ID! media: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! }`,
      resolvers: { Query: { list: () => ({ id: 'l', media: [{ id: '1' }, { id: '2' }] }) } },
    },
  },
  monolith: { root: { media: media[0], list: { id: 'l', media } } },
  operations: [
    {
      query: '{ media { id title ... on Video { duration author } ... on Article { words } } }',
      data: { media: { id: '1', title: 'One', duration: 100, author: 'Ada' } },
    },
    {
      query: '{ list { media { id ... on Video { duration author } } } }',
      data: { list: { media: [{ id: '1', duration: 100, author: 'Ada' }, { id: '2' }] } },
    },
    {
      query: '{ list { media { __typename title } } }',
      data: {
        list: {
          media: [
            { __typename: 'Video', title: 'One' },
            { __typename: 'Article', title: 'Two' },
          ],
        },
      },
    },
  ],
} satisfies ConformanceCase;
