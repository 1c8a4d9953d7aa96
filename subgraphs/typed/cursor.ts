import { createHash } from 'node:crypto';
import { AskgraphError } from '../../schema/errors.js';
import { checkLiteral } from '../sql/check-literal.js';
import type { Cell } from '../sql/statement.js';
import type { LiteralType, LiteralValue } from '../sql/table-query.js';
import type { KeysetItem } from './keyset.js';

const VERSION = 1;
const MAXIMUM_LENGTH = 20_000;
const CHECK_LENGTH = 12;

/**
 * A place in an order: the row's values of its items, as base64url of `[version, check, values]`. The check is a hash
 * of values, table and order, so that a cursor of another order, or one that somebody has changed, is not taken for a
 * place in this one. It keeps mistakes out and no secrets in: whoever holds a cursor has seen the row that it is of.
 */
export function writeCursor(table: string, items: readonly KeysetItem[], cells: readonly Cell[]): string {
  const values = cells.map((cell, index) => literalOf(cell, items[index]));
  const text = JSON.stringify([VERSION, checkOf(table, items, values), values]);
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** @throws BAD_USER_INPUT for what is no cursor of this table and order */
export function readCursor(
  table: string,
  items: readonly KeysetItem[],
  cursor: string,
  argument: 'after' | 'before',
): LiteralValue[] {
  const values = parse(cursor, argument);
  if (values.check !== checkOf(table, items, values.values) || values.values.length !== items.length) {
    throw refuse(argument, 'is of another list or another order: give it the orderBy that it came from');
  }
  try {
    return values.values.map((value, index) =>
      value === null ? null : checkLiteral(value, items[index]?.type as LiteralType),
    );
  } catch {
    throw refuse(argument, 'holds values that are not of this order');
  }
}

function parse(cursor: string, argument: string): { check: unknown; values: LiteralValue[] } {
  let read: unknown;
  try {
    read =
      cursor.length > MAXIMUM_LENGTH ? undefined : JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    read = undefined;
  }
  if (!Array.isArray(read) || read[0] !== VERSION || read.length !== 3 || !Array.isArray(read[2])) {
    throw refuse(argument, 'is no cursor: give one that a connection has answered');
  }
  return { check: read[1], values: read[2] as LiteralValue[] };
}

function checkOf(table: string, items: readonly KeysetItem[], values: readonly LiteralValue[]): string {
  const order = items.map(({ expression, direction, nulls, type }) => [expression, direction, nulls, type]);
  return createHash('sha256')
    .update(JSON.stringify([VERSION, table, order, values]))
    .digest('base64url')
    .slice(0, CHECK_LENGTH);
}

/** A time whose zone is UTC is compared as the clock of the session, which is UTC's. */
function literalOf(cell: Cell, item: KeysetItem | undefined): LiteralValue {
  if (item?.type === 'DATETIME' && typeof cell === 'string') return cell.replace(/Z$/, '');
  if (item?.digits === 'single' && typeof cell === 'number') return Math.fround(cell);
  return cell as LiteralValue;
}

function refuse(argument: string, why: string): AskgraphError {
  return new AskgraphError('BAD_USER_INPUT', `"${argument}" ${why}.`, { details: { argument } });
}
