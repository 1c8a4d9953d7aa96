import { byKey, type ConformanceCase } from './conformance.js';

const animals = [
  { __typename: 'Dog', id: 'd', name: 'Rex', age: 3 },
  { __typename: 'Cat', id: 'c', name: 'Tom', age: 5 },
];
const [dog, cat] = animals;
const owners = { __resolveReference: byKey(animals, 'id') };
const TYPES = `interface Animal { id: ID! name: String } union Pet = Dog | Cat`;

export default {
  name: '@provides through an interface and through a union',
  subgraphs: {
    owner: {
      sdl: `type Dog @key(fields: "id") { id: ID! name: String @shareable age: Int } type Cat @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
      resolvers: { Dog: owners, Cat: owners },
    },
    shop: {
      sdl: `type Query { animals: [Animal] @provides(fields: "... on Dog { name } ... on Cat { name }") pets: [Pet] @provides(fields: "... on Dog { name }") }
        ${TYPES} type Dog implements Animal @key(fields: "id") { id: ID! name: String @external }
        type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }`,
      resolvers: { Query: { animals: () => animals, pets: () => animals } },
    },
  },
  monolith: { root: { animals, pets: animals } },
  operations: [
    { query: '{ animals { name } }', data: { animals: [{ name: 'Rex' }, { name: 'Tom' }] } },
    {
      query: '{ animals { __typename id ... on Dog { name age } } }',
      data: {
        animals: [
          { __typename: 'Dog', id: 'd', name: dog?.name, age: dog?.age },
          { __typename: 'Cat', id: 'c' },
        ],
      },
    },
    {
      query: '{ pets { ... on Dog { name } ... on Cat { name age } } }',
      data: { pets: [{ name: dog?.name }, { name: cat?.name, age: cat?.age }] },
    },
  ],
} satisfies ConformanceCase;
