import type { ConformanceCase } from './conformance.js';

const stores = [
  { name: 'North', place: { city: { code: 'OSL' }, street: 'Karl Johan' }, open: true },
  { name: 'South', place: { city: { code: 'ROM' }, street: 'Appia' }, open: false },
];

export default {
  name: 'a key may reach into nested objects',
  subgraphs: {
    stores: {
      sdl: `type Query { stores: [Store] }
        type Store @key(fields: "place { city { code } street }") { name: String place: Place! }
        type Place @shareable { city: City! street: String! } type City @shareable { code: ID! }`,
      resolvers: { Query: { stores: () => stores } },
    },
    hours: {
      sdl: `type Store @key(fields: "place { city { code } street }") { place: Place! open: Boolean }
        type Place @shareable { city: City! street: String! } type City @shareable { code: ID! }`,
      resolvers: {
        Store: {
          __resolveReference: ({ place }: { place: { city: { code: string }; street: string } }) =>
            stores.find(
              (store) => store.place.city.code === place.city.code && store.place.street === place.street,
            ),
        },
      },
    },
  },
  monolith: { root: { stores } },
  operations: [
    {
      query: '{ stores { open place { s: street } } }',
      data: {
        stores: [
          { open: true, place: { s: 'Karl Johan' } },
          { open: false, place: { s: 'Appia' } },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
