import { byKey, type ConformanceCase } from './conformance.js';

const items = [{ id: '1', name: 'new', tag: 'x' }];

export default {
  name: '@override of what another field requires and of what an interface has',
  subgraphs: {
    old: {
      sdl: `type Query { items: [Item] named: [Named] } interface Named { id: ID! name: String } type Item implements Named @key(fields: "id") { id: ID! name: String tag: String }`,
      resolvers: {
        Query: {
          items: () => [{ id: '1', name: 'old', tag: 'x' }],
          named: () => [{ __typename: 'Item', id: '1', name: 'old' }],
        },
        Item: { __resolveReference: byKey([{ id: '1', name: 'old', tag: 'x' }], 'id') },
      },
    },
    next: {
      sdl: 'type Item @key(fields: "id") { id: ID! name: String @override(from: "old") }',
      resolvers: { Item: { __resolveReference: byKey(items, 'id') } },
    },
    third: {
      sdl: `type Item @key(fields: "id") { id: ID! name: String @external shout: String @requires(fields: "name") far: Int @override(from: "nobody") }`,
      resolvers: {
        Item: {
          __resolveReference: (reference: object) => reference,
          shout: ({ name }: { name: string }) => name.toUpperCase(),
          far: () => 4,
        },
      },
    },
  },
  monolith: {
    root: {
      items: [{ ...items[0], shout: 'NEW', far: 4 }],
      named: [{ __typename: 'Item', ...items[0], shout: 'NEW', far: 4 }],
    },
  },
  operations: [
    { query: '{ items { shout tag far } }', data: { items: [{ shout: 'NEW', tag: 'x', far: 4 }] } },
    { query: '{ named { id ... on Item { name } } }', data: { named: [{ id: '1', name: 'new' }] } },
    { query: '{ named { name } }', data: { named: [{ name: 'new' }] } },
  ],
} satisfies ConformanceCase;
