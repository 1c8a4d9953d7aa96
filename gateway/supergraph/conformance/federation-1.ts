import { byKey, type ConformanceCase } from './conformance.js';

const users = [{ id: '1', name: 'Ada', posts: [{ id: 'p', title: 'Notes', author: { id: '1' } }] }];

export default {
  name: 'Federation 1 subgraphs: extended types, external keys',
  subgraphs: {
    users: {
      federation: 1,
      sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String }',
      resolvers: { Query: { me: () => users[0] }, User: { __resolveReference: byKey(users, 'id') } },
    },
    posts: {
      federation: 1,
      sdl: `extend type Query { posts: [Post] } type Post @key(fields: "id") { id: ID! title: String author: User }
        extend type User @key(fields: "id") { id: ID! @external posts: [Post] }`,
      resolvers: {
        Query: { posts: () => users[0]?.posts },
        User: { __resolveReference: byKey(users, 'id') },
      },
    },
  },
  monolith: {
    root: {
      me: { ...users[0] },
      posts: users[0]?.posts.map((post) => ({ ...post, author: users[0] })),
    },
  },
  operations: [
    {
      query: '{ me { name posts { title } } posts { author { name } } }',
      data: { me: { name: 'Ada', posts: [{ title: 'Notes' }] }, posts: [{ author: { name: 'Ada' } }] },
    },
  ],
} satisfies ConformanceCase;
