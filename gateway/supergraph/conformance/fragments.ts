import { byKey, type ConformanceCase } from './conformance.js';

const teams = [{ id: 't', name: 'Blue', lead: { id: 'u1' }, members: [{ id: 'u1' }, { id: 'u2' }] }];
const users = [
  { id: 'u1', name: 'Ada', team: teams[0] },
  { id: 'u2', name: 'Grace', team: teams[0] },
];
const full = { ...teams[0], lead: users[0], members: users };

export default {
  name: 'fragments, nested and repeated, and selections that merge',
  subgraphs: {
    teams: {
      sdl: `type Query { teams: [Team] } type Team @key(fields: "id") { id: ID! name: String lead: User members: [User] }
        type User @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { teams: () => teams }, Team: { __resolveReference: byKey(teams, 'id') } },
    },
    users: {
      sdl: `type User @key(fields: "id") { id: ID! name: String team: Team } type Team @key(fields: "id") { id: ID! }`,
      resolvers: { User: { __resolveReference: byKey(users, 'id') } },
    },
  },
  monolith: { root: { teams: [{ ...full, lead: { ...users[0] } }] } },
  operations: [
    {
      query: `{ ...root teams { lead { ... { id } } } }
        fragment root on Query { teams { ...team members { ...user } } }
        fragment team on Team { name lead { ...user } }
        fragment user on User { name ... on User { team { id ... @include(if: true) { name } } } }`,
      data: {
        teams: [
          {
            name: 'Blue',
            lead: { name: 'Ada', team: { id: 't', name: 'Blue' }, id: 'u1' },
            members: [
              { name: 'Ada', team: { id: 't', name: 'Blue' } },
              { name: 'Grace', team: { id: 't', name: 'Blue' } },
            ],
          },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
