import type { ConformanceCase } from './conformance.js';

export default {
  name: 'an enum that is given in more values than it is taken in',
  subgraphs: {
    a: {
      sdl: 'type Query { colour: Colour colours: [Colour!] } enum Colour { RED GREEN }',
      resolvers: { Query: { colour: () => 'GREEN', colours: () => ['RED', 'GREEN'] } },
    },
    b: {
      sdl: 'type Query { shade: Colour shades: [[Colour]] } enum Colour { RED BLUE }',
      resolvers: { Query: { shade: () => 'BLUE', shades: () => [['BLUE', null], ['RED']] } },
    },
  },
  monolith: {
    root: { colour: 'GREEN', colours: ['RED', 'GREEN'], shade: 'BLUE', shades: [['BLUE', null], ['RED']] },
  },
  operations: [
    {
      query: '{ colour colours shade shades }',
      data: { colour: 'GREEN', colours: ['RED', 'GREEN'], shade: 'BLUE', shades: [['BLUE', null], ['RED']] },
    },
  ],
} satisfies ConformanceCase;
