import { byKey, type ConformanceCase } from './conformance.js';

const entities = [
  { id: '1', name: 'One', extra: 'more' },
  { id: '2', name: 'Two', extra: 'most' },
];
const never = () => {
  throw new Error('Nobody has asked for this.');
};

export default {
  name: '@provides is no reason to ask for what the client does not',
  subgraphs: {
    owner: {
      sdl: `type Query { a: Int } type Entity @key(fields: "id") { id: ID! name: String! @shareable note: String! @shareable extra: String! }`,
      resolvers: { Entity: { __resolveReference: byKey(entities, 'id'), name: never, note: never } },
    },
    provider: {
      sdl: `type Query { entity: Entity @provides(fields: "name note") entities: [Entity!]! @provides(fields: "name note") }
        type Entity @key(fields: "id") { id: ID! name: String! @external note: String! @external }`,
      resolvers: {
        Query: { entity: () => entities[0], entities: () => entities },
        Entity: { __resolveReference: never, note: never },
      },
    },
  },
  monolith: { root: { entity: entities[0], entities } },
  operations: [
    { query: '{ entity { id } }', data: { entity: { id: '1' } } },
    { query: '{ entity { id title: name } }', data: { entity: { id: '1', title: 'One' } } },
    {
      query: '{ entity { ... { name } ... on Entity { extra } } }',
      data: { entity: { name: 'One', extra: 'more' } },
    },
    {
      query: '{ entity { id ... on Entity @skip(if: true) { note } ... @include(if: false) { note } } }',
      data: { entity: { id: '1' } },
    },
    {
      query: 'query ($on: Boolean!) { entity { id ... on Entity @include(if: $on) { note extra } } }',
      variables: { on: false },
      data: { entity: { id: '1' } },
    },
    {
      query: '{ entities { ...N extra } } fragment N on Entity { name }',
      data: {
        entities: [
          { name: 'One', extra: 'more' },
          { name: 'Two', extra: 'most' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
