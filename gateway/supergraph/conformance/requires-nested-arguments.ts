import { byKey, type ConformanceCase } from './conformance.js';

type Unit = { readonly unit: 'G' | 'KG' };
const parcels = [
  { id: '1', content: { grams: 2000, sender: { id: 's', city: 'Oslo' } } },
  { id: '2', content: { grams: 500, sender: { id: 's', city: 'Oslo' } } },
];
const massOf = ({ grams }: { grams: number }, { unit }: Unit) => (unit === 'KG' ? grams / 1000 : grams);
const cityOf = ({ city }: { city: string }, { upper }: { upper: boolean }) =>
  upper ? city.toUpperCase() : city;
interface Given {
  readonly content: { readonly mass: number; readonly sender: { readonly city: string } };
}

export default {
  name: 'two fields that require one nested field with different arguments each get their own',
  subgraphs: {
    depot: {
      sdl: `type Query { parcels: [Parcel!]! } enum Unit { G KG }
        type Parcel @key(fields: "id") { id: ID! content: Content }
        type Content { mass(unit: Unit!): Float sender: Sender } type Sender { id: ID! city(upper: Boolean!): String }`,
      resolvers: {
        Query: { parcels: () => parcels },
        Parcel: { __resolveReference: byKey(parcels, 'id') },
        Content: { mass: massOf },
        Sender: { city: cityOf },
      },
    },
    tariff: {
      sdl: `enum Unit { G KG }
        type Parcel @key(fields: "id") { id: ID! content: Content @external
          fee: Float @requires(fields: "content { mass(unit: KG) sender { city(upper: true) } }")
          stamps: Float @requires(fields: "content { mass(unit: G) sender { city(upper: false) } }")
          from: String @requires(fields: "content { sender { city(upper: false) } }") }
        type Content @external { mass(unit: Unit!): Float sender: Sender } type Sender @external { city(upper: Boolean!): String }`,
      resolvers: {
        Parcel: {
          __resolveReference: (given: object) => given,
          fee: ({ content }: Given) => content.mass * 10 + (content.sender.city === 'OSLO' ? 0.5 : 1000),
          stamps: ({ content }: Given) => content.mass + (content.sender.city === 'Oslo' ? 0 : 1000),
          from: ({ content }: Given) => content.sender.city,
        },
      },
    },
  },
  monolith: {
    root: {
      parcels: parcels.map(({ id, content: { grams, sender } }) => ({
        id,
        content: {
          mass: (given: Unit) => massOf({ grams }, given),
          sender: { id: sender.id, city: (given: { upper: boolean }) => cityOf(sender, given) },
        },
        fee: (grams / 1000) * 10 + 0.5,
        stamps: grams,
        from: sender.city,
      })),
    },
  },
  operations: [
    {
      query: '{ parcels { fee stamps from } }',
      data: {
        parcels: [
          { fee: 20.5, stamps: 2000, from: 'Oslo' },
          { fee: 5.5, stamps: 500, from: 'Oslo' },
        ],
      },
    },
    {
      query: '{ parcels { stamps content { mass(unit: KG) sender { city(upper: true) } } fee } }',
      data: {
        parcels: [
          { stamps: 2000, content: { mass: 2, sender: { city: 'OSLO' } }, fee: 20.5 },
          { stamps: 500, content: { mass: 0.5, sender: { city: 'OSLO' } }, fee: 5.5 },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
