import { byKey, type ConformanceCase } from './conformance.js';

const users = [
  { id: '1', secret: 's-1', mood: 'GOOD', greeting: 'hello s-1' },
  { id: '2', secret: 's-2', mood: 'HIDDEN', greeting: 'hello s-2' },
];

export default {
  name: 'what is @inaccessible serves the plan and never the client',
  subgraphs: {
    accounts: {
      sdl: `type Query { users: [User] any: [Thing] }
        type User @key(fields: "id") { id: ID! secret: String @inaccessible mood: Mood }
        enum Mood { GOOD BAD HIDDEN @inaccessible }
        type Ghost @inaccessible { id: ID } union Thing = User | Ghost`,
      resolvers: {
        User: { __resolveReference: byKey(users, 'id') },
        Query: {
          users: () => users,
          any: () => [
            { __typename: 'User', ...users[0] },
            { __typename: 'Ghost', id: 'g' },
          ],
        },
      },
    },
    greetings: {
      sdl: `type User @key(fields: "id") {
          id: ID! secret: String @external greeting: String @requires(fields: "secret")
        }`,
      resolvers: {
        User: {
          __resolveReference: (reference: object) => reference,
          greeting: ({ secret }: { secret: string }) => `hello ${secret}`,
        },
      },
    },
  },
  monolith: { none: 'a schema in one piece has no values that it may not serve' },
  operations: [
    {
      query: '{ users { greeting } }',
      data: { users: [{ greeting: 'hello s-1' }, { greeting: 'hello s-2' }] },
    },
    {
      query: '{ users { id mood } }',
      data: {
        users: [
          { id: '1', mood: 'GOOD' },
          { id: '2', mood: null },
        ],
      },
      errors: [
        {
          message: 'Enum "Mood" has no such value for User.mood.',
          path: ['users', 1, 'mood'],
          code: 'INTERNAL',
        },
      ],
    },
    {
      query: '{ any { __typename ... on User { id } } }',
      data: { any: [{ __typename: 'User', id: '1' }, null] },
      errors: [
        { message: 'An object of Thing has no type that is known here.', path: ['any', 1], code: 'INTERNAL' },
      ],
    },
    {
      query: '{ __type(name: "User") { fields { name } } thing: __type(name: "Ghost") { name } __typename }',
      data: {
        __type: { fields: [{ name: 'id' }, { name: 'mood' }, { name: 'greeting' }] },
        thing: null,
        __typename: 'Query',
      },
    },
  ],
} satisfies ConformanceCase;
