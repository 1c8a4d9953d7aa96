import {
  type Fields,
  fieldsOf,
  isEmpty,
  isObject,
  kindOf,
  makeNumber,
  type Node,
  optionalNodeIn,
} from './tree.js';

/**
 * Sees to it that the statement gives at most `rows` rows. Its own smaller LIMIT stays; a larger one is lowered, none
 * is added.
 */
export function limitRows(root: Node, rows: number): void {
  const fields = fieldsOf(root);
  const limit =
    kindOf(root) === 'select' || kindOf(root) === 'subquery' ? selectLimit(fields) : setLimit(fields);
  const own = limit.get();
  if (own === undefined || BigInt(own) > BigInt(rows)) limit.set(makeNumber(rows));
}

interface Limit {
  get(): string | undefined;
  set(value: Node): void;
}

/** `LIMIT` of a select is an object over its number; of a set operation it is the number itself. */
function selectLimit(fields: Fields): Limit {
  return {
    get: () => (isObject(fields.limit) ? numberOf(optionalNodeIn(fields.limit, 'this')) : undefined),
    set: (value) => {
      fields.limit = { this: value };
    },
  };
}

function setLimit(fields: Fields): Limit {
  return {
    get: () => (isEmpty(fields.limit) ? undefined : numberOf(optionalNodeIn(fields, 'limit'))),
    set: (value) => {
      fields.limit = value;
    },
  };
}

function numberOf(literal: Node | undefined): string | undefined {
  return literal === undefined ? undefined : String(fieldsOf(literal).value);
}
