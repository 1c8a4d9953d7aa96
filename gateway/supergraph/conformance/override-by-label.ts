import { byKey, type ConformanceCase } from './conformance.js';

const query = '{ motto parts { name size maker { city } } }';

/** The answer where the label `sizes` holds or not, and how many per cent of the requests the new subgraph has. */
function answer(names: 'old' | 'new', sizes: 'old' | 'new', motto: 'old' | 'new') {
  const part = { name: `${names} name`, size: sizes === 'old' ? 1 : 2, maker: { city: `${sizes} city` } };
  return { motto: `${motto} motto`, parts: [part] };
}

export default {
  name: '@override with a label takes a field away for the requests for which the label holds',
  subgraphs: {
    old: {
      sdl: `type Query { motto: String parts: [Part] }
        type Part @key(fields: "id") { id: ID! name: String size: Int maker: Maker }
        type Maker @key(fields: "id") { id: ID! city: String }`,
      resolvers: {
        Query: {
          motto: () => 'old motto',
          parts: () => [{ id: '1', name: 'old name', size: 1, maker: { id: 'm', city: 'old city' } }],
        },
        Part: { __resolveReference: byKey([{ id: '1', name: 'old name', size: 1 }], 'id') },
        Maker: { __resolveReference: byKey([{ id: 'm', city: 'old city' }], 'id') },
      },
    },
    new: {
      sdl: `type Query { motto: String @override(from: "old", label: "percent(60)") }
        type Part @key(fields: "id") {
          id: ID!
          name: String @override(from: "old", label: "percent(12.5)")
          size: Int @override(from: "old", label: "sizes") @requires(fields: "weight")
          weight: Int @external
        }
        type Maker @key(fields: "id") { id: ID! city: String @override(from: "old", label: "sizes") }`,
      resolvers: {
        Query: { motto: () => 'new motto' },
        Part: {
          __resolveReference: ({ id, weight }: { id: string; weight?: number }) => ({
            id,
            name: 'new name',
            size: weight,
          }),
        },
        Maker: { __resolveReference: byKey([{ id: 'm', city: 'new city' }], 'id') },
      },
    },
    weights: {
      sdl: 'type Part @key(fields: "id") { id: ID! weight: Int }',
      resolvers: { Part: { __resolveReference: byKey([{ id: '1', weight: 2 }], 'id') } },
    },
  },
  monolith: { none: 'The two subgraphs answer otherwise, to show which of them was asked.' },
  operations: [
    { query, overrides: { labels: [], percentage: 99.9 }, data: answer('old', 'old', 'old') },
    { query, overrides: { labels: [], percentage: 60 }, data: answer('old', 'old', 'old') },
    { query, overrides: { labels: [], percentage: 59.9 }, data: answer('old', 'old', 'new') },
    { query, overrides: { labels: ['sizes'], percentage: 12.5 }, data: answer('old', 'new', 'new') },
    { query, overrides: { labels: ['sizes'], percentage: 12.4 }, data: answer('new', 'new', 'new') },
    { query, overrides: { labels: [], percentage: 0 }, data: answer('new', 'old', 'new') },
    { query, overrides: { labels: ['unheard-of'], percentage: 99.9 }, data: answer('old', 'old', 'old') },
  ],
} satisfies ConformanceCase;
