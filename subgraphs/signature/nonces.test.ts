import { describe, expect, it } from 'vitest';
import { rememberNonces } from './nonces.js';

describe('what remembers nonces', () => {
  it('takes each once while it is remembered', () => {
    const nonces = rememberNonces({ milliseconds: 100, maximum: 10 });
    expect([nonces.add('a', 0), nonces.add('b', 50), nonces.add('a', 99)]).toEqual(['new', 'new', 'seen']);
    expect([nonces.add('a', 100), nonces.add('b', 100)]).toEqual(['new', 'seen']);
  });

  it('takes no more than it can remember, rather than forget one too early', () => {
    const nonces = rememberNonces({ milliseconds: 100, maximum: 2 });
    expect([nonces.add('a', 0), nonces.add('b', 50), nonces.add('c', 60)]).toEqual(['new', 'new', 'full']);
    expect([nonces.add('a', 60), nonces.add('c', 101), nonces.add('d', 102)]).toEqual([
      'seen',
      'new',
      'full',
    ]);
  });
});
