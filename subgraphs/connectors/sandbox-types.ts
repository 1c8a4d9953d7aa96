import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';

const LARGEST_INTEGER = 2 ** 31 - 1;
const LARGEST_BIGINT = 2n ** 63n - 1n;
const MAX_DECIMAL_DIGITS = 38;
/** Up to this many digits DuckDB calculates in 64 bits; fewer gain nothing. */
const FAST_DECIMAL_DIGITS = 18;

/**
 * The DuckDB type that takes a column's cells without loss. The column type says what kind of thing they are, the
 * cells how wide: a DECIMAL gets the scale that its values have, a BIGINT 128 bits where 64 are too few.
 */
export function duckdbTypeFor(type: ColumnType, cells: readonly Cell[]): string {
  switch (type) {
    case 'BOOLEAN':
    case 'DATE':
    case 'JSON':
      return type;
    case 'FLOAT':
      return 'DOUBLE';
    case 'DATETIME':
      return 'TIMESTAMP';
    case 'INTEGER':
      return integerType(cells);
    case 'BIGINT':
      return bigintType(cells);
    case 'DECIMAL':
      return decimalType(cells);
    case 'STRING':
      return 'VARCHAR';
  }
}

function integerType(cells: readonly Cell[]): string {
  const numbers = cells.filter((cell) => cell !== null).map(Number);
  if (!numbers.every(Number.isSafeInteger)) return 'DOUBLE';
  return numbers.every((number) => Math.abs(number) <= LARGEST_INTEGER) ? 'INTEGER' : 'BIGINT';
}

function bigintType(cells: readonly Cell[]): string {
  const texts = cells.filter((cell) => cell !== null).map(String);
  if (!texts.every((text) => /^-?\d+$/.test(text))) return 'DOUBLE';
  const fits = texts.every((text) => {
    const value = BigInt(text);
    return (value < 0n ? -value : value) <= LARGEST_BIGINT;
  });
  return fits ? 'BIGINT' : 'HUGEINT';
}

function decimalType(cells: readonly Cell[]): string {
  let whole = 0;
  let scale = 0;
  for (const cell of cells) {
    if (cell === null) continue;
    const match = /^-?(\d+)(?:\.(\d+))?$/.exec(String(cell));
    if (match === null) return 'DOUBLE';
    whole = Math.max(whole, match[1]?.length ?? 0);
    scale = Math.max(scale, match[2]?.length ?? 0);
  }
  if (whole + scale > MAX_DECIMAL_DIGITS) return 'DOUBLE';
  return `DECIMAL(${Math.max(whole + scale, FAST_DECIMAL_DIGITS)}, ${scale})`;
}
