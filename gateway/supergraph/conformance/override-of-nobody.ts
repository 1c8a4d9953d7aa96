import { byKey, type ConformanceCase } from './conformance.js';

const posts = [{ id: '1', at: '2020' }];

export default {
  name: '@override from a subgraph that there is not takes nothing from the others',
  subgraphs: {
    a: {
      sdl: 'type Query { fromA: Post } type Post @key(fields: "id") { id: ID! at: String! @shareable }',
      resolvers: { Query: { fromA: () => posts[0] }, Post: { __resolveReference: byKey(posts, 'id') } },
    },
    b: {
      sdl: `type Query { fromB: Post } type Post @key(fields: "id") { id: ID! at: String! @override(from: "nobody") @shareable by: String }`,
      resolvers: {
        Query: { fromB: () => posts[0] },
        Post: { __resolveReference: byKey(posts, 'id'), by: () => 'Ada' },
      },
    },
  },
  monolith: { root: { fromA: { ...posts[0], by: 'Ada' }, fromB: { ...posts[0], by: 'Ada' } } },
  operations: [
    { query: '{ fromA { id at by } }', data: { fromA: { id: '1', at: '2020', by: 'Ada' } } },
    { query: '{ fromB { at } }', data: { fromB: { at: '2020' } } },
  ],
} satisfies ConformanceCase;
