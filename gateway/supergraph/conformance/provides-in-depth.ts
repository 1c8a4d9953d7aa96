import { byKey, type ConformanceCase } from './conformance.js';

const shoes = { id: 's', name: 'Shoes' };
const boots = { id: 'b', name: 'Boots' };
const boot = { id: '1', kinds: [{ id: 's', parts: [{ id: 'b', name: 'Boots' }], name: 'Shoes' }] };

export default {
  name: '@provides reaches through entities to the fields of others',
  subgraphs: {
    plain: {
      sdl: 'type Product @key(fields: "id") { id: ID! }',
      resolvers: {
        Product: {
          __resolveReference: () => {
            throw new Error('Nobody has to ask here.');
          },
        },
      },
    },
    kinds: {
      sdl: `type Query { products: [Product] @provides(fields: "kinds { id parts { id name } name }") }
        type Product @key(fields: "id") { id: ID! kinds: [Kind] @external }
        type Kind @key(fields: "id") { id: ID! parts: [Kind] @external name: String @external }`,
      resolvers: {
        Query: { products: () => [boot] },
        Kind: { __resolveReference: byKey([shoes, boots], 'id') },
      },
    },
    names: {
      sdl: `type Product @key(fields: "id") { id: ID! kinds: [Kind] @shareable }
        type Kind @key(fields: "id") { id: ID! name: String @shareable parts: [Kind] @shareable size: Int }`,
      resolvers: {
        Product: { __resolveReference: () => boot },
        Kind: {
          __resolveReference: byKey([shoes, boots], 'id'),
          parts: () => [boots],
          size: ({ name }: { name: string }) => name.length,
        },
      },
    },
  },
  monolith: {
    root: {
      products: [{ id: '1', kinds: [{ ...shoes, size: 5, parts: [{ ...boots, size: 5, parts: [] }] }] }],
    },
  },
  operations: [
    {
      query: '{ products { id kinds { id name parts { id name } } } }',
      data: {
        products: [{ id: '1', kinds: [{ id: 's', name: 'Shoes', parts: [{ id: 'b', name: 'Boots' }] }] }],
      },
    },
    {
      query: '{ products { kinds { size parts { size name } } } }',
      data: { products: [{ kinds: [{ size: 5, parts: [{ size: 5, name: 'Boots' }] }] }] },
    },
  ],
} satisfies ConformanceCase;
