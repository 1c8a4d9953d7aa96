import type { ConformanceCase } from './conformance.js';

const fromA = [
  { __typename: 'Common', label: 'both' },
  { __typename: 'OnlyA', a: 'A' },
];
const fromB = [
  { __typename: 'Common', label: 'both' },
  { __typename: 'OnlyB', b: 'B' },
];
const ALL = '__typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b }';

export default {
  name: 'each subgraph is asked only for the members of a union that it has',
  subgraphs: {
    a: {
      sdl: `type Query { fromA: Box shared: Box @shareable } type Box @key(fields: "id") { id: ID! inner: Inner @shareable }
        type Inner @shareable { parts: [Part!]! } union Part = Common | OnlyA type Common @shareable { label: String }
        type OnlyA { a: String }`,
      resolvers: {
        Query: { fromA: () => ({ id: '1' }), shared: () => ({ id: '1', inner: { parts: [fromA[0]] } }) },
        Box: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          inner: ({ inner }: { inner?: object }) => inner ?? { parts: fromA },
        },
      },
    },
    b: {
      sdl: `type Query { fromB: Box shared: Box @shareable } type Box @key(fields: "id") { id: ID! inner: Inner @shareable extra: Inner }
        type Inner @shareable { parts: [Part!]! } union Part = Common | OnlyB type Common @shareable { label: String }
        type OnlyB { b: String }`,
      resolvers: {
        Query: { fromB: () => ({ id: '1' }), shared: () => ({ id: '1', inner: { parts: [fromB[0]] } }) },
        Box: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          inner: ({ inner }: { inner?: object }) => inner ?? { parts: fromB },
          extra: () => ({ parts: fromB }),
        },
      },
    },
  },
  monolith: {
    root: {
      fromA: { id: '1', inner: { parts: fromA }, extra: { parts: fromB } },
      fromB: { id: '1', inner: { parts: fromB }, extra: { parts: fromB } },
      shared: { id: '1', inner: { parts: [fromA[0]] } },
    },
  },
  operations: [
    {
      query: `{ fromA { inner { parts { ${ALL} } } } }`,
      data: { fromA: { inner: { parts: fromA } } },
    },
    {
      query: `{ fromB { inner { parts { ${ALL} } } } }`,
      data: { fromB: { inner: { parts: fromB } } },
    },
    {
      query: '{ fromA { inner { parts { __typename ... on OnlyB { b } } } } }',
      data: { fromA: { inner: { parts: [{ __typename: 'Common' }, { __typename: 'OnlyA' }] } } },
    },
    {
      query: '{ fromA { inner { parts { ... on OnlyB { b } } } } }',
      data: { fromA: { inner: { parts: [{}, {}] } } },
    },
    {
      query: `{ shared { inner { parts { ${ALL} } } } }`,
      data: { shared: { inner: { parts: [fromA[0]] } } },
    },
    { query: `{ fromA { extra { parts { ${ALL} } } } }`, data: { fromA: { extra: { parts: fromB } } } },
  ],
} satisfies ConformanceCase;
