import { describe, expect, it } from 'vitest';
import { columnTypeOfMysql, type MysqlField, mysqlCellReader } from './mysql-cells.js';

function cell(field: Omit<MysqlField, 'name'>, value: unknown) {
  const named = { name: 'value', ...field };
  const type = columnTypeOfMysql(named);
  return [type, mysqlCellReader(named, type)(value)];
}

describe('a value of MySQL', () => {
  it.each([
    [{ columnType: 1, columnLength: 1 }, 1, 'BOOLEAN', true],
    [{ columnType: 1, columnLength: 4 }, 1, 'INTEGER', 1],
    [{ columnType: 16, columnLength: 1 }, Buffer.from([1]), 'BOOLEAN', true],
    [
      { columnType: 16, columnLength: 64 },
      Buffer.from('ffffffffffffffff', 'hex'),
      'BIGINT',
      '18446744073709551615',
    ],
    [{ columnType: 3, flags: 32 }, 4294967295, 'BIGINT', '4294967295'],
    [{ columnType: 8 }, '9007199254740993', 'BIGINT', '9007199254740993'],
    [{ columnType: 4 }, 4.199999809265137, 'FLOAT', 4.2],
    [{ columnType: 246 }, '0.10', 'DECIMAL', '0.10'],
    [{ columnType: 10 }, '2008-02-29', 'DATE', '2008-02-29'],
    [{ columnType: 10 }, '0000-00-00', 'DATE', null],
    [{ columnType: 12 }, '0000-00-00 00:00:00', 'DATETIME', null],
    [{ columnType: 12 }, '2008-02-29 10:00:00.500000', 'DATETIME', '2008-02-29T10:00:00.5'],
    [{ columnType: 12 }, '2008-02-29 10:00:00.000000', 'DATETIME', '2008-02-29T10:00:00'],
    [{ columnType: 12 }, '2008-02-29 10:00:00', 'DATETIME', '2008-02-29T10:00:00'],
    [{ columnType: 13 }, 2008, 'INTEGER', 2008],
    [{ columnType: 245 }, '{"a":[1]}', 'JSON', { a: [1] }],
    [{ columnType: 252, extendedFormat: 'json' }, '[]', 'JSON', []],
    [{ columnType: 252 }, Buffer.from([0, 255]), 'STRING', 'AP8='],
    [{ columnType: 253 }, 'text', 'STRING', 'text'],
    [{ columnType: 253 }, null, 'STRING', null],
  ])('%j %s leaves as %s %j', (field, value, type, expected) => {
    expect(cell(field, value)).toEqual([type, expected]);
  });
});
