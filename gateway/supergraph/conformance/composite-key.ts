import { byKey, type ConformanceCase } from './conformance.js';

const seats = [
  { row: 'A', number: 1, holder: 'Ada', price: '10.00' },
  { row: 'A', number: 2, holder: 'Grace', price: '11.00' },
  { row: 'B', number: 1, holder: null, price: '12.00' },
];

export default {
  name: 'a key of two fields tells entities apart by both',
  subgraphs: {
    hall: {
      sdl: 'type Query { seats: [Seat!]! } type Seat @key(fields: "row number") { row: String! number: Int! holder: String }',
      resolvers: { Query: { seats: () => seats } },
    },
    prices: {
      sdl: 'type Seat @key(fields: "row number") { row: String! number: Int! price: String }',
      resolvers: { Seat: { __resolveReference: byKey(seats, 'row', 'number') } },
    },
  },
  monolith: { root: { seats } },
  operations: [
    {
      query: '{ seats { holder price } }',
      data: {
        seats: [
          { holder: 'Ada', price: '10.00' },
          { holder: 'Grace', price: '11.00' },
          { holder: null, price: '12.00' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
