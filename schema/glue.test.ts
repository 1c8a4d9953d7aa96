import { describe, expect, it } from 'vitest';
import { readGlueSnapshot } from './glue.js';

interface Columns {
  Columns: Record<string, unknown>[];
  Location?: string;
}

function table(name: string, columns: Record<string, unknown>[], more: Record<string, unknown> = {}) {
  return { Name: name, StorageDescriptor: { Columns: columns } as Columns, ...more };
}
const column = (Name: string, Type: string, more: Record<string, unknown> = {}) => ({ Name, Type, ...more });
const snapshot = (...tables: unknown[]) => ({ DatabaseList: [{ Name: 'legal' }], TableList: tables });

describe('readGlueSnapshot', () => {
  it('reads tables, comments, keys, references, units and places', () => {
    const catalog = readGlueSnapshot({
      DatabaseList: [{ Name: 'legal', Description: 'Claims.', CreateTime: '2024-01-01' }],
      TableList: [
        table('customers', [column('id', 'int')], {
          Parameters: { 'askgraph.primaryKey': 'id', classification: 'parquet' },
        }),
        {
          ...table('claims', [
            column('line', 'int', { Comment: 'Line.' }),
            column('customer', 'int', { Parameters: { 'askgraph.references': 'customers.id' } }),
            column('amount', 'decimal(12,2)', { Comment: null, Parameters: { 'askgraph.unit': 'USD' } }),
          ]),
          Description: 'What was claimed.',
          Parameters: { 'askgraph.primaryKey': 'customer, line' },
          TableType: 'EXTERNAL_TABLE',
        },
      ],
    });
    expect(catalog).toMatchObject({ database: 'legal', description: 'Claims.' });
    const [customers, claims] = catalog.tables;
    expect(customers).toMatchObject({
      name: 'customers',
      comment: '',
      primaryKey: ['id'],
      location: undefined,
    });
    expect(claims).toMatchObject({
      name: 'claims',
      comment: 'What was claimed.',
      primaryKey: ['customer', 'line'],
    });
    expect(
      claims?.columns.map(({ name, columnType, comment, unit }) => [name, columnType, comment, unit]),
    ).toEqual([
      ['line', 'INTEGER', 'Line.', undefined],
      ['customer', 'INTEGER', '', undefined],
      ['amount', 'DECIMAL', '', 'USD'],
    ]);
    expect(claims?.columns[1]?.references).toEqual({ table: 'customers', column: 'id' });
  });

  it('counts partition keys among the columns, after the others', () => {
    const claims = table('claims', [column('id', 'int')], { PartitionKeys: [column('year', 'string')] });
    claims.StorageDescriptor.Location = 's3://bucket/claims/';
    const [read] = readGlueSnapshot(snapshot(claims)).tables;
    expect(read?.columns.map(({ name }) => name)).toEqual(['id', 'year']);
    expect(read?.location).toBe('s3://bucket/claims/');
  });

  it('takes the database that is asked for, with its own tables', () => {
    const two = {
      DatabaseList: [{ Name: 'hr' }, { Name: 'legal' }],
      TableList: [
        table('employees', [column('id', 'int')], { DatabaseName: 'hr' }),
        table('claims', [column('id', 'int')], { DatabaseName: 'legal' }),
      ],
    };
    expect(readGlueSnapshot(two, 'legal').tables.map(({ name }) => name)).toEqual(['claims']);
    expect(readGlueSnapshot(two).database).toBe('hr');
    expect(() => readGlueSnapshot(two, 'sales')).toThrow(
      expect.objectContaining({
        code: 'CATALOG_INVALID',
        message: 'The Glue snapshot has no database "sales".',
        details: { database: 'sales', databases: ['hr', 'legal'] },
      }),
    );
  });

  it.each([
    ['no object', 'text', 'expected object'],
    ['nothing', null, 'expected object'],
    ['no databases', { DatabaseList: [], TableList: [] }, 'at DatabaseList'],
    ['a database without a name', { DatabaseList: [{}], TableList: [] }, 'at DatabaseList[0].Name'],
    ['no list of tables', { DatabaseList: [{ Name: 'a' }] }, 'at TableList'],
    ['an empty name', snapshot(table('', [])), 'at TableList[0].Name'],
    [
      'a parameter that is no text',
      snapshot(table('a', [], { Parameters: { 'askgraph.primaryKey': 1 } })),
      'at TableList[0].Parameters["askgraph.primaryKey"]',
    ],
    [
      'a partition key without a name',
      snapshot(table('a', [], { PartitionKeys: [{ Type: 'int' }] })),
      'at TableList[0].PartitionKeys[0].Name',
    ],
  ])('refuses %s and says where', (_, json, place) =>
    expect(() => readGlueSnapshot(json)).toThrow(
      expect.objectContaining({ code: 'CATALOG_INVALID', message: expect.stringContaining(place) }),
    ),
  );

  const referring = (references: string) =>
    snapshot(
      table('customers', [column('id', 'int')]),
      table('claims', [column('customer', 'int', { Parameters: { 'askgraph.references': references } })]),
    );

  it.each([
    ['customers', '"customers" is not a reference; write "table.column".'],
    ['.id', '".id" is not a reference; write "table.column".'],
    ['customers.', 'claims.customer references customers., which is not in the catalog.'],
    ['customers.key', 'claims.customer references customers.key, which is not in the catalog.'],
    ['clients.id', 'claims.customer references clients.id, which is not in the catalog.'],
  ])('refuses the reference %j', (references, message) =>
    expect(() => readGlueSnapshot(referring(references))).toThrow(
      expect.objectContaining({ code: 'CATALOG_INVALID', message }),
    ),
  );

  it('refuses a key of a column that is not there', () => {
    const keyed = table('claims', [column('id', 'int')], {
      Parameters: { 'askgraph.primaryKey': 'id,line' },
    });
    expect(() => readGlueSnapshot(snapshot(keyed))).toThrow(
      'The primary key of claims names no column "line".',
    );
  });
});
