import { byKey, type ConformanceCase } from './conformance.js';

const users = [{ id: '1', name: 'Ada', email: 'ada@example.com', friends: [{ id: '1' }] }];
const root = { users: [{ ...users[0], friends: [users[0]] }], count: 1 };
const query = `query ($skip: Boolean = false, $include: Boolean!) {
  users { id ...contact @skip(if: $skip) name @include(if: $include) email @include(if: $include) }
  count @include(if: $include)
}
fragment contact on User { email friends { email } }`;

export default {
  name: '@skip and @include decide parts of the plan as well as of the answer',
  subgraphs: {
    accounts: {
      sdl: `type Query { users: [User!]! count: Int! } type User @key(fields: "id") { id: ID! name: String! friends: [User] }`,
      resolvers: { Query: { users: () => users, count: () => 1 } },
    },
    contacts: {
      sdl: 'type User @key(fields: "id") { id: ID! email: String! }',
      resolvers: { User: { __resolveReference: byKey(users, 'id') } },
    },
  },
  monolith: { root },
  operations: [
    {
      query,
      variables: { skip: true, include: false },
      data: { users: [{ id: '1' }] },
    },
    {
      query,
      variables: { skip: true, include: true },
      data: { users: [{ id: '1', name: 'Ada', email: 'ada@example.com' }], count: 1 },
    },
    {
      query,
      variables: { include: false },
      data: { users: [{ id: '1', email: 'ada@example.com', friends: [{ email: 'ada@example.com' }] }] },
    },
    {
      query: '{ users @skip(if: true) { id } count @include(if: false) }',
      data: {},
    },
    {
      query:
        'query ($no: Boolean!) { users { name @skip(if: true) id @include(if: true) email @skip(if: $no) @include(if: $no) } }',
      variables: { no: true },
      data: { users: [{ id: '1' }] },
    },
  ],
} satisfies ConformanceCase;
