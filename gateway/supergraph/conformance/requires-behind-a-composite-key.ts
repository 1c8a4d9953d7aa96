import { byKey, type ConformanceCase } from './conformance.js';

const parcels = [
  { id: '1', lane: 'north', weight: 3, hub: { id: 'h', town: 'Bergen' } },
  { id: '2', lane: 'south', weight: null, hub: null },
];
const tariffs = parcels.map(({ id, lane }) => ({ id, lane, days: lane === 'north' ? 2 : 5 }));
const priceOf = ({ lane, weight }: { lane: string; weight?: number | null }) =>
  `${lane} ${weight ?? 'unknown'}`;
const whole = parcels.map((parcel, index) => ({
  ...parcel,
  price: priceOf(parcel),
  days: tariffs[index]?.days,
  from: parcel.hub?.town ?? 'nowhere',
}));

/** The way into `tariffs` leads through `lanes`; what it requires is where one came from. */
export default {
  name: 'a field requires something of the first subgraph, behind a key that only a second one knows whole',
  subgraphs: {
    parcels: {
      sdl: `type Query { parcels: [Parcel!] } type Parcel @key(fields: "id") { id: ID! weight: Int hub: Hub }
        type Hub @key(fields: "id") { id: ID! town: String }`,
      resolvers: {
        Query: { parcels: () => parcels },
        Parcel: { __resolveReference: byKey(parcels, 'id') },
        Hub: { __resolveReference: byKey([parcels[0]!.hub!], 'id') },
      },
    },
    lanes: {
      sdl: 'type Parcel @key(fields: "id") @key(fields: "lane") { id: ID! lane: ID! }',
      resolvers: { Parcel: { __resolveReference: ({ id }: { id: string }) => byKey(parcels, 'id')({ id }) } },
    },
    tariffs: {
      sdl: `type Parcel @key(fields: "id lane") { id: ID! lane: ID! weight: Int @external price: String @requires(fields: "weight") days: Int
          hub: Hub @external from: String @requires(fields: "hub { town }") }
        type Hub @key(fields: "id") { id: ID! town: String @external }`,
      resolvers: {
        Parcel: {
          __resolveReference: (reference: { id: string; lane: string }) => {
            const { id, lane } = reference;
            const tariff = byKey(tariffs, 'id', 'lane')({ id, lane });
            return tariff && { ...tariff, ...reference };
          },
          price: priceOf,
          from: ({ hub }: { hub: { town: string } | null }) => hub?.town ?? 'nowhere',
        },
      },
    },
  },
  monolith: { root: { parcels: whole } },
  operations: [
    { query: '{ parcels { price } }', data: { parcels: whole.map(({ price }) => ({ price })) } },
    {
      query:
        'query ($no: Boolean = false) { parcels { from days cost: price weight @skip(if: $no) hub { id } } }',
      data: {
        parcels: whole.map(({ from, days, price, weight, hub }) => ({
          from,
          days,
          cost: price,
          weight,
          hub: hub && { id: hub.id },
        })),
      },
    },
  ],
} satisfies ConformanceCase;
