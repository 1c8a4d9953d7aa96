import { byKey, type ConformanceCase } from './conformance.js';

const users = [
  { id: '1', address: { __typename: 'Home', id: 'h', street: 'Elm', city: 'Oslo' } },
  { id: '2', address: { __typename: 'Work', id: 'w', street: 'Oak', city: 'Bergen' } },
];
const addresses = users.map(({ address }) => address);
type Reference = {
  readonly address: { readonly id?: string; readonly street?: string; readonly __typename: string };
};
const label = ({ address }: Reference) => `${address.__typename} ${address.street ?? address.id}`;

export default {
  name: '@requires reaches through an interface whose types are elsewhere',
  subgraphs: {
    a: {
      sdl: `type Query { users: [User] } type User @key(fields: "id") { id: ID! address: Address @external
          label: String @requires(fields: "address { __typename ... on Home { street } ... on Work { id } }") }
        interface Address { id: ID! } type Home implements Address @key(fields: "id") { id: ID! street: String @external }
        type Work implements Address @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { users: () => users.map(({ id }) => ({ id })) },
        User: { __resolveReference: (reference: object) => reference, label },
      },
    },
    b: {
      sdl: `type User @key(fields: "id") { id: ID! address: Address } interface Address { id: ID! }
        type Home implements Address @key(fields: "id") { id: ID! street: String city: String }
        type Work implements Address @key(fields: "id") { id: ID! street: String city: String }`,
      resolvers: {
        User: { __resolveReference: byKey(users, 'id') },
        Home: { __resolveReference: byKey(addresses, 'id') },
        Work: { __resolveReference: byKey(addresses, 'id') },
      },
    },
  },
  monolith: {
    root: {
      users: users.map((user, index) => ({ ...user, label: index === 0 ? 'Home Elm' : 'Work w' })),
    },
  },
  operations: [
    { query: '{ users { label } }', data: { users: [{ label: 'Home Elm' }, { label: 'Work w' }] } },
    {
      query: '{ users { address { id ... on Work { city } } label } }',
      data: {
        users: [
          { address: { id: 'h' }, label: 'Home Elm' },
          { address: { id: 'w', city: 'Bergen' }, label: 'Work w' },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
