import { describe, expect, it } from 'vitest';
import { otherPlaceNames } from './places.js';

describe('other names of a place', () => {
  it('are its country for what is from there', () => expect(otherPlaceNames('french')).toContain('france'));
  it('are its code for a state', () => expect(otherPlaceNames('new york')).toEqual(['ny']));
  it('are those of all places that are called so', () =>
    expect(otherPlaceNames('georgia')).toEqual(['georgian', 'ga']));
  it('are none for two letters, which are words', () => expect(otherPlaceNames('in')).toEqual([]));
  it('are none for what is no place', () => expect(otherPlaceNames('purple')).toEqual([]));
});
