import { byKey, type ConformanceCase } from './conformance.js';

const nodes = [
  { __typename: 'User', id: '1', name: 'Ada', age: 36 },
  { __typename: 'Robot', id: '2', name: 'R2', age: 47 },
];
const whole = nodes.map((node) => ({ ...node, greeting: `Hello ${node.name}` }));

export default {
  name: 'a field of an interface object requires what only the types themselves have',
  subgraphs: {
    nodes: {
      sdl: `type Query { users: [Named!]! one: Named } interface Named @key(fields: "id") { id: ID! name: String }
        type User implements Named @key(fields: "id") { id: ID! name: String age: Int }
        type Robot implements Named @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: { users: () => nodes, one: () => nodes[0] },
        Named: { __resolveReference: byKey(nodes, 'id') },
        User: { __resolveReference: byKey(nodes, 'id') },
        Robot: { __resolveReference: byKey(nodes, 'id') },
      },
    },
    greetings: {
      sdl: `type Query { anybody: Named } type Named @key(fields: "id") @interfaceObject {
          id: ID! name: String @external greeting: String @requires(fields: "name") }`,
      resolvers: {
        Query: { anybody: () => ({ id: '2' }) },
        Named: {
          __resolveReference: (reference: object) => reference,
          greeting: ({ name }: { name: string }) => `Hello ${name}`,
        },
      },
    },
  },
  monolith: { root: { users: whole, one: whole[0], anybody: whole[1] } },
  operations: [
    {
      query: '{ users { greeting } }',
      data: { users: [{ greeting: 'Hello Ada' }, { greeting: 'Hello R2' }] },
    },
    { query: '{ anybody { greeting } }', data: { anybody: { greeting: 'Hello R2' } } },
    {
      query:
        '{ anybody { __typename name greeting ... on User { age } } users { ... on User { age greeting } } }',
      data: {
        anybody: { __typename: 'Robot', name: 'R2', greeting: 'Hello R2' },
        users: [{ age: 36, greeting: 'Hello Ada' }, {}],
      },
    },
    { query: '{ one { ... on User { id greeting } } }', data: { one: { id: '1', greeting: 'Hello Ada' } } },
  ],
} satisfies ConformanceCase;
