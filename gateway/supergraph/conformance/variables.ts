import { byKey, type ConformanceCase } from './conformance.js';

interface Filter {
  readonly from: number;
  readonly words?: readonly string[] | null;
}
const say = ({ filter, n }: { filter?: Filter | null; n?: number | null }) =>
  `${filter === undefined ? 'none' : JSON.stringify(filter)} ${n === undefined ? 'none' : n}`;
const users = [{ id: '1' }];

export default {
  name: 'variables, their defaults, nulls and absence reach the subgraphs that use them',
  subgraphs: {
    a: {
      sdl: `type Query { say(filter: Filter, n: Int): String me: User } input Filter { from: Int! = 3 words: [String!] }
        type User @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { say: (_: unknown, input: Parameters<typeof say>[0]) => say(input), me: () => users[0] },
      },
    },
    b: {
      sdl: `type User @key(fields: "id") { id: ID! echo(filter: Filter, n: Int = 9): String }
        input Filter { from: Int! = 3 words: [String!] }`,
      resolvers: {
        User: {
          __resolveReference: byKey(users, 'id'),
          echo: (_: unknown, input: Parameters<typeof say>[0]) => say(input),
        },
      },
    },
  },
  monolith: { root: { say, me: { id: '1', echo: say } } },
  operations: [
    {
      query: `query ($f: Filter = { from: 5 }, $n: Int) {
        say(filter: $f, n: $n) me { echo(filter: $f, n: $n) other: echo(filter: { words: ["a", "b"] }) }
      }`,
      data: { say: '{"from":5} none', me: { echo: '{"from":5} 9', other: '{"from":3,"words":["a","b"]} 9' } },
    },
    {
      query:
        'query ($f: Filter, $n: Int = 1, $w: [String!]) { me { echo(filter: $f, n: $n) b: echo(filter: { words: $w }) } }',
      variables: { f: { words: 'x' }, n: null, w: ['y'] },
      data: { me: { echo: '{"from":3,"words":["x"]} null', b: '{"from":3,"words":["y"]} 9' } },
    },
  ],
} satisfies ConformanceCase;
