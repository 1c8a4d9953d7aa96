import { byKey, type ConformanceCase } from './conformance.js';

const tags = { t1: { id: 't1', label: 'one' }, t2: { id: 't2', label: 'two' } };
const text = (body: string, tag: object) => ({ __typename: 'Text', body, tag });
const group = (...blocks: object[]) => ({ __typename: 'Group', blocks });
const page = { blocks: [group(text('a', tags.t1), group(text('b', tags.t2), text('c', tags.t1)))] };

export default {
  name: 'entities are found below abstract types at any depth',
  subgraphs: {
    pages: {
      sdl: `type Query { page: Page } type Page { blocks: [Block!]! } union Block = Text | Group
        type Group { blocks: [Block!]! } type Text { body: String tag: Tag } type Tag @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { page: () => page } },
    },
    tags: {
      sdl: 'type Tag @key(fields: "id") { id: ID! label: String }',
      resolvers: { Tag: { __resolveReference: byKey(Object.values(tags), 'id') } },
    },
  },
  monolith: { root: { page } },
  operations: [
    {
      query: `{ page { blocks { ... on Group { blocks { ...text ... on Group { blocks { __typename ...text } } } } } } }
        fragment text on Text { body tag { label } }`,
      data: {
        page: {
          blocks: [
            {
              blocks: [
                { body: 'a', tag: { label: 'one' } },
                {
                  blocks: [
                    { __typename: 'Text', body: 'b', tag: { label: 'two' } },
                    { __typename: 'Text', body: 'c', tag: { label: 'one' } },
                  ],
                },
              ],
            },
          ],
        },
      },
    },
  ],
} satisfies ConformanceCase;
