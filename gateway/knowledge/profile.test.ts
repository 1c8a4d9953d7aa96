import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../../test/fixtures/typed-shop.js';
import type { AskTable, Profile } from './domain.js';
import { profileDomains } from './profile.js';
import { shopDomain } from './shop.test-helper.js';

let shop: TypedShop;
let profile: Profile;
const reports: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  shop = await TypedShop.open();
  const run = (query: string) => {
    asked.push(query);
    return shop.run(query);
  };
  profile = await profileDomains([shopDomain()], run, (message) => reports.push(message));
});
afterAll(() => shop.close());

describe('profileDomains', () => {
  it('samples the distinct values of text columns, without nulls', async () => {
    const distinct = await shop.sql(
      "SELECT DISTINCT name FROM customer WHERE name IS NOT NULL AND name <> ''",
    );
    expect([...profile.columnFacts('shop', 'customer', 'name')!.values!].sort()).toEqual(
      distinct.flat().sort(),
    );
    expect([...profile.columnFacts('shop', 'country', 'country_name')!.values!].sort()).toEqual([
      'France',
      'Germany',
    ]);
    expect(reports).toEqual([]);
  });

  it('finds how far days and instants reach', async () => {
    const [[from, to]] = (await shop.sql('SELECT min(born)::VARCHAR, max(born)::VARCHAR FROM customer')) as [
      [string, string],
    ];
    expect(profile.columnFacts('shop', 'customer', 'born')).toEqual({ range: { from, to } });
    // 800 orders, 13 hours apart, from November 30, 2007, 22:15.
    const last = new Date(Date.parse('2007-11-30T22:15:00Z') + 800 * 13 * 3_600_000)
      .toISOString()
      .slice(0, 19);
    expect(profile.columnFacts('shop', 'orders', 'ordered_at')).toEqual({
      range: { from: '2007-12-01T11:15:00', to: last },
    });
  });

  it('samples neither what points to another table, nor numbers', () => {
    expect(profile.columnFacts('shop', 'customer', 'country_code')).toBeUndefined();
    expect(profile.columnFacts('shop', 'orders', 'amount')).toBeUndefined();
    expect(profile.columnFacts('shop', 'customer', 'tags')).toBeUndefined();
  });

  it('asks once a table, in the typed API’s own words', () => {
    expect(asked).toHaveLength(shopDomain().tables.length);
    expect(asked[1]).toContain('customerAggregate(groupBy: [{name: {}}], limit: 2001) { keys { name } }');
  });

  it('does not ask what wants arguments', async () => {
    const operation = { field: 'f', arguments: [], rowPath: [], notes: [], rows: 'many' as const };
    const tables = shopDomain().tables.map((table): AskTable => ({ ...table, operation }));
    const none = await profileDomains(
      [shopDomain({ tables })],
      () => Promise.reject(new Error('asked')),
      (message) => reports.push(message),
    );
    expect(none.columnFacts('shop', 'customer', 'name')).toBeUndefined();
    expect(reports).toEqual([]);
  });

  it('goes on without a table that does not answer, and says so', async () => {
    const said: string[] = [];
    const some = await profileDomains(
      [shopDomain()],
      (query) =>
        query.includes('customerAggregate') ? Promise.reject(new Error('No answer.')) : shop.run(query),
      (message) => said.push(message),
    );
    expect(said).toEqual(['No profile of shop.customer: No answer.']);
    expect(some.columnFacts('shop', 'country', 'country_name')).toBeDefined();
  });

  it('keeps nothing of a column with too many values to be said in questions', async () => {
    const groups = Array.from({ length: 2001 }, (_, index) => ({ keys: { message: `m${index}` } }));
    const log = shopDomain().tables.filter(({ name }) => name === 'log');
    const facts = async (values: typeof groups) => {
      const run = () => Promise.resolve({ data: { shop: { values0: values } } });
      return (await profileDomains([shopDomain({ tables: log })], run, () => {})).columnFacts(
        'shop',
        'log',
        'message',
      );
    };
    expect(await facts(groups)).toBeUndefined();
    expect((await facts(groups.slice(1)))?.values).toHaveLength(2000);
  });
});
