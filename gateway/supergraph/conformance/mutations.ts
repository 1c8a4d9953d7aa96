import type { ConformanceCase } from './conformance.js';

/** A list that each subgraph and the monolith write into; it starts anew with `reset`. */
function journal() {
  let entries: string[] = [];
  return {
    reset: () => {
      entries = [];
      return true;
    },
    write: async (entry: string, milliseconds: number) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      entries.push(entry);
      return { id: entry, count: entries.length, log: entries.join(',') };
    },
  };
}

const shared = journal();
const alone = journal();
type Entry = { readonly entry: string };

export default {
  name: 'mutations run in series, also across subgraphs and for equal fields',
  subgraphs: {
    a: {
      sdl: `type Query { a: Int } type Mutation { reset: Boolean slow(entry: String!): Note twice(entry: String!): Note }
        type Note @key(fields: "id") { id: ID! count: Int @shareable log: String @shareable }`,
      resolvers: {
        Mutation: {
          reset: () => shared.reset(),
          slow: (_: unknown, { entry }: Entry) => shared.write(entry, 30),
          twice: (_: unknown, { entry }: Entry) => shared.write(entry, 1),
        },
      },
    },
    b: {
      sdl: `type Mutation { fast(entry: String!): Note } type Note @key(fields: "id") { id: ID! shout: String count: Int @shareable log: String @shareable }`,
      resolvers: {
        Mutation: { fast: (_: unknown, { entry }: Entry) => shared.write(entry, 1) },
        Note: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          shout: ({ id }: { id: string }) => id.toUpperCase(),
        },
      },
    },
  },
  monolith: {
    root: {
      reset: () => alone.reset(),
      slow: async ({ entry }: Entry) => ({ ...(await alone.write(entry, 5)), shout: entry.toUpperCase() }),
      twice: async ({ entry }: Entry) => ({ ...(await alone.write(entry, 1)), shout: entry.toUpperCase() }),
      fast: async ({ entry }: Entry) => ({ ...(await alone.write(entry, 1)), shout: entry.toUpperCase() }),
    },
  },
  operations: [
    {
      query: `mutation { reset one: slow(entry: "x") { count shout log } two: fast(entry: "y") { count log }
        three: slow(entry: "z") { count log } }`,
      data: {
        reset: true,
        one: { count: 1, shout: 'X', log: 'x' },
        two: { count: 2, log: 'x,y' },
        three: { count: 3, log: 'x,y,z' },
      },
    },
    {
      query: 'mutation { reset a: twice(entry: "same") { count } b: twice(entry: "same") { count } }',
      data: { reset: true, a: { count: 1 }, b: { count: 2 } },
    },
  ],
} satisfies ConformanceCase;
