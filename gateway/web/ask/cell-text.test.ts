import { describe, expect, it } from 'vitest';
import type { ColumnType } from './answer.js';
import { cellText, dateTimeText, factText, groupDigits } from './cell-text.js';

const column = (name: string, type: ColumnType, label = name) => ({ name, label, type, unit: null });

describe('a table cell', () => {
  it('groups the digits of a decimal string without losing one', () => {
    expect(cellText('16614814.65', column('commission', 'DECIMAL'))).toBe('16,614,814.65');
    expect(cellText('-12345678901234567890.10', column('total', 'DECIMAL'))).toBe(
      '-12,345,678,901,234,567,890.10',
    );
    expect(cellText('9007199254740993', column('volume', 'BIGINT'))).toBe('9,007,199,254,740,993');
  });

  it('does not group a fraction, nor fewer than four digits', () => {
    expect(cellText('0.123456', column('share', 'FLOAT'))).toBe('0.123456');
    expect(cellText(999, column('count', 'INTEGER'))).toBe('999');
    expect(cellText(1000, column('count', 'INTEGER'))).toBe('1,000');
  });

  it('leaves out the digits of a mean that say nothing, and money’s beyond the cent', () => {
    const mean = column('average', 'FLOAT');
    expect(cellText(75680.12195121951, mean)).toBe('75,680.122');
    expect(cellText(75680.12195121951, { ...mean, unit: 'USD' })).toBe('75,680.12');
    expect(cellText(66144.2, { ...mean, unit: 'USD' })).toBe('66,144.20');
    expect(cellText(-1.5, mean)).toBe('-1.5');
    expect(cellText(12000, mean)).toBe('12,000');
  });

  it('leaves years and identifiers as they are read', () => {
    expect(cellText(2008, column('sale_year', 'INTEGER'))).toBe('2008');
    expect(cellText(2008, column('k0', 'INTEGER', 'Year'))).toBe('2008');
    expect(cellText('172456', column('salesId', 'BIGINT'))).toBe('172456');
  });

  it('groups an amount whose name only ends like an identifier or speaks of years', () => {
    expect(cellText('1234.50', column('pricepaid', 'DECIMAL'))).toBe('1,234.50');
    expect(cellText('172456', column('claims_per_year', 'BIGINT'))).toBe('172,456');
  });

  it('leaves a number in scientific notation alone', () => {
    expect(groupDigits('1e+21')).toBe('1e+21');
    expect(groupDigits('NaN')).toBe('NaN');
  });

  it('shows a date and time without what says nothing', () => {
    expect(dateTimeText('2008-12-31T00:00:00.000Z')).toBe('2008-12-31');
    expect(dateTimeText('2008-12-31T14:05:00Z')).toBe('2008-12-31 14:05:00 UTC');
    expect(cellText('2008-12-31T14:05:00+02:00', column('saletime', 'DATETIME'))).toBe(
      '2008-12-31 14:05:00+02:00',
    );
  });

  it('shows booleans as words, documents as JSON and strings as they are', () => {
    expect(cellText(false, column('fraud', 'BOOLEAN'))).toBe('no');
    expect(cellText({ a: [1] }, column('document', 'JSON'))).toBe('{"a":[1]}');
    expect(cellText('1234567', column('phone', 'STRING'))).toBe('1234567');
  });
});

describe('a fact', () => {
  it('is grouped where it is a figure, and left where it may be a year or is a word', () => {
    expect(factText({ value: '110765431.50', unit: null })).toBe('110,765,431.50');
    expect(factText({ value: 2008, unit: null })).toBe('2008');
    expect(factText({ value: 4533, unit: 'tickets' })).toBe('4,533');
    expect(factText({ value: 'Mamma Mia!', unit: null })).toBe('Mamma Mia!');
  });
});
