import { byKey, type ConformanceCase } from './conformance.js';

/** `users` leads from accounts to `posts` of forum, whose `author` requires what accounts alone has. */
const users = [
  { __typename: 'User', id: '1', name: 'Ada' },
  { __typename: 'User', id: '2', name: 'Bob' },
];
const bots = [{ __typename: 'Bot', id: 'b', version: 3 }];
const posts = [
  { id: 'p1', author: users[1]!, mentions: [[users[0]!], [bots[0]!, users[1]!]] },
  { id: 'p2', author: users[0]!, mentions: [[], []] },
];
const postsOf = (id: string) => posts.filter(({ author }) => author.id !== id);
const badgeOf = ({ name, long }: { name: string; long?: string }) => long ?? `<${name}>`;
const labelOf = ({ version }: { version: number }) => `v${version}`;
const whole = (one: { __typename: string; id: string; name?: string; version?: number }): object => ({
  ...one,
  ...(one.name === undefined
    ? {}
    : { badge: ({ wide }: { wide: boolean }) => badgeOf({ name: wide ? `-${one.name}-` : one.name! }) }),
  ...(one.version === undefined ? {} : { label: labelOf({ version: one.version }) }),
  posts: () => postsOf(one.id).map(wholePost),
});
const wholePost = (post: (typeof posts)[number]): object => ({
  id: post.id,
  author: () => whole(post.author),
  mentions: () => post.mentions.map((some) => some.map(whole)),
});
const reference = ({ __typename, id }: { __typename: string; id: string }) => ({ __typename, id });

export default {
  name: 'what a field requires may be where the way has come from',
  subgraphs: {
    accounts: {
      sdl: `type Query { users: [User!]! actors: [Actor!]! first: User } union Actor = User | Bot
        type User @key(fields: "id") { id: ID! name: String! }
        type Bot @key(fields: "id") { id: ID! version: Int! }`,
      resolvers: {
        Query: { users: () => users, actors: () => [...users, ...bots], first: () => users[0] },
        User: { __resolveReference: byKey(users, 'id') },
        Bot: { __resolveReference: byKey(bots, 'id') },
      },
    },
    forum: {
      sdl: `union Mention = User | Bot
        type User @key(fields: "id") { id: ID! name: String! @external badge(wide: Boolean = false): String! @requires(fields: "name") posts: [Post!]! }
        type Bot @key(fields: "id") { id: ID! version: Int! @external label: String! @requires(fields: "version") posts: [Post!]! }
        type Post @key(fields: "id") { id: ID! author: User! mentions: [[Mention!]!]! }`,
      resolvers: {
        User: {
          __resolveReference: (given: object) => given,
          badge: ({ name }: { name: string }, { wide }: { wide: boolean }) =>
            badgeOf({ name: wide ? `-${name}-` : name }),
          posts: ({ id }: { id: string }) => postsOf(id),
        },
        Bot: {
          __resolveReference: (given: object) => given,
          label: labelOf,
          posts: ({ id }: { id: string }) => postsOf(id),
        },
        Post: {
          author: ({ author }: (typeof posts)[number]) => reference(author),
          mentions: ({ mentions }: (typeof posts)[number]) => mentions.map((some) => some.map(reference)),
        },
      },
    },
  },
  monolith: {
    root: {
      users: users.map(whole),
      actors: [...users, ...bots].map(whole),
      first: whole(users[0]!),
    },
  },
  operations: [
    {
      query: '{ users { posts { author { badge } } } }',
      data: {
        users: [{ posts: [{ author: { badge: '<Bob>' } }] }, { posts: [{ author: { badge: '<Ada>' } }] }],
      },
    },
    {
      query: '{ first { badge posts { id writer: author { id badge posts { author { badge name } } } } } }',
      data: {
        first: {
          badge: '<Ada>',
          posts: [
            {
              id: 'p1',
              writer: { id: '2', badge: '<Bob>', posts: [{ author: { badge: '<Ada>', name: 'Ada' } }] },
            },
          ],
        },
      },
    },
    {
      query: `query ($wide: Boolean!, $no: Boolean = false) {
        first { posts { mentions { __typename ...user ... on Bot { label posts @skip(if: $no) { author { badge } } } } } }
      } fragment user on User { plain: badge other: badge(wide: $wide) @include(if: $wide) }`,
      variables: { wide: true },
      data: {
        first: {
          posts: [
            {
              mentions: [
                [{ __typename: 'User', plain: '<Ada>', other: '<-Ada->' }],
                [
                  {
                    __typename: 'Bot',
                    label: 'v3',
                    posts: [{ author: { badge: '<Bob>' } }, { author: { badge: '<Ada>' } }],
                  },
                  { __typename: 'User', plain: '<Bob>', other: '<-Bob->' },
                ],
              ],
            },
          ],
        },
      },
    },
    {
      query:
        '{ actors { ... on User { posts { author { badge } } } ... on Bot { posts { author { badge id } } } } }',
      data: {
        actors: [
          { posts: [{ author: { badge: '<Bob>' } }] },
          { posts: [{ author: { badge: '<Ada>' } }] },
          { posts: [{ author: { badge: '<Bob>', id: '2' } }, { author: { badge: '<Ada>', id: '1' } }] },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
