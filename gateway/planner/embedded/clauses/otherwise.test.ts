import { describe, expect, it } from 'vitest';
import { makeOtherwise } from './otherwise.js';

describe('what may be said otherwise', () => {
  const otherwise = makeOtherwise(['acc', 'bal', 'enr']);

  it('is a word of which a name holds the beginning', () =>
    expect(otherwise(['enrollment'])).toContainEqual(['enr']));
  it('is each word of a name that is cut short in all of them', () =>
    expect(otherwise(['account', 'balance'])).toContainEqual(['acc', 'bal']));
  it('is not a word that no name begins', () =>
    expect(otherwise(['purple', 'balance'])).not.toContainEqual(['acc', 'bal']));
});
