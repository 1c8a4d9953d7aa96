import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Grain } from '../../subgraphs/sql/table-query.js';
import { formatCell, formatDate } from './format.js';

const format = (value: Cell, type: ColumnType, unit: string | null = null) =>
  formatCell(value, { type, unit });

describe('formatCell', () => {
  it.each<[Cell, ColumnType, string | null, string]>([
    [0, 'INTEGER', null, '0'],
    [999, 'INTEGER', null, '999'],
    [1000, 'INTEGER', null, '1,000'],
    [-1234567, 'INTEGER', null, '-1,234,567'],
    ['172456', 'BIGINT', null, '172,456'],
    ['9223372036854775807', 'BIGINT', null, '9,223,372,036,854,775,807'],
    ['16614814.65', 'DECIMAL', 'USD', '$16,614,814.65'],
    ['-1234.50', 'DECIMAL', 'USD', '-$1,234.50'],
    ['0.05', 'DECIMAL', 'EUR', '€0.05'],
    ['1000', 'DECIMAL', 'GBP', '£1,000'],
    ['12.5', 'DECIMAL', 'CHF', '12.5 CHF'],
    [21.5, 'FLOAT', '°C', '21.50°C'],
    [50, 'FLOAT', '°F', '50°F'],
    [12.345, 'FLOAT', '%', '12.35%'],
    [7, 'INTEGER', 'km/h', '7 km/h'],
  ])('writes %j (%s in %s) as %s', (value, type, unit, text) => expect(format(value, type, unit)).toBe(text));

  it('keeps every digit of an exact number, however many', () => {
    expect(format('123456789012345678901234567890.12345678', 'DECIMAL')).toBe(
      '123,456,789,012,345,678,901,234,567,890.12345678',
    );
    expect(format('-0.00000000000000000001', 'DECIMAL')).toBe('-0.00000000000000000001');
    expect(format('170141183460469231731687303715884105727', 'BIGINT')).toBe(
      '170,141,183,460,469,231,731,687,303,715,884,105,727',
    );
  });

  it.each([
    [4374176.7, '4,374,177'],
    [100000.4, '100,000'],
    [99999.5, '99,999.50'],
    [1.005e3, '1,005'],
    [6.28318, '6.28'],
    [-2.5, '-2.50'],
    [0.123456, '0.123'],
    [0.00012345, '0.000123'],
    [0, '0'],
  ])('keeps of the float %d what its size makes meaningful: %s', (value, text) =>
    expect(format(value, 'FLOAT')).toBe(text),
  );

  it('writes days and instants as people do', () => {
    expect(format('1963-05-01', 'DATE')).toBe('May 1, 1963');
    expect(format('2008-12-31T23:59:00', 'DATETIME')).toBe('December 31, 2008 23:59');
    expect(format('2008-01-02T00:00:00', 'DATETIME')).toBe('January 2, 2008');
    expect(formatDate('2024-02-29T10:00:00')).toBe('February 29, 2024');
  });

  it.each<[Grain, string, string]>([
    ['YEAR', '2008-01-01', '2008'],
    ['QUARTER', '2008-01-01', 'Q1 2008'],
    ['QUARTER', '2008-04-01', 'Q2 2008'],
    ['QUARTER', '2008-10-01T00:00:00', 'Q4 2008'],
    ['MONTH', '2008-12-01', 'December 2008'],
    ['WEEK', '2007-12-31', 'the week of December 31, 2007'],
    ['DAY', '2008-02-29', 'February 29, 2008'],
    ['HOUR', '2008-02-29T07:00:00', 'February 29, 2008 07:00'],
  ])('writes a %s that starts on %s as %s', (grain, start, text) =>
    expect(formatCell(start, { type: 'DATE', unit: null, grain })).toBe(text),
  );

  it('writes what is no number as it is', () => {
    expect(format('Ärger & Söhne', 'STRING')).toBe('Ärger & Söhne');
    expect(format('1000', 'STRING')).toBe('1000');
    expect([format(true, 'BOOLEAN'), format(false, 'BOOLEAN')]).toEqual(['yes', 'no']);
    expect(format(['a', { b: 1 }], 'JSON')).toBe('["a",{"b":1}]');
  });

  it('says that there is nothing, of whatever type and grain', () => {
    expect(format(null, 'DECIMAL', 'USD')).toBe('nothing');
    expect(formatCell(null, { type: 'DATE', unit: null, grain: 'MONTH' })).toBe('nothing');
  });
});
