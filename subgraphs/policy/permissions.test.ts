import { describe, expect, it } from 'vitest';
import { unknownName } from '../../schema/did-you-mean.js';
import { shopCatalog } from '../../test/fixtures/shop.js';
import { explainHidden } from './explain-hidden.js';
import { makePermissions } from './permissions.js';
import { claim, type Policy } from './policy.js';

const KEY = 'a key of sixteen letters';
const make = (policies: readonly Policy[], hashKey = KEY) =>
  makePermissions({ domain: 'shop', catalog: shopCatalog, policies, hashKey });
const everyone = (rule: NonNullable<Policy['admit']>[number]): Policy => ({
  name: 'p',
  for: 'everyone',
  admit: [rule],
});
const caller = (roles: readonly string[], claims: Record<string, unknown> = {}) => ({
  subject: 'ann',
  roles,
  claims,
});

describe('policies are checked at start', () => {
  it.each<[string, Policy, RegExp]>([
    ['a table', everyone({ tables: 'ordrs', columns: '*' }), /"ordrs" in shop\. Did you mean "orders"/],
    [
      'a column',
      everyone({ tables: 'customer', columns: ['nam'] }),
      /"nam" in customer\. Did you mean "name"/,
    ],
    [
      'a masked column',
      everyone({ tables: 'customer', columns: '*', masks: [{ columns: 'boorn', mask: 'year' }] }),
      /Did you mean "born"/,
    ],
    [
      'a mask',
      everyone({ tables: 'customer', columns: '*', masks: [{ columns: 'name', mask: 'hahs' as 'hash' }] }),
      /mask "hahs".* Did you mean "hash"/,
    ],
    [
      'a mask of another type',
      everyone({ tables: 'orders', columns: '*', masks: [{ columns: 'amount', mask: 'lastFour' }] }),
      /orders\.amount" is DECIMAL; the mask "lastFour" is for STRING/,
    ],
    [
      'a filtered column',
      everyone({ tables: 'customer', columns: '*', rows: { activ: { eq: true } } }),
      /Did you mean "active"/,
    ],
    [
      'a test',
      everyone({ tables: 'customer', columns: '*', rows: { name: { eqq: 'x' } } as never }),
      /Did you mean "eq"/,
    ],
    [
      'a value of another type',
      everyone({ tables: 'orders', columns: '*', rows: { items: { eq: 'many' } } }),
      /"many" is no INTEGER/,
    ],
    ['an empty filter', everyone({ tables: 'orders', columns: '*', rows: {} }), /is empty/],
    [
      'a list without a quantifier',
      everyone({ tables: 'customer', columns: '*', rows: { ordersByPayerId: { items: { eq: 1 } } } }),
      /quantifier "items"/,
    ],
    ['nobody', { name: 'p', for: { roles: [] }, admit: [] }, /for nobody/],
    ['a claim without a value', { name: 'p', for: { claims: { region: [] } }, admit: [] }, /claim "region"/],
    [
      'a number of rows',
      { name: 'p', for: 'everyone', maximumRows: 0 },
      /"maximumRows" is a whole number from 1 on/,
    ],
    [
      'a group size',
      everyone({
        tables: 'orders',
        columns: '*',
        aggregateOnly: { columns: 'amount', individual: 'payer_i', minimumGroupSize: 5 },
      }),
      /Did you mean "payer_id"/,
    ],
  ])('%s', (_, policy, message) => {
    expect(() => make([policy])).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('a hash without a secret, and two of one name', () => {
    const hashed = everyone({ tables: 'customer', columns: '*', masks: [{ columns: 'name', mask: 'hash' }] });
    expect(() => make([hashed], 'short')).toThrow(/ASKGRAPH_HASH_KEY/);
    expect(() => make([hashed, hashed])).toThrow(/another one has this name/);
  });
});

describe('what a caller sees', () => {
  it('is nothing that no policy admits', () => {
    const { catalog, domain } = make([
      { name: 'p', for: { roles: ['x'] }, admit: [{ tables: '*', columns: '*' }] },
    ]).accessOf(caller([]));
    expect([catalog.tables, domain]).toEqual([[], 'hidden']);
  });

  it('keeps the names of relations, and those alone whose columns are seen', () => {
    const permissions = make([
      everyone({ tables: ['customer', 'orders'], columns: ['customer_id', 'payer_id', 'order_id'] }),
      { name: 'q', for: { roles: ['x'] }, restrict: [{ tables: 'orders', hide: 'customer_id' }] },
    ]);
    const names = (roles: readonly string[]) =>
      permissions
        .accessOf(caller(roles))
        .catalog.relations?.get('customer')
        ?.map(({ name }) => name);
    expect(names([])).toEqual(['ordersByCustomerId', 'ordersByPayerId']);
    expect(names(['x'])).toEqual(['ordersByPayerId']);
  });

  it('is one access for all with the same rights, and another digest for other claims', () => {
    const permissions = make([
      everyone({ tables: 'customer', columns: '*', rows: { country_code: { eq: claim('country') } } }),
    ]);
    const german = permissions.accessOf(caller(['a'], { country: 'DE', other: 1 }));
    expect(permissions.accessOf({ ...caller(['b'], { country: 'DE', other: 2 }), subject: 'bob' })).toBe(
      german,
    );
    expect(permissions.accessOf(caller(['a'], { country: 'FR' })).digest).not.toBe(german.digest);
    expect(german.digest).toMatch(/^[\w-]{22}$/);
  });

  it('is no row where a claim is missing, of another type, or only inherited, also under "not"', () => {
    const permissions = make([
      everyone({
        tables: 'customer',
        columns: '*',
        rows: { not: { country_code: { eq: claim('constructor') } } },
      }),
    ]);
    for (const claims of [{}, { constructor: null }, { constructor: 5 }, { constructor: ['DE'] }]) {
      const { tables } = permissions.accessOf(caller([], claims as Record<string, unknown>));
      expect(tables.get('customer')?.rows).toEqual({ kind: 'or', conditions: [] });
    }
  });

  it('has the smallest of several numbers, and every refusal', () => {
    const right = (name: string, more: Partial<Policy>): Policy => ({ name, for: 'everyone', ...more });
    const { maximumRows, rowsToModel, nativeSql } = make([
      right('a', { maximumRows: 50, rowsToModel: 10 }),
      right('b', { maximumRows: 20, rowsToModel: 'none', nativeSql: 'refused' }),
    ]).accessOf(caller([]));
    expect({ maximumRows, rowsToModel, nativeSql }).toEqual({
      maximumRows: 20,
      rowsToModel: 0,
      nativeSql: 'refused',
    });
  });

  it('says of a hidden name that it is not permitted, where the domain lets that be known', () => {
    const access = make([everyone({ tables: 'country', columns: '*' })]).accessOf(caller([]));
    const definition = { name: 'shop', hiddenNames: 'notPermitted' } as never;
    expect(explainHidden(unknownName('table', 'Customer', 'shop', []), definition, access)).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(explainHidden(unknownName('table', 'nothing', 'shop', []), definition, access)).toMatchObject({
      code: 'UNKNOWN_NAME',
    });
    expect(
      explainHidden(unknownName('table', 'customer', 'shop', []), { name: 'shop' } as never, access),
    ).toMatchObject({ code: 'UNKNOWN_NAME' });
  });
});
