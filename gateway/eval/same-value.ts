/** A cell as it is compared: nothing, a number, a whole number too large for one, or a text. */
export type Value = null | number | bigint | string;

const TOLERANCE = 1e-6;
const SMALLEST = 1e-12;
const NUMERIC = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const STAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|[+-]00(?::?00)?)?$/;

export function normalise(cell: unknown): Value {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  if (typeof cell === 'number') return Number.isNaN(cell) ? null : cell;
  const text = cell instanceof Date ? cell.toISOString() : cell;
  return typeof text === 'string' ? withoutMidnight(text) : JSON.stringify(text);
}

function withoutMidnight(text: string): string {
  const match = STAMP.exec(text);
  if (match === null) return text;
  const [, day, minutes, seconds = '00', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  const time = `${minutes}:${seconds}${digits === '' ? '' : `.${digits}`}`;
  return time === '00:00:00' ? day! : `${day} ${time}`;
}

/**
 * Two columns as they are compared, if they hold the same values in any order: a column of numeric texts beside one of
 * numbers is read as numbers, for decimals and big integers may arrive as text.
 */
export function columnsFit(
  expected: readonly Value[],
  actual: readonly Value[],
): [Value[], Value[]] | undefined {
  const [left, right] =
    hasNumbers(expected) && isNumericText(actual)
      ? [[...expected], actual.map(toNumber)]
      : hasNumbers(actual) && isNumericText(expected)
        ? [expected.map(toNumber), [...actual]]
        : [[...expected], [...actual]];
  const sorted = [left, right].map((column) => column.toSorted(compare));
  return sorted[0]!.every((value, index) => sameValue(value, sorted[1]![index]!)) ? [left, right] : undefined;
}

function hasNumbers(column: readonly Value[]): boolean {
  return column.some(isNumber) && column.every((value) => value === null || isNumber(value));
}

function isNumericText(column: readonly Value[]): boolean {
  return (
    !column.some(isNumber) &&
    column.every((value) => value === null || (typeof value === 'string' && NUMERIC.test(value)))
  );
}

function toNumber(value: Value): Value {
  if (typeof value !== 'string') return value;
  return /^[+-]?\d+$/.test(value) ? normalise(BigInt(value.replace('+', ''))) : Number(value);
}

function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (!isNumber(left) || !isNumber(right)) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: across number and bigint only == compares values.
  if (typeof left === 'bigint' || typeof right === 'bigint') return left == right;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return false;
  return Math.abs(left - right) <= Math.max(TOLERANCE * Math.max(Math.abs(left), Math.abs(right)), SMALLEST);
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function compare(left: Value, right: Value): number {
  const rank = (value: Value) => (value === null ? 0 : isNumber(value) ? 1 : 2);
  return rank(left) - rank(right) || (left! < right! ? -1 : left! > right! ? 1 : 0);
}
