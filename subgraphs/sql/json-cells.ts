import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from './statement.js';

const MINUS = 45;
const ZERO = 48;
const NINE = 57;

type Reader = (cell: Cell) => Cell;

/**
 * How a cell of a row in JSON, as a dialect's `jsonRows` writes it, becomes what the connector makes of the column.
 * Absent where it is that already.
 */
export function jsonCellReader(type: ColumnType): Reader | undefined {
  switch (type) {
    case 'INTEGER':
    case 'FLOAT':
      return readNumber;
    case 'DECIMAL':
      return readDecimal;
    case 'BOOLEAN':
      return (cell) => (cell === null || typeof cell === 'boolean' ? cell : Number(cell) !== 0);
    case 'DATE':
      return readDate;
    case 'DATETIME':
      return readDateTime;
    default:
      return undefined;
  }
}

/**
 * The rows of a list in the order of their places, which each row has last; `offset` is the place before the first.
 * Undefined where the list is not whole: MariaDB cuts what is longer than a packet, and only warns.
 */
export function readRowList(number: Cell, list: Cell, offset: number): Cell[][] | undefined {
  if (number === 0) return [];
  if (!Array.isArray(list) || list.length !== number) return undefined;
  const rows = new Array<Cell[]>(list.length);
  for (const row of list as Cell[][]) rows[Number(row[row.length - 1]) - offset - 1] = row;
  return rows;
}

function readNumber(cell: Cell): Cell {
  if (cell === null || typeof cell === 'number') return cell;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

/** Not a number, or infinite, is null. */
function readDecimal(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const sign = cell.charCodeAt(0) === MINUS ? 1 : 0;
  const digit = cell.charCodeAt(sign);
  return digit >= ZERO && digit <= NINE ? cell : null;
}

function readDate(cell: Cell): Cell {
  return isNoDate(cell) ? null : cell;
}

/** `2008-01-31 12:00:00.500+00` → `2008-01-31T12:00:00.5Z`. */
function readDateTime(cell: Cell): Cell {
  if (isNoDate(cell)) return null;
  const [, day, time, fraction = '', zone = ''] =
    /^(\S+)[ T](\d\d:\d\d:\d\d)(\.\d+)?(\+00)?$/.exec(String(cell)) ?? [];
  if (day === undefined) return cell;
  const digits = fraction.replace(/\.?0+$/, '');
  return `${day}T${time}${digits}${zone === '' ? '' : 'Z'}`;
}

function isNoDate(cell: Cell): boolean {
  return cell === null || /^(-?infinity|0000-00-00)/.test(String(cell));
}
