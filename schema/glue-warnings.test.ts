import { describe, expect, it } from 'vitest';
import { readGlueSnapshot } from './glue.js';

function snapshot(...tables: object[]) {
  return { DatabaseList: [{ Name: 'lake' }], TableList: tables };
}

describe('reading a Glue snapshot', () => {
  it('takes partition keys for columns, once, where a table format lists them twice', () => {
    const catalog = readGlueSnapshot(
      snapshot({
        Name: 'visits',
        StorageDescriptor: {
          Columns: [
            { Name: 'page', Type: 'STRING' },
            { Name: 'Day', Type: 'date' },
          ],
        },
        PartitionKeys: [
          { Name: 'day', Type: 'date' },
          { Name: 'country', Type: 'CHAR(2)', Comment: 'Where from.' },
        ],
      }),
    );
    expect(catalog.tables[0]?.columns.map(({ name, columnType }) => [name, columnType])).toEqual([
      ['page', 'STRING'],
      ['Day', 'DATE'],
      ['country', 'STRING'],
    ]);
    expect(catalog.tables[0]?.columns[2]?.comment).toBe('Where from.');
  });

  it('reads what it can of a table that it does not know whole, and says what it could not', () => {
    const warnings: string[] = [];
    const catalog = readGlueSnapshot(
      snapshot(
        {
          Name: 'odd',
          StorageDescriptor: {
            Columns: [
              { Name: 'shape', Type: 'geometry' },
              { Name: 'x', Type: 'array<' },
              { Name: 'n' },
              { Name: 'n', Type: 'int' },
            ],
          },
        },
        { Name: 'link' },
        {
          Name: 'view',
          TableType: 'VIRTUAL_VIEW',
          StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }] },
        },
      ),
      'lake',
      (message) => warnings.push(message),
    );
    expect(
      catalog.tables.map(({ name, columns }) => [name, columns.map(({ columnType }) => columnType)]),
    ).toEqual([
      ['odd', ['STRING', 'STRING', 'STRING']],
      ['view', ['INTEGER']],
    ]);
    expect(warnings).toEqual([
      'odd.n: there is another column of this name',
      'odd.shape: the type geometry is not known and is read as string',
      'odd.x: the type "array<" cannot be read and is taken for string',
      'odd.n: the type "" cannot be read and is taken for string',
      'link: a table without columns is left out',
    ]);
  });

  it.each([
    ['a key', { Parameters: { 'askgraph.primaryKey': 'nothing' } }, 'names no column "nothing"'],
    ['a Glue document', { Name: 7 }, 'Not a Glue snapshot'],
  ])('refuses what is wrong about %s', (_, wrong, message) => {
    const table = { Name: 't', StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }] }, ...wrong };
    expect(() => readGlueSnapshot(snapshot(table))).toThrow(
      expect.objectContaining({ code: 'CATALOG_INVALID', message: expect.stringContaining(message) }),
    );
  });
});
