import { describe, expect, it } from 'vitest';
import { readGlueSnapshot } from './glue.js';
import { assertServable, selectTables } from './select-tables.js';

const column = (Name: string, reference?: string) => ({
  Name,
  Type: 'int',
  ...(reference === undefined ? {} : { Parameters: { 'askgraph.references': reference } }),
});
const table = (Name: string, ...Columns: object[]) => ({ Name, StorageDescriptor: { Columns } });
const catalogOf = (...TableList: object[]) =>
  readGlueSnapshot({ DatabaseList: [{ Name: 'shop' }], TableList });

const shop = catalogOf(
  table('dim_customer', column('id')),
  table('dim_date', column('id')),
  table('facts', column('customer', 'dim_customer.id'), column('staging', 'staging_x.id')),
  table('staging_x', column('id')),
);

describe('selectTables', () => {
  it('takes tables by name and by pattern, in the order of the catalog, without references to others', () => {
    const chosen = selectTables(shop, ['facts', 'dim_*']);
    expect(chosen.tables.map(({ name }) => name)).toEqual(['dim_customer', 'dim_date', 'facts']);
    expect(chosen.tables[2]?.columns.map(({ references }) => references?.table)).toEqual([
      'dim_customer',
      undefined,
    ]);
  });

  it.each([['fact'], ['dim'], ['x_*'], ['dim.*']])('refuses %j, which no table is called', (name) =>
    expect(() => selectTables(shop, [name])).toThrow(
      expect.objectContaining({
        code: 'CONFIGURATION_INVALID',
        message: expect.stringContaining(`"${name}"`),
      }),
    ),
  );
});

describe('assertServable', () => {
  it('refuses a catalog that is too large, and says what to do', () => {
    const columns = Array.from({ length: 1_000 }, (_, index) => column(`c${index}`));
    const of = (tables: number) =>
      catalogOf(...Array.from({ length: tables }, (_, index) => table(`t${index}`, ...columns)));
    expect(assertServable(of(20)).tables).toHaveLength(20);
    expect(() => assertServable(of(21))).toThrow(
      expect.objectContaining({
        code: 'CATALOG_INVALID',
        message: expect.stringMatching(
          /21000 columns in 21 tables; at most 20000 .*glue\(\{ database, tables: \[/,
        ),
      }),
    );
  });
});
