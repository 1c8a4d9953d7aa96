import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../context.js';
import { accountOf } from './account.js';

const ann = { subject: 'ann', roles: [], claims: {} };

describe('the account of a request', () => {
  it('is the caller’s, wherever they are', () => {
    expect(accountOf(ann, '10.0.0.1')).toBe(accountOf(ann, '10.0.0.2'));
    expect(accountOf(ann, '10.0.0.1')).not.toBe(accountOf({ ...ann, subject: 'bob' }, '10.0.0.1'));
  });

  it('is the address of who has not said who they are', () => {
    expect(accountOf(ANONYMOUS, '10.0.0.1')).toBe('address:10.0.0.1');
    expect(accountOf(ANONYMOUS, '::ffff:10.0.0.1')).toBe('address:10.0.0.1');
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::7', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::8', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('is the network of %s', (address, network) =>
    expect(accountOf(ANONYMOUS, address)).toBe(`address:${network}`),
  );
});
