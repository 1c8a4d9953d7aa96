import { byKey, type ConformanceCase } from './conformance.js';

const cells = [
  { id: '1', value: 'one', near: [{ id: '2' }] },
  { id: '2', value: 'two', near: [] },
  { id: '3', value: null, near: null },
];
const [one, two, three] = cells;
const full = (cell: (typeof cells)[number] | undefined) =>
  cell && { ...cell, near: cell.near?.map(({ id }) => cells.find((other) => other.id === id)) ?? null };

export default {
  name: 'entities stand in lists of lists, with gaps',
  subgraphs: {
    grid: {
      sdl: 'type Query { grid: [[[Cell]!]] } type Cell @key(fields: "id") { id: ID! }',
      resolvers: {
        Query: {
          grid: () => [
            [
              [one, null],
              [two, one],
            ],
            null,
            [[three]],
            [],
          ],
        },
      },
    },
    values: {
      sdl: 'type Cell @key(fields: "id") { id: ID! value: String near: [Cell!] }',
      resolvers: {
        Cell: {
          __resolveReference: byKey(cells, 'id'),
          value: ({ id }: { id: string }) => byKey(cells, 'id')({ id })?.value,
        },
      },
    },
  },
  monolith: {
    root: {
      grid: [
        [
          [full(one), null],
          [full(two), full(one)],
        ],
        null,
        [[full(three)]],
        [],
      ],
    },
  },
  operations: [
    {
      query: '{ grid { value near { id value } } }',
      data: {
        grid: [
          [
            [{ value: 'one', near: [{ id: '2', value: 'two' }] }, null],
            [
              { value: 'two', near: [] },
              { value: 'one', near: [{ id: '2', value: 'two' }] },
            ],
          ],
          null,
          [[{ value: null, near: null }]],
          [],
        ],
      },
    },
  ],
} satisfies ConformanceCase;
