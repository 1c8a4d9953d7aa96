import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestFolder, type TestFolder, told } from './folder.test-helper.js';

let folder: TestFolder;
const put: TestFolder['put'] = (...given) => folder.put(...given);
const list: TestFolder['list'] = (...given) => folder.list(...given);
const only: TestFolder['only'] = (...given) => folder.only(...given);
const rows: TestFolder['rows'] = (...given) => folder.rows(...given);
const problems: TestFolder['problems'] = (...given) => folder.problems(...given);

beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

describe('a catalog.json beside the data', () => {
  const glue = (...TableList: unknown[]) =>
    JSON.stringify({ DatabaseList: [{ Name: 'shop', Description: 'A shop.' }], TableList });

  it('gives comments, keys, units and references, and its types where the values fit', async () => {
    await put('shop/customers.csv', 'Id,name,zip\n1,Ann,1234\n2,Bob,99\n');
    await put('shop/orders.csv', 'id,customer,total,day,count\n1,1,9.5,2024-01-02,1\n2,2,1,2024-01-03,x\n');
    await put(
      'shop/catalog.json',
      glue(
        {
          Name: 'customers',
          Description: 'Who buys.',
          Parameters: { 'askgraph.primaryKey': 'id' },
          StorageDescriptor: {
            Columns: [
              { Name: 'id', Type: 'int', Comment: 'Number.' },
              { Name: 'name', Type: 'varchar(20)' },
              { Name: 'zip', Type: 'string' },
            ],
          },
        },
        {
          Name: 'orders',
          StorageDescriptor: {
            Columns: [
              { Name: 'id', Type: 'bigint' },
              { Name: 'customer', Type: 'int', Parameters: { 'askgraph.references': 'customers.id' } },
              { Name: 'total', Type: 'decimal(12,4)', Parameters: { 'askgraph.unit': 'EUR' } },
              { Name: 'day', Type: 'timestamp' },
              { Name: 'count', Type: 'int' },
            ],
          },
        },
      ),
    );
    const loaded = await only();
    expect(loaded.catalog?.description).toBe('A shop.');
    expect(told(loaded.catalog)).toEqual([
      'customers(id): id INTEGER, name STRING, zip STRING',
      'orders(): id BIGINT, customer INTEGER -> customers.id, total DECIMAL, day DATETIME, count STRING',
    ]);
    const [customers, orders] = loaded.catalog!.tables;
    expect([customers?.comment, customers?.columns[0]?.comment, orders?.columns[2]?.unit]).toEqual([
      'Who buys.',
      'Number.',
      'EUR',
    ]);
    expect(await rows(loaded, 'SELECT total, day FROM orders')).toEqual([
      ['9.5000', '2024-01-02T00:00:00'],
      ['1.0000', '2024-01-03T00:00:00'],
    ]);
    expect(problems()).toEqual(['shop: orders.csv: orders.count: not every value is a int, so it is string']);
  });

  it('tells what it has and the data has not, and the other way round', async () => {
    await put('shop/orders.csv', 'id,extra\n1,2\n');
    await put('shop/unlisted.csv', 'id\n1\n');
    await put(
      'shop/catalog.json',
      glue(
        { Name: 'orders', StorageDescriptor: { Columns: [{ Name: 'id' }, { Name: 'gone', Type: 'int' }] } },
        { Name: 'lost', StorageDescriptor: { Columns: [{ Name: 'id' }] } },
      ),
    );
    expect(told((await only()).catalog)).toEqual(['orders(): id BIGINT, extra BIGINT']);
    expect(problems()).toEqual([
      'shop: orders.csv: orders: catalog.json has gone, the data has not',
      'shop: orders.csv: orders: the data has extra, catalog.json has not',
      'shop: unlisted.csv: the table unlisted is not in catalog.json, so it is not served',
      'shop: lost: catalog.json has this table, the folder has not',
    ]);
  });

  it('says by its location which of two files is the table, and what another is called', async () => {
    await put('shop/orders.csv', 'id\n1\n');
    await put('shop/orders.jsonl', '{"id":2}\n');
    await put(
      'shop/catalog.json',
      glue(
        { Name: 'orders', StorageDescriptor: { Location: 'orders.jsonl' } },
        { Name: 'old_orders', StorageDescriptor: { Location: 's3://shop/orders.csv' } },
      ),
    );
    const loaded = await only();
    expect(await rows(loaded, 'SELECT id FROM orders')).toEqual([['2']]);
    expect(await rows(loaded, 'SELECT id FROM old_orders')).toEqual([['1']]);
  });

  it('whose key does not hold has none, and a reference that leads nowhere is left out', async () => {
    await put('shop/orders.csv', 'id,customer\n1,1\n1,2\n');
    await put(
      'shop/catalog.json',
      glue({
        Name: 'orders',
        Parameters: { 'askgraph.primaryKey': 'id' },
        StorageDescriptor: {
          Columns: [
            { Name: 'id' },
            { Name: 'customer', Parameters: { 'askgraph.references': 'customers.id' } },
          ],
        },
      }),
    );
    expect(told((await only()).catalog)).toEqual(['orders(): id BIGINT, customer BIGINT']);
    expect(problems()).toEqual([
      "shop: orders.csv: orders: the rows' values of id are not unique, so it has no key",
      'shop: orders.customer: it refers to customers.id, which is not there',
    ]);
  });

  it.each([
    ['is not JSON', '{'],
    ['is no snapshot', '{"DatabaseList":[]}'],
  ])('that %s costs its domain', async (_, text) => {
    await put('shop/orders.csv', 'id\n1\n');
    await put('shop/catalog.json', text);
    await put('good/t.csv', 'id\n1\n');
    expect((await list()).map(({ definition }) => definition.name)).toEqual(['good']);
    expect(problems()).toEqual([expect.stringContaining('shop is left out')]);
  });
});
