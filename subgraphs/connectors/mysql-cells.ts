import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';
import { fitCell, parseJson, shortestFloat } from './fit-cell.js';

/** A column of a result, as the protocol describes it. */
export interface MysqlField {
  readonly name: string;
  readonly columnType?: number | undefined;
  readonly columnLength?: number | undefined;
  readonly flags?: number | readonly string[] | undefined;
  /** MariaDB's JSON is text by its type. */
  readonly extendedFormat?: string | undefined;
}

const UNSIGNED = 32;
const TINY = 1;
const FLOAT = 4;
const LONG = 3;
const BIT = 16;
const DATE = 10;
const JSON_TYPE = 245;

const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  0: 'DECIMAL',
  [TINY]: 'INTEGER',
  2: 'INTEGER',
  [LONG]: 'INTEGER',
  [FLOAT]: 'FLOAT',
  5: 'FLOAT',
  7: 'DATETIME',
  8: 'BIGINT',
  9: 'INTEGER',
  [DATE]: 'DATE',
  12: 'DATETIME',
  13: 'INTEGER',
  14: 'DATE',
  [BIT]: 'BIGINT',
  [JSON_TYPE]: 'JSON',
  246: 'DECIMAL',
};

/** The column type as which a result column leaves. `tinyint(1)` and `bit(1)` are how MySQL spells a boolean. */
export function columnTypeOfMysql(field: MysqlField): ColumnType {
  if (isBoolean(field)) return 'BOOLEAN';
  if (field.extendedFormat === 'json') return 'JSON';
  if (field.columnType === LONG && isUnsigned(field)) return 'BIGINT';
  return COLUMN_TYPES[field.columnType ?? -1] ?? 'STRING';
}

function isBoolean({ columnType, columnLength }: MysqlField): boolean {
  return (columnType === TINY || columnType === BIT) && columnLength === 1;
}

function isUnsigned({ flags }: MysqlField): boolean {
  return typeof flags === 'number' && (flags & UNSIGNED) !== 0;
}

/** How a value, as mysql2 decodes it (dates and big numbers as text), becomes a cell of the expected type. */
export function mysqlCellReader(field: MysqlField, columnType: ColumnType): (value: unknown) => Cell {
  const read = readerOf(field);
  return (value) => (value === null || value === undefined ? null : fitCell(read(value), columnType));
}

function readerOf(field: MysqlField): (value: unknown) => Cell {
  if (isBoolean(field)) return (value) => (Buffer.isBuffer(value) ? value[0] === 1 : value !== 0);
  const type = columnTypeOfMysql(field);
  if (field.columnType === BIT) return (value) => BigInt(`0x${(value as Buffer).toString('hex')}`).toString();
  if (field.columnType === FLOAT) return (value) => shortestFloat(value as number);
  switch (type) {
    case 'BIGINT':
      return String;
    case 'DATE':
      return (value) => (isZeroDate(value) ? null : String(value));
    case 'DATETIME':
      return (value) => (isZeroDate(value) ? null : isoDateTime(String(value)));
    case 'JSON':
      return (value) => parseJson(String(value));
    default:
      return readPlain;
  }
}

function readPlain(value: unknown): Cell {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

/** What older applications stored for "no date". */
function isZeroDate(value: unknown): boolean {
  return String(value).startsWith('0000-00-00');
}

/** `2008-01-31 12:00:00.500000` → `2008-01-31T12:00:00.5`. */
function isoDateTime(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
