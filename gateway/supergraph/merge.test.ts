import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createMerge } from './merge.js';
import { readTypeConditions } from './type-conditions.js';

const merge = createMerge(
  readTypeConditions(parse('interface Node { id: ID } type User implements Node { id: ID }')),
);

function merged(target: Record<string, unknown>, answer: Record<string, unknown>): Record<string, unknown> {
  merge(target, answer);
  return target;
}

describe('merge', () => {
  it('keeps the type of an object where another subgraph knows only its interface, and learns it otherwise', () => {
    expect(merged({ __typename: 'User' }, { __typename: 'Node' })).toEqual({ __typename: 'User' });
    expect(merged({ __typename: 'Node' }, { __typename: 'User' })).toEqual({ __typename: 'User' });
  });

  it('joins lists item by item, and never replaces what is known by null', () => {
    expect(
      merged(
        { list: [{ a: 1 }, null, [{ a: 3 }]], known: 1 },
        { list: [null, { b: 2 }, [{ b: 3 }], { b: 4 }], known: null },
      ),
    ).toEqual({ list: [{ a: 1 }, { b: 2 }, [{ a: 3, b: 3 }], { b: 4 }], known: 1 });
  });

  it('takes what is new by reference', () => {
    const child = { a: 1 };
    expect(merged({}, { child }).child).toBe(child);
  });
});
