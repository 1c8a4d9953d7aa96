import type { ConformanceCase } from './conformance.js';

const items = [
  { __typename: 'Box', id: '1', size: 3, report: 'box of 3' },
  { __typename: 'Bag', id: '2', size: 'large', report: 'bag that is large' },
];

export default {
  name: 'required fields of one name and different types are fetched apart and handed on under their name',
  subgraphs: {
    items: {
      sdl: `type Query { items: [Item] } interface Item { id: ID! }
        type Box implements Item @key(fields: "id") { id: ID! size: Int }
        type Bag implements Item @key(fields: "id") { id: ID! size: String }`,
      resolvers: { Query: { items: () => items } },
    },
    reports: {
      sdl: `type Box @key(fields: "id") { id: ID! size: Int @external report: String @requires(fields: "size") }
        type Bag @key(fields: "id") { id: ID! size: String @external report: String @requires(fields: "size") }`,
      resolvers: {
        Box: {
          __resolveReference: (reference: object) => reference,
          report: ({ size }: { size: number }) => `box of ${size}`,
        },
        Bag: {
          __resolveReference: (reference: object) => reference,
          report: ({ size }: { size: string }) => `bag that is ${size}`,
        },
      },
    },
  },
  monolith: { root: { items } },
  operations: [
    {
      query: '{ items { ... on Box { report } ... on Bag { report } } }',
      data: { items: [{ report: 'box of 3' }, { report: 'bag that is large' }] },
    },
    {
      query: '{ items { ... on Box { report size } ... on Bag { report volume: size } } }',
      data: {
        items: [
          { report: 'box of 3', size: 3 },
          { report: 'bag that is large', volume: 'large' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
