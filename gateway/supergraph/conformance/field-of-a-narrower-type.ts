import { byKey, type ConformanceCase } from './conformance.js';

const circle = { __typename: 'Circle', id: 'c', radius: 2 };
const square = { __typename: 'Square', id: 's', side: 3 };
const drawing = { id: 'd', shape: circle, shapes: [circle], only: 7 };

export default {
  name: 'a field is of an interface or a union in one subgraph, and of one of its types in a later one',
  subgraphs: {
    first: {
      sdl: `interface Shape { id: ID! } union Any = Circle | Square
        type Circle implements Shape @shareable { id: ID! radius: Int }
        type Square implements Shape { id: ID! @shareable side: Int }
        type Query { pick: Shape @shareable picks: [Any!] @shareable others: [Any] @shareable all: [Shape] drawing: Drawing }
        type Drawing @key(fields: "id") { id: ID! shape: Shape @shareable shapes: [Any] @shareable }`,
      resolvers: {
        Query: {
          pick: () => circle,
          picks: () => [circle],
          others: () => [null],
          all: () => [circle, square],
          drawing: () => ({ id: 'd', shape: circle, shapes: [circle] }),
        },
        Drawing: { __resolveReference: byKey([drawing], 'id') },
      },
    },
    second: {
      sdl: `type Circle @shareable { id: ID! radius: Int }
        union Any = Square | Line type Square @shareable { id: ID! } type Line { length: Int }
        type Query { pick: Circle @shareable picks: [Circle!]! @shareable others: [Any] @shareable narrow: Int }
        type Drawing @key(fields: "id") { id: ID! shape: Circle @shareable shapes: [Circle!]! @shareable only: Int }`,
      resolvers: {
        Query: { pick: () => circle, picks: () => [circle], others: () => [null], narrow: () => 1 },
        Drawing: { __resolveReference: byKey([drawing], 'id') },
      },
    },
  },
  monolith: {
    root: { pick: circle, picks: [circle], others: [null], all: [circle, square], drawing, narrow: 1 },
  },
  operations: [
    {
      query: '{ narrow pick { id ... on Square { side } ... on Circle { radius } } }',
      data: { narrow: 1, pick: { id: 'c', radius: 2 } },
    },
    {
      query: '{ narrow pick { ... on Shape { __typename id } } }',
      data: { narrow: 1, pick: { __typename: 'Circle', id: 'c' } },
    },
    {
      query: '{ narrow picks { __typename ... on Square { side } ... on Shape { id } } }',
      data: { narrow: 1, picks: [{ __typename: 'Circle', id: 'c' }] },
    },
    {
      query:
        '{ narrow picks { ... on Circle { id } ... on Line { length } } others { ... on Circle { id } } }',
      data: { narrow: 1, picks: [{ id: 'c' }], others: [null] },
    },
    {
      query:
        '{ drawing { only shape { id ... on Square { side } } shapes { ... on Square { side } ... on Circle { radius } } } }',
      data: { drawing: { only: 7, shape: { id: 'c' }, shapes: [{ radius: 2 }] } },
    },
  ],
} satisfies ConformanceCase;
