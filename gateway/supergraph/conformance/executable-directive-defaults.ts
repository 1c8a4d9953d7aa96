import type { ConformanceCase } from './conformance.js';

const access =
  'extend schema @link(url: "https://specs.test/access/v1.0", import: ["@access"]) @composeDirective(name: "@access") enum Scope { PUBLIC PRIVATE }';

export default {
  name: 'an argument of a directive for clients keeps the default that one subgraph gives it',
  subgraphs: {
    a: {
      sdl: `${access} directive @access(scope: Scope!) on FIELD type Query { a: String }`,
      resolvers: { Query: { a: () => 'a' } },
    },
    b: {
      sdl: `${access} directive @access(scope: Scope! = PUBLIC) on FIELD type Query { b: String }`,
      resolvers: { Query: { b: () => 'b' } },
    },
  },
  monolith: { root: { a: 'a', b: 'b' } },
  operations: [{ query: '{ a @access b @access }', data: { a: 'a', b: 'b' } }],
} satisfies ConformanceCase;
