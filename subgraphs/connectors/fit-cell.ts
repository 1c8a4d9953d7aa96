import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';

/** Gives a cell the form of the column's type: engines count and average in types of their own. */
export function fitCell(cell: Cell, type: ColumnType): Cell {
  if (cell === null) return null;
  switch (type) {
    case 'INTEGER':
    case 'FLOAT':
      return typeof cell === 'number' ? cell : finite(Number(cell));
    case 'BIGINT':
    case 'DECIMAL':
      return typeof cell === 'number' ? String(cell) : cell;
    case 'BOOLEAN':
      return typeof cell === 'boolean' ? cell : Number(cell) !== 0;
    case 'JSON':
      return typeof cell === 'string' ? parseJson(cell) : cell;
    default:
      return cell;
  }
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** JSON that an engine keeps as text; what is none stays the text it is. */
export function parseJson(text: string): Cell {
  try {
    return JSON.parse(text) as Cell;
  } catch {
    return text;
  }
}

/** A 32-bit float in as few digits as tell it apart: 4.2, not 4.199999809265137. */
export function shortestFloat(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
