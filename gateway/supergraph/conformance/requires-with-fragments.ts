import type { ConformanceCase } from './conformance.js';

const owners = [
  { id: '1', pet: { __typename: 'Dog', name: 'Rex', age: 3 } },
  { id: '2', pet: { __typename: 'Cat', name: 'Tom', lives: 9 } },
  { id: '3', pet: null },
];
type Pet = { readonly __typename?: string; readonly age?: number; readonly lives?: number };
const describe = (pet: Pet | null) => (pet === null ? 'no pet' : `${pet.age ?? '-'} ${pet.lives ?? '-'}`);

export default {
  name: '@requires with fragments on the types of an interface',
  subgraphs: {
    owners: {
      sdl: `type Query { owners: [Owner] } type Owner @key(fields: "id") { id: ID! pet: Pet }
        interface Pet { name: String } type Dog implements Pet @shareable { name: String age: Int }
        type Cat implements Pet @shareable { name: String lives: Int }`,
      resolvers: { Query: { owners: () => owners } },
    },
    vet: {
      sdl: `type Owner @key(fields: "id") {
          id: ID! pet: Pet @external note: String @requires(fields: "pet { ... on Dog { age } ... on Cat { lives } }")
        }
        interface Pet { name: String } type Dog implements Pet @shareable { name: String age: Int }
        type Cat implements Pet @shareable { name: String lives: Int }`,
      resolvers: {
        Owner: {
          __resolveReference: (reference: object) => reference,
          note: ({ pet }: { pet: Pet | null }) => describe(pet),
        },
      },
    },
  },
  monolith: { root: { owners: owners.map((owner) => ({ ...owner, note: describe(owner.pet) })) } },
  operations: [
    {
      query: '{ owners { note pet { name } } }',
      data: {
        owners: [
          { note: '3 -', pet: { name: 'Rex' } },
          { note: '- 9', pet: { name: 'Tom' } },
          { note: 'no pet', pet: null },
        ],
      },
    },
  ],
} satisfies ConformanceCase;
