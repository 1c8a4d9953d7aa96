import { byKey, type ConformanceCase } from './conformance.js';

const pets = [
  { __typename: 'Dog', id: 'd', name: 'Rex', barks: true, owner: { id: 'o1', name: 'Ada' } },
  { __typename: 'Cat', id: 'c', name: 'Tom', lives: 9, owner: { id: 'o2', name: 'Grace' } },
  null,
];
const owners = [
  { id: 'o1', name: 'Ada' },
  { id: 'o2', name: 'Grace' },
];
const known = pets.filter((pet) => pet !== null);

export default {
  name: 'fields of an interface and of its types come from other subgraphs',
  subgraphs: {
    registry: {
      sdl: `type Query { pets: [Pet] first: Pet! } interface Pet { id: ID! name: String }
        type Dog implements Pet @key(fields: "id") { id: ID! name: String }
        type Cat implements Pet @key(fields: "id") { id: ID! name: String }`,
      resolvers: { Query: { pets: () => pets, first: () => pets[1] } },
    },
    details: {
      sdl: `type Dog @key(fields: "id") { id: ID! barks: Boolean owner: Owner }
        type Cat @key(fields: "id") { id: ID! lives: Int owner: Owner }
        type Owner @key(fields: "id") { id: ID! }`,
      resolvers: {
        Dog: { __resolveReference: byKey(known, 'id') },
        Cat: { __resolveReference: byKey(known, 'id') },
      },
    },
    people: {
      sdl: 'type Owner @key(fields: "id") { id: ID! name: String }',
      resolvers: { Owner: { __resolveReference: byKey(owners, 'id') } },
    },
  },
  monolith: { root: { pets, first: pets[1] } },
  operations: [
    {
      query: `{ pets { name ... on Dog { barks owner { name } } ...cat } first { __typename id ...cat } }
        fragment cat on Cat { lives owner { id called: name } }`,
      data: {
        pets: [
          { name: 'Rex', barks: true, owner: { name: 'Ada' } },
          { name: 'Tom', lives: 9, owner: { id: 'o2', called: 'Grace' } },
          null,
        ],
        first: { __typename: 'Cat', id: 'c', lives: 9, owner: { id: 'o2', called: 'Grace' } },
      },
    },
  ],
} satisfies ConformanceCase;
