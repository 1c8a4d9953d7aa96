import { GraphQLError } from 'graphql';
import type { ConformanceCase } from './conformance.js';

const failing = () => {
  throw new GraphQLError('No score today.', { extensions: { code: 'OUT_OF_SCORES' } });
};
const items = [{ id: '1' }, { id: '2' }, { id: '1' }];
const score = ({ id }: { id: string }) => (id === '2' ? 7 : failing());
const strict = ({ id }: { id: string }) => (id === '2' ? 7 : failing());
const whole = items.map(({ id }) => ({
  id,
  score: () => score({ id }),
  strict: () => strict({ id }),
  parts: [{ id }],
}));

const error = (...path: (string | number)[]) => ({ message: 'No score today.', path, code: 'OUT_OF_SCORES' });

export default {
  name: "a subgraph's errors stand at the client's paths, and nulls go as far up as the schema says",
  subgraphs: {
    items: {
      sdl: `type Query { items: [Item] sure: [Item!] broken: Int first: Item! }
        type Item @key(fields: "id") { id: ID! parts: [Item!]! }`,
      resolvers: {
        Query: { items: () => items, sure: () => items, broken: failing, first: () => items[0] },
        Item: { parts: ({ id }: { id: string }) => [{ id }] },
      },
    },
    scores: {
      sdl: 'type Item @key(fields: "id") { id: ID! score: Int strict: Int! }',
      resolvers: { Item: { __resolveReference: ({ id }: { id: string }) => ({ id }), score, strict } },
    },
  },
  monolith: {
    root: {
      items: () => whole.map((item) => ({ ...item, parts: [item] })),
      sure: () => whole,
      broken: failing,
      first: () => whole[0],
    },
  },
  operations: [
    {
      query: '{ list: items { id points: score } }',
      data: {
        list: [
          { id: '1', points: null },
          { id: '2', points: 7 },
          { id: '1', points: null },
        ],
      },
      errors: [error('list', 0, 'points'), error('list', 2, 'points')],
    },
    {
      query: '{ items { strict } broken }',
      data: { items: [null, { strict: 7 }, null], broken: null },
      errors: [error('items', 0, 'strict'), error('items', 2, 'strict'), error('broken')],
    },
    {
      query: '{ items { id parts { value: strict } } }',
      data: { items: [null, { id: '2', parts: [{ value: 7 }] }, null] },
      errors: [error('items', 0, 'parts', 0, 'value'), error('items', 2, 'parts', 0, 'value')],
    },
    {
      query: '{ sure { strict } }',
      data: { sure: null },
      // graphql-js stops at the first error of a list that becomes null.
      errors: [error('sure', 0, 'strict'), error('sure', 2, 'strict')],
      monolithErrors: 'other',
    },
    { query: '{ first { strict } }', data: null, errors: [error('first', 'strict')] },
  ],
} satisfies ConformanceCase;
