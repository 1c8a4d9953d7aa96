import { GraphQLError } from 'graphql';
import { byKey, type ConformanceCase } from './conformance.js';

const users = [{ id: '1', name: 'Ada' }];

export default {
  name: 'an error of a field that only the plan asked for stands at the object that it belongs to',
  subgraphs: {
    accounts: {
      sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String weight: Int }',
      resolvers: {
        Query: { me: () => users[0] },
        User: {
          __resolveReference: byKey(users, 'id'),
          weight: () => {
            throw new GraphQLError('The scales are broken.');
          },
        },
      },
    },
    fitness: {
      sdl: 'type User @key(fields: "id") { id: ID! weight: Int @external plan: String! @requires(fields: "weight") }',
      resolvers: {
        User: {
          __resolveReference: (reference: object) => reference,
          plan: ({ weight }: { weight: number | null }) => (weight === null ? null : `plan for ${weight}`),
        },
      },
    },
  },
  monolith: { none: 'in one piece no field is asked for that the client did not select' },
  operations: [
    {
      query: '{ me { name plan } }',
      data: { me: null },
      errors: [
        { message: 'The scales are broken.', path: ['me'], code: 'QUERY_FAILED' },
        { message: 'Cannot return null for non-nullable field User.plan.', path: ['me', 'plan'] },
      ],
    },
  ],
} satisfies ConformanceCase;
