import { SHAPES, type Shape } from '../shapes.js';
import { become, type Fields, fieldsOf, isObject, kindOf, type Node, nodesIn } from '../tree.js';
import { forgetUsualNulls } from './nulls-order.js';
import { words } from './words.js';

/** Parts of a date that the parser has words for. */
const PARTS: Readonly<Record<string, string>> = {
  year: 'Year',
  quarter: 'Quarter',
  month: 'Month',
  week: 'Week',
  day: 'Day',
  dow: 'DayOfWeek',
  doy: 'DayOfYear',
  hour: 'Hour',
  minute: 'Minute',
  second: 'Second',
  epoch: 'Epoch',
};
const OTHER_PARTS = words('isodow isoyear century decade millennium milliseconds microseconds');

/** What PostgreSQL and Redshift have beyond the query language that is common to all engines. */
export const POSTGRES_SHAPES: Readonly<Record<string, Shape>> = {
  extract: {
    this: 'expression',
    field: { words: Object.values(PARTS), fields: { Custom: { words: OTHER_PARTS } } },
  },
};

/** Joins that PostgreSQL's family knows; it would read `SEMI` and the like as the name of the table before. */
export const POSTGRES_JOINS = ['Inner', 'Left', 'Right', 'Full', 'Cross', 'Implicit'];

/**
 * Operators that bind otherwise than the parser thinks: `@ a + 1` is the absolute value of a sum, `|/ a + 1` the root
 * of one, `-2 ^ 2` is 4. There are functions for all of them.
 */
export const MISREAD_OPERATORS = /[@^]|\|\//;

/** One form for what the generator writes in one form only. */
export function normalisePostgres(node: Node): void {
  forgetUsualNulls(node);
  const kind = kindOf(node);
  const fields = fieldsOf(node);
  if (kind === 'function' && String(fields.name).toLowerCase() === 'date_part') extractPart(node, fields);
  else if (kind === 'extract') lowerPart(fields);
  else if (kind === 'substring') fields.from_for_syntax = false;
}

function extractPart(node: Node, fields: Fields): void {
  const [part, operand, ...others] = nodesIn(fields, 'args');
  if (part === undefined || operand === undefined || others.length > 0) return;
  const { value, this: unit } = fieldsOf(part);
  const word = String(kindOf(part) === 'literal' ? value : unit).toLowerCase();
  const field = PARTS[word] ?? (OTHER_PARTS.includes(word) ? { Custom: word } : undefined);
  if (field !== undefined) become(node, { extract: { this: operand, field } });
}

function lowerPart({ field }: Fields): void {
  if (isObject(field) && typeof field.Custom === 'string') field.Custom = field.Custom.toLowerCase();
}

/** The shape of a SELECT whose joins are of these kinds, without what the engine has not. */
export function selectWithJoins(
  kinds: readonly string[],
  without: readonly string[] = [],
): Readonly<Record<string, Shape>> {
  const joinFields = { ...JOIN, kind: { words: kinds } };
  const joins = { list: { fields: joinFields } } as const;
  const select = Object.entries(SHAPES.select ?? {}).filter(([name]) => !without.includes(name));
  return {
    select: { ...Object.fromEntries(select), joins },
    joined_table: { left: 'expression', joins },
  };
}

const JOIN: Shape = {
  this: 'expression',
  on: 'expression',
  using: { list: 'identifier' },
  use_inner_keyword: 'boolean',
  use_outer_keyword: 'boolean',
  nesting_group: 'number',
};
