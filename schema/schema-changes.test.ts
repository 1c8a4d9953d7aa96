import { describe, expect, it } from 'vitest';
import { findSchemaChanges } from './schema-changes.js';

const BEFORE = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
type Query { things(limit: Int = 10): [Thing] }
type Thing @key(fields: "id") { id: Int! name: String }
enum Order { UP }
input Where { id: Int }`;

describe('changes between two schemas', () => {
  it.each([
    ['the same text', BEFORE, []],
    ['a removed field', BEFORE.replace('name: String', ''), ['breaking: Thing.name was removed.']],
    [
      'a changed type',
      BEFORE.replace('id: Int!', 'id: String!'),
      ['breaking: Thing.id changed type from Int! to String!.'],
    ],
    [
      'a value that may now be missing',
      BEFORE.replace('id: Int!', 'id: Int'),
      ['breaking: Thing.id changed type from Int! to Int.'],
    ],
    [
      'a new required input',
      BEFORE.replace('input Where { id: Int }', 'input Where { id: Int more: Int! }'),
      ['breaking: A required field more on input type Where was added.', 'safe: Where.more was added.'],
    ],
    [
      'another default',
      BEFORE.replace('= 10', '= 20'),
      ['breaking: Query.things arg limit has changed defaultValue from 10 to 20.'],
    ],
    [
      'a new field',
      BEFORE.replace('name: String', 'name: String born: String'),
      ['safe: Thing.born was added.'],
    ],
    ['a new value', BEFORE.replace('UP', 'UP DOWN'), ['safe: DOWN was added to enum type Order.']],
    [
      'a value that is never missing any more',
      BEFORE.replace('name: String', 'name: String!'),
      ['safe: Thing.name changed type from String to String!.'],
    ],
    ['a new type', `${BEFORE} scalar New`, ['safe: New was added.']],
    [
      'a new argument',
      BEFORE.replace('(limit', '(offset: Int, limit'),
      ['safe: Query.things arg offset was added.'],
    ],
    [
      'a new directive',
      BEFORE.replace('@key(fields: "id")', '@shareable'),
      ['safe: Only documentation or directives changed.'],
    ],
    [
      'a new comment',
      BEFORE.replace('type Thing', '"A thing." type Thing'),
      ['safe: Only documentation or directives changed.'],
    ],
  ])('are known for %s', (_, after, expected) => {
    expect(
      findSchemaChanges(BEFORE, after).map(({ kind, description }) => `${kind}: ${description}`),
    ).toEqual(expected);
  });
});
