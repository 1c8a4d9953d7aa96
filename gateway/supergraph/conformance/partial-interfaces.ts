import { byKey, type ConformanceCase } from './conformance.js';

const fromA = [
  { __typename: 'Common', label: 'both' },
  { __typename: 'OnlyA', label: 'first', a: 'A', size: { unit: 'MM', width: 3 } },
];
const fromB = [
  { __typename: 'Common', label: 'both' },
  { __typename: 'OnlyB', label: 'second', b: 'B' },
  { __typename: 'Made', label: 'third', id: 'm' },
];
const makers = [{ id: 'm', maker: 'Acme' }];
const ALL = `__typename label ... on OnlyA { a size { unit width } } ... on OnlyB { b(loud: $loud) } ... on Made { maker }`;

export default {
  name: 'each subgraph is asked only for the types of an interface that it has',
  subgraphs: {
    a: {
      sdl: `type Query { fromA: Box } type Box @key(fields: "id") { id: ID! parts: [Part!]! @shareable }
        interface Part { label: String } type Common implements Part @shareable { label: String }
        type OnlyA implements Part { label: String a: String size: Size } type Size { unit: Unit width: Int } enum Unit { MM CM }`,
      resolvers: {
        Query: { fromA: () => ({ id: '1' }) },
        Box: { __resolveReference: ({ id }: { id: string }) => ({ id }), parts: () => fromA },
      },
    },
    b: {
      sdl: `type Query { fromB: Box } type Box @key(fields: "id") { id: ID! parts: [Part!]! @shareable extra: [Part!] }
        interface Part { label: String } type Common implements Part @shareable { label: String }
        type OnlyB implements Part { label: String b(loud: Boolean): String }
        type Made implements Part @key(fields: "id") { label: String id: ID! }`,
      resolvers: {
        Query: { fromB: () => ({ id: '1' }) },
        Box: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          parts: () => fromB,
          extra: () => fromB,
        },
        OnlyB: { b: ({ b }: { b: string }, { loud }: { loud?: boolean }) => (loud ? `${b}!` : b) },
      },
    },
    c: {
      sdl: 'type Made @key(fields: "id") { id: ID! maker: String }',
      resolvers: { Made: { __resolveReference: byKey(makers, 'id') } },
    },
  },
  monolith: { none: 'one box has other parts by another way' },
  operations: [
    { query: `query ($loud: Boolean) { fromA { parts { ${ALL} } } }`, data: { fromA: { parts: fromA } } },
    {
      query: `query ($loud: Boolean) { fromB { parts { ${ALL} } } }`,
      variables: { loud: true },
      data: {
        fromB: {
          parts: [fromB[0], { ...fromB[1], b: 'B!' }, { __typename: 'Made', label: 'third', maker: 'Acme' }],
        },
      },
    },
    {
      query:
        'query ($loud: Boolean) { fromA { parts { ... on OnlyB { b(loud: $loud) } } extra { ... on OnlyB { b(loud: $loud) } } } }',
      variables: { loud: true },
      data: { fromA: { parts: [{}, {}], extra: [{}, { b: 'B!' }, {}] } },
    },
  ],
} satisfies ConformanceCase;
