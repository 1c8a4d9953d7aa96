import { refuse } from './refusal.js';
import { fieldsOf, kindOf, type Node } from './tree.js';

/** How long a text of a table is taken to be. */
export const COLUMN_SIZE = 256;
const VALUE_SIZE = 64;
const AGGREGATE_SIZE = 10_000;
/** Engines build thousands of these at a time, outside their memory limit and without heeding an interrupt. */
const MAX_SIZE = 100_000;

const COLLECTING: ReadonlySet<string> = new Set([
  'string_agg',
  'group_concat',
  'list_agg',
  'array_agg',
  'list',
  'histogram',
]);

/**
 * About how many characters the value of an expression has, given those of its parts. Joining adds, replacing
 * multiplies; over a few subqueries that makes gigabytes out of ten letters.
 * @throws STATEMENT_REFUSED by the rule `size` for what could grow too long.
 */
export function textSize(node: Node, parts: readonly Node[], sizes: readonly number[]): number {
  if (kindOf(node) === 'literal') return String(fieldsOf(node).value).length;
  const size = Math.max(VALUE_SIZE, estimate(node, parts, sizes));
  if (size > MAX_SIZE) throw refuse('size', 'it could build texts that are too long');
  return size;
}

function estimate(node: Node, parts: readonly Node[], sizes: readonly number[]): number {
  const kind = kindOf(node);
  const fields = fieldsOf(node);
  const name = kind === 'function' || kind === 'aggregate_function' ? String(fields.name) : kind;
  if (COLLECTING.has(name)) return Math.max(AGGREGATE_SIZE, ...sizes);
  switch (name) {
    case 'concat':
      return sum(sizes);
    case 'concat_ws':
      return sum(sizes) + (sizes[0] ?? 0) * sizes.length;
    case 'replace':
      return replaced(sizes, lengthOf(parts[1]));
    case 'regexp_replace':
      return replaced(sizes, 1);
    case 'strftime':
    case 'to_char':
    case 'date_format':
      return sum(sizes) * 10;
    default:
      return Math.max(0, ...sizes);
  }
}

/** Every `pattern` characters of the text may become the third argument. */
function replaced([text = 0, , replacement = 0]: readonly number[], pattern: number): number {
  return text * Math.max(1, replacement / pattern);
}

/** An unknown text may be a single character. */
function lengthOf(node: Node | undefined): number {
  const literal = node !== undefined && kindOf(node) === 'literal' ? String(fieldsOf(node).value) : '';
  return Math.max(1, literal.length);
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
