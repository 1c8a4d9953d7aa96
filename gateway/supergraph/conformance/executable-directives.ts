import type { ConformanceCase } from './conformance.js';

const linked = (scope: string, field: string) => `
  extend schema @link(url: "https://example.test/access/v1.0", import: ["@access"]) @composeDirective(name: "@access")
  directive @access(scope: Scope! = ${scope}) on FIELD enum Scope { PUBLIC PRIVATE } type Query { ${field}: String }`;

export default {
  name: 'a directive that clients may write is in the public schema',
  subgraphs: {
    a: { sdl: linked('PUBLIC', 'a'), resolvers: { Query: { a: () => 'a' } } },
    b: { sdl: linked('PUBLIC', 'b'), resolvers: { Query: { b: () => 'b' } } },
  },
  monolith: { root: { a: 'a', b: 'b' } },
  operations: [
    { query: '{ a @access b @access(scope: PRIVATE) }', data: { a: 'a', b: 'b' } },
    {
      query: 'query ($scope: Scope!) { a @access(scope: $scope) b }',
      variables: { scope: 'PRIVATE' },
      data: { a: 'a', b: 'b' },
    },
  ],
} satisfies ConformanceCase;
