import { describe, expect, it } from 'vitest';
import { readGlueSnapshot } from './glue.js';
import { inferRelations } from './infer-relations.js';
import { printSubgraphSdl } from './print-sdl.js';

/** `customers: customer_id! int, name string` is a table whose key is `customer_id`. */
function catalogOf(...lines: string[]) {
  return readGlueSnapshot({
    DatabaseList: [{ Name: 'shop' }],
    TableList: lines.map((line) => {
      const [name, columns] = line.split(': ');
      const parts = columns!.split(', ').map((column) => column.split(' '));
      const key = parts.map(([column]) => column!).filter((column) => column.endsWith('!'));
      return {
        Name: name,
        Parameters: { 'askgraph.primaryKey': key.map((column) => column.slice(0, -1)).join(',') },
        StorageDescriptor: {
          Columns: parts.map(([column, type, references]) => ({
            Name: column!.replace('!', ''),
            Type: type,
            ...(references === undefined ? {} : { Parameters: { 'askgraph.references': references } }),
          })),
        },
      };
    }),
  });
}

function inferred(...lines: string[]): string[] {
  return inferRelations(catalogOf(...lines)).tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) =>
      column.references === undefined
        ? []
        : [
            `${name}.${column.name} -> ${column.references.table}.${column.references.column} ${column.references.origin ?? 'declared'}`,
          ],
    ),
  );
}

describe('inferRelations', () => {
  it.each<[string, string[], string[]]>([
    [
      'by the name of the key',
      ['customers: customer_id! int', 'orders: order_id! int, customer_id int'],
      ['orders.customer_id -> customers.customer_id inferred'],
    ],
    [
      'by the name of the table, in the singular, and its key',
      [
        'categories: id! int',
        'addresses: id! bigint',
        'things: id! int, category_id int, addressId int, ADDRESSES_ID int',
      ],
      [
        'things.category_id -> categories.id inferred',
        'things.addressId -> addresses.id inferred',
        'things.ADDRESSES_ID -> addresses.id inferred',
      ],
    ],
    [
      'for whole numbers of any length, and texts',
      ['airports: code! string', 'users: id! bigint', 'flights: airport_code varchar(3), user_id int'],
      ['flights.airport_code -> airports.code inferred', 'flights.user_id -> users.id inferred'],
    ],
    ['not for another type', ['customers: id! int', 'orders: customer_id string'], []],
    [
      'not where two tables could be meant',
      ['customers: client_id! int', 'leads: client_id! int', 'orders: client_id int'],
      [],
    ],
    ['not for names that say nothing', ['a: id! int', 'b: id int, name string', 'c: name! string'], []],
    ['not for keys of several columns', ['lines: order_id! int, line! int', 'notes: order_id int'], []],
    ['not for a table’s own key', ['customers: customer_id! int', 'details: customer_id! int'], []],
    [
      'and what is declared stays',
      ['customers: id! int', 'people: id! int', 'orders: customer_id int people.id'],
      ['orders.customer_id -> people.id declared'],
    ],
  ])('finds references %s', (_, lines, expected) => expect(inferred(...lines)).toEqual(expected));

  it('is told in the schema', () => {
    const catalog = inferRelations(catalogOf('customers: id! int', 'orders: id! int, customer_id int'));
    const sdl = printSubgraphSdl({ name: 'shop', description: '', metrics: [] }, catalog);
    expect(sdl).toContain('"Inferred from names, not declared."\n  customer: ShopCustomers');
    expect(sdl).toContain(
      `is this row's. Inferred from names, not declared. At most 10000 rows at a time."\n  orders(`,
    );
    const declared = catalogOf('customers: id! int', 'orders: id! int, customer_id int customers.id');
    expect(printSubgraphSdl({ name: 'shop', description: '', metrics: [] }, declared)).not.toContain(
      'Inferred',
    );
  });
});
