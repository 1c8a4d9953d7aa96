import type { Column, ColumnType, Fact } from './answer.js';

const NUMERIC: ReadonlySet<ColumnType> = new Set(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT']);

/** Whole numbers that name a thing or a year are read digit by digit: separators would only hurt. */
const NAMES_A_THING = /^(id|code|zip|postcode|year)$/;
const YEAR = /^[12]\d{3}$/;

export function isNumeric(type: ColumnType): boolean {
  return NUMERIC.has(type);
}

type Shown = Pick<Column, 'name' | 'label' | 'type' | 'unit'>;

/**
 * A cell as text. Null is left to the caller. Exact numbers are grouped as text, so that no digit is lost; of floating-point
 * ones, such as means, the digits that say nothing are left out.
 */
export function cellText(value: unknown, column: Shown): string {
  if (column.type === 'FLOAT') return groupDigits(floatText(Number(value), column));
  if (isNumeric(column.type)) return numberText(String(value), column);
  if (column.type === 'DATETIME') return dateTimeText(String(value));
  return plainText(value);
}

/** A fact's value as text. It has no column type: without a unit, four digits may be a year and stay as they are. */
export function factText({ value, unit }: Pick<Fact, 'value' | 'unit'>): string {
  const text = plainText(value);
  return unit === null && /^-?\d{1,4}$/.test(text) ? text : groupDigits(text);
}

/** "16614814.65" → "16,614,814.65". What is not a plain decimal number ("1e+21") stays as it is. */
export function groupDigits(number: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(number);
  if (!parts) return number;
  const [, sign = '', whole = '', fraction = ''] = parts;
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
}

/** "2008-12-31T00:00:00.000Z" → "2008-12-31", and with a time of day "2008-12-31 14:05:00 UTC". */
export function dateTimeText(value: string): string {
  return value
    .replace(/T00:00:00(\.0+)?Z$/, '')
    .replace(/^(\d{4}-\d\d-\d\d)T/, '$1 ')
    .replace(/(\.0+)?Z$/, ' UTC');
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const CURRENCY = /^[A-Z]{3}$/;

function floatText(value: number, { unit }: Shown): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  if (unit !== null && CURRENCY.test(unit)) return value.toFixed(2);
  return String(Math.abs(value) < 1 ? value : Number(value.toFixed(4)));
}

function numberText(number: string, column: Shown): string {
  const whole = column.type === 'INTEGER' || column.type === 'BIGINT';
  const thing = [lastWord(column.name), lastWord(column.label)].find((word) => NAMES_A_THING.test(word));
  const readByDigit = whole && thing !== undefined && (thing !== 'year' || YEAR.test(number));
  return readByDigit ? number : groupDigits(number);
}

function lastWord(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).at(-1) ?? '';
}
