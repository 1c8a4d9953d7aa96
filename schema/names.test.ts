import { describe, expect, it } from 'vitest';
import { type Catalog, makeColumn, type Table } from './catalog.js';
import { makeDomainModel } from './domain-model.js';
import { parseHiveType } from './hive-type.js';
import { fieldName, namespaceType, relationsOf, typeName } from './names.js';

describe('names in GraphQL', () => {
  it.each([
    ['hire_date', 'hireDate'],
    ['all_stocks_5yr', 'allStocks5yr'],
    ['employees', 'employees'],
    ['hireDate', 'hireDate'],
    ['HireDate', 'hireDate'],
    ['dept-emp.no', 'deptEmpNo'],
    ['total amount', 'totalAmount'],
    ['a__b', 'aB'],
    ['_id_', 'id'],
    ['__typename', 'typename'],
    ['5yr', '_5yr'],
    ['2008', '_2008'],
    ['total%', 'total'],
    ['%', '_'],
    ['', '_'],
  ])('the field of %j is %s', (name, field) => {
    expect(fieldName(name)).toBe(field);
    expect(field).toMatch(/^(?!__)[_A-Za-z][_0-9A-Za-z]*$/);
  });

  it('types carry their domain', () => {
    expect(typeName('hr', 'dept_emp')).toBe('HrDeptEmp');
    expect(typeName('human-resources', 'employees')).toBe('HumanResourcesEmployees');
    expect(typeName('2nd', 'table')).toBe('_2ndTable');
    expect(namespaceType('hr')).toBe('HrQuery');
  });
});

/** Columns are written `name` or `name>table.column`. */
function makeTable(name: string, primaryKey: string[], ...columns: string[]): Table {
  return {
    name,
    comment: '',
    primaryKey,
    location: undefined,
    columns: columns.map((text) => {
      const [column, target] = text.split('>');
      const [table, key] = target?.split('.') ?? [];
      const references = table === undefined || key === undefined ? undefined : { table, column: key };
      return makeColumn({
        name: column!,
        type: parseHiveType('int'),
        comment: '',
        unit: undefined,
        references,
      });
    }),
  };
}

function relations(of: string, ...tables: Table[]): string[] {
  const catalog: Catalog = { database: 'd', description: '', tables };
  return relationsOf(catalog, tables.find(({ name }) => name === of)!).map(
    ({ name, kind, fromTable, fromColumn, toTable, toColumn }) =>
      `${name}: ${kind} ${fromTable}.${fromColumn} → ${toTable}.${toColumn}`,
  );
}

describe('relations', () => {
  const users = makeTable('users', ['userid'], 'userid', 'name');
  const sales = makeTable(
    'sales',
    ['salesid'],
    'salesid',
    'sellerid>users.userid',
    'buyerid>users.userid',
    'userid>users.userid',
  );

  it('are named after the column where it says more than the table, and after the table else', () =>
    expect(relations('sales', users, sales)).toEqual([
      'seller: toOne sales.sellerid → users.userid',
      'buyer: toOne sales.buyerid → users.userid',
      'users: toOne sales.userid → users.userid',
    ]));

  it('say by which column, where several point to one table', () =>
    expect(relations('users', users, sales)).toEqual([
      'salesBySellerid: toMany users.userid → sales.sellerid',
      'salesByBuyerid: toMany users.userid → sales.buyerid',
      'salesByUserid: toMany users.userid → sales.userid',
    ]));

  it('are named after the table alone where one column points to it', () =>
    expect(relations('users', users, makeTable('listing', [], 'seller_id>users.userid'))).toEqual([
      'listing: toMany users.userid → listing.seller_id',
    ]));

  it.each([
    ['country_code', 'country'],
    ['dept_no', 'dept'],
    ['event_fk', 'event'],
    ['ownerId', 'owner'],
    ['id', 'users'],
    ['boss', 'users'],
  ])('the column %s gives %s', (column, name) =>
    expect(relations('a', users, makeTable('a', [], `${column}>users.userid`))[0]).toMatch(`${name}: toOne`),
  );

  it('step aside for columns of the same name', () => {
    const venue = makeTable('venue', ['venueid'], 'venueid', 'event');
    const event = makeTable('event', ['eventid'], 'eventid', 'venue', 'venueid>venue.venueid', 'venueRow');
    expect(relations('event', venue, event)).toEqual(['venueRowRow: toOne event.venueid → venue.venueid']);
    expect(relations('venue', venue, event)).toEqual(['eventRows: toMany venue.venueid → event.venueid']);
  });

  it('step aside for each other', () => {
    const one = makeTable('one', ['id'], 'id');
    const both = makeTable('both', [], 'one_id>one.id', 'one_key>one.id');
    expect(relations('both', one, both).map((text) => text.split(':')[0])).toEqual(['one', 'oneRow']);
  });

  it('lead from a table to itself both ways', () =>
    expect(relations('employee', makeTable('employee', ['id'], 'id', 'manager_id>employee.id'))).toEqual([
      'manager: toOne employee.manager_id → employee.id',
      'employee: toMany employee.id → employee.manager_id',
    ]));

  it('are none to a part of a key, or to what is no key: such a row would not be one', () => {
    const note = makeTable('note', ['order_id', 'line'], 'order_id', 'line');
    expect(relations('reply', note, makeTable('reply', [], 'order_id>note.order_id'))).toEqual([]);
    expect(relations('note', note, makeTable('reply', [], 'order_id>note.order_id'))).toEqual([]);
    expect(relations('a', users, makeTable('a', [], 'name>users.name'))).toEqual([]);
  });
});

describe('a domain model', () => {
  const model = (...tables: Table[]) =>
    makeDomainModel({ name: 'hr', description: '' }, { database: 'hr', description: '', tables });

  it('has the key’s columns in the key’s order, and no field by key without one', () => {
    const [table, keyless] = model(
      makeTable('dept_emp', ['no', 'id'], 'id', 'no'),
      makeTable('log', [], 'text'),
    ).tables;
    expect(table).toMatchObject({
      listField: 'deptEmp',
      byKeyField: 'deptEmpByPk',
      aggregateField: 'deptEmpAggregate',
    });
    expect(table?.keys.map(({ name }) => name)).toEqual(['no', 'id']);
    expect(keyless?.byKeyField).toBeUndefined();
  });

  it.each([
    [
      'two columns',
      [makeTable('a', [], 'hire_date', 'hireDate')],
      'Two names in a become "hireDate" in GraphQL.',
    ],
    [
      'two tables',
      [makeTable('dept_emp', []), makeTable('deptEmp', [])],
      'Two names in hr become "HrDeptEmp" in GraphQL.',
    ],
    [
      'a table and the namespace',
      [makeTable('query', [], 'a')],
      'Two names in hr become "HrQuery" in GraphQL.',
    ],
    [
      'a table and an aggregate',
      [makeTable('a', []), makeTable('a_aggregate', [])],
      'Two names in HrQuery become "aAggregate" in GraphQL.',
    ],
    ['a column and what filters say', [makeTable('a', [], 'not')], 'Two names in a become "not" in GraphQL.'],
  ])('refuses that %s become one', (_, tables, message) =>
    expect(() => model(...tables)).toThrow(expect.objectContaining({ code: 'CATALOG_INVALID', message })),
  );
});
