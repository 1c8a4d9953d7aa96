import { byKey, type ConformanceCase } from './conformance.js';

const car = { __typename: 'Car', code: 'c', wheels: 4, doors: 5 };
const bicycle = { __typename: 'Bicycle', code: 'b', wheels: 2, gears: 7 };
const desk = { __typename: 'Desk', code: 'd' };
const staff = [car, bicycle, desk].map((asset, index) => ({ id: String(index), asset }));
const line = ({ asset }: { asset: object }) =>
  Object.entries(asset)
    .filter(([name]) => name !== '__typename')
    .map(([name, value]) => `${name} ${value}`)
    .sort()
    .join(', ');
const thingOf = ({ asset }: { asset: { wheels?: number; code?: string } }) =>
  String(asset.wheels ?? asset.code);
const wheelsOf = ({ asset }: { asset: { wheels?: number } }) => asset.wheels ?? 0;
const TYPES = `interface Asset { code: String! } interface Vehicle implements Asset { code: String! wheels: Int! }
  type Car implements Asset & Vehicle @shareable { code: String! wheels: Int! doors: Int! }
  type Bicycle implements Asset & Vehicle @shareable { code: String! wheels: Int! gears: Int! }
  type Desk implements Asset @shareable { code: String! } union Thing = Car | Desk`;

export default {
  name: 'a field requires what the types of an interface within another interface have',
  subgraphs: {
    people: {
      sdl: `type Query { staff: [Person] } type Person @key(fields: "id") { id: ID! asset: Asset } ${TYPES}`,
      resolvers: {
        Query: { staff: () => staff },
        Person: { __resolveReference: byKey(staff, 'id') },
      },
    },
    reports: {
      sdl: `type Query { first: Person } extend type Person @key(fields: "id") { id: ID! asset: Asset @external
          line: String @requires(fields: "asset { code ... on Vehicle { wheels ... on Car { doors } ... on Bicycle { gears } } }")
          wheels: Int @requires(fields: "asset { ... on Asset { ... on Vehicle { wheels } } }")
          thing: String @requires(fields: "asset { ... on Thing { ... on Vehicle { wheels } ... on Desk { code } } }") } ${TYPES}`,
      resolvers: {
        Query: { first: () => ({ id: '0' }) },
        Person: {
          __resolveReference: (reference: object) => reference,
          line,
          wheels: wheelsOf,
          thing: thingOf,
        },
      },
    },
  },
  monolith: {
    root: {
      staff: staff.map((person) => ({ ...person, line: line(person), wheels: wheelsOf(person) })),
      first: {
        ...staff[0],
        line: 'code c, doors 5, wheels 4',
        thing: '4',
      },
    },
  },
  operations: [
    {
      query: '{ staff { line } }',
      data: {
        staff: [
          { line: 'code c, doors 5, wheels 4' },
          { line: 'code b, gears 7, wheels 2' },
          { line: 'code d' },
        ],
      },
    },
    { query: '{ staff { wheels } }', data: { staff: [{ wheels: 4 }, { wheels: 2 }, { wheels: 0 }] } },
    {
      query: '{ first { thing line asset { __typename ... on Vehicle { code } } } }',
      data: {
        first: {
          thing: '4',
          line: 'code c, doors 5, wheels 4',
          asset: { __typename: 'Car', code: 'c' },
        },
      },
    },
  ],
} satisfies ConformanceCase;
