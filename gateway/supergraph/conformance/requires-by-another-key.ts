import { byKey, type ConformanceCase } from './conformance.js';

const items = [
  { id: '1', code: 'a', name: 'Lamp' },
  { id: '2', code: 'b', name: 'Desk' },
];
const labelOf = ({ name }: { name: string }) => name.toUpperCase();
const whole = (item: (typeof items)[number]): object => ({
  ...item,
  label: labelOf(item),
  next: () => whole(items[1]!),
});

export default {
  name: 'what a field requires may be known by a key that only the subgraph of the field has',
  subgraphs: {
    list: {
      sdl: 'type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! }',
      resolvers: { Query: { items: () => items.map(({ id }) => ({ id })) } },
    },
    labels: {
      sdl: `type Item @key(fields: "id") @key(fields: "code") { id: ID! code: ID! name: String @external
          label: String @requires(fields: "name") next: Item }`,
      resolvers: {
        Item: {
          __resolveReference: (given: { id?: string; code?: string }) => ({
            ...items.find(({ id, code }) => id === given.id || code === given.code),
            name: undefined,
            ...given,
          }),
          label: labelOf,
          next: () => ({ id: '2', code: 'b' }),
        },
      },
    },
    names: {
      sdl: 'type Item @key(fields: "code") { code: ID! name: String }',
      resolvers: { Item: { __resolveReference: byKey(items, 'code') } },
    },
  },
  monolith: { root: { items: items.map(whole) } },
  operations: [
    { query: '{ items { label } }', data: { items: [{ label: 'LAMP' }, { label: 'DESK' }] } },
    {
      query:
        '{ items { ...f code name next { label: name id next { label } } } } fragment f on Item { title: label }',
      data: {
        items: ['LAMP', 'DESK'].map((title, index) => ({
          title,
          code: items[index]!.code,
          name: items[index]!.name,
          next: { label: 'Desk', id: '2', next: { label: 'DESK' } },
        })),
      },
    },
  ],
} satisfies ConformanceCase;
