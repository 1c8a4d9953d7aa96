import type { ConformanceCase } from './conformance.js';

type Arguments = { readonly by: { readonly first: number; readonly order?: string } };
const show = (_: unknown, { by }: Arguments) => JSON.stringify(by);
const whole = ({ by }: Arguments) => JSON.stringify(by);

export default {
  name: 'an input and an enum that subgraphs take differently are what all of them take',
  subgraphs: {
    a: {
      sdl: `type Query { a(by: By!): String } input By { first: Int! order: Order = UP } enum Order { UP DOWN SIDEWAYS }`,
      resolvers: { Query: { a: show } },
    },
    b: {
      sdl: `type Query { b(by: By!): String } input By { first: Int! order: Order = UP only: Int } enum Order { UP DOWN }`,
      resolvers: { Query: { b: show } },
    },
  },
  monolith: { root: { a: whole, b: whole } },
  operations: [
    {
      query: 'query ($by: By!) { a(by: $by) b(by: { first: 1, order: DOWN }) }',
      variables: { by: { first: 2 } },
      data: { a: '{"first":2,"order":"UP"}', b: '{"first":1,"order":"DOWN"}' },
    },
    {
      query: 'query ($n: Int = 7, $o: Order) { a(by: { first: $n, order: $o }) }',
      data: { a: '{"first":7,"order":"UP"}' },
    },
    {
      query: '{ __type(name: "By") { inputFields { name } } }',
      data: { __type: { inputFields: [{ name: 'first' }, { name: 'order' }] } },
    },
  ],
} satisfies ConformanceCase;
