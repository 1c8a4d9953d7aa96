import type { Dialect } from './dialects/dialect.js';
import { makeCanonical } from './guard/canonical.js';
import { checkText } from './guard/check-text.js';
import { clean } from './guard/clean.js';
import { loadEngine } from './guard/load-engine.js';
import { loadParser } from './guard/parser.js';
import { refuse } from './guard/refusal.js';
import { regenerate } from './guard/regenerate.js';
import { fieldsOf, isObject, kindOf, type Node } from './guard/tree.js';

/** A value that stands in a query itself. */
export interface Literal {
  /** Dates are text: `2008-01-31`. */
  readonly kind: 'text' | 'number';
  /** As it is meant, without quotes and escapes. */
  readonly value: string;
  /** Whether it bounds the rows, or is compared, calculated with or shown. */
  readonly place: 'limit' | 'value';
}

/** The value to stand in a literal's place; undefined where it stays. */
export type ChangeLiteral = (literal: Literal) => string | undefined;

const TEXTS = new Set(['string', 'date', 'timestamp', 'datetime', 'time']);
/** What holds numbers that bound the rows. */
const BOUNDS = new Set(['limit', 'top', 'fetch', 'offset']);
const NUMBER = /^\d+(\.\d+)?$/;

/**
 * SQL with other values in the place of some of its literals. It is read and written by the guard's parser, so that a
 * value can become nothing but a value; what comes out still has to pass the guard. A text in which nothing changes
 * stays as it is.
 * @throws STATEMENT_REFUSED for what cannot be read or written again faithfully, and for a number that is none.
 */
export async function mapLiterals(sql: string, dialect: Dialect, change: ChangeLiteral): Promise<string> {
  checkText(sql);
  const engine = await loadEngine(dialect.name);
  const parser = await loadParser(engine.parserDialect);
  const statements = parser.parse(sql);
  clean(statements);
  makeCanonical(statements, engine);
  const [root, ...others] = statements;
  if (root === undefined || others.length > 0) throw refuse('one-statement', 'it is not one statement');
  return changeIn(root, change) ? regenerate(root, parser, engine) : sql;
}

/** Whether anything was changed. A number under a minus is another number, and stays. */
function changeIn(root: Node, change: ChangeLiteral): boolean {
  let changed = false;
  visit(root, 'value');
  return changed;

  function visit(value: unknown, place: Literal['place']): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, place);
    } else if (isObject(value)) {
      const kind = kindOf(value);
      if (kind === 'literal') changeOne(fieldsOf(value), place);
      else if (kind !== 'neg')
        for (const [key, field] of Object.entries(value)) visit(field, BOUNDS.has(key) ? 'limit' : place);
    }
  }

  function changeOne(fields: Record<string, unknown>, place: Literal['place']): void {
    const { literal_type: type, value } = fields;
    if (typeof type !== 'string' || typeof value !== 'string') return;
    const kind = TEXTS.has(type) ? 'text' : type === 'number' ? 'number' : undefined;
    if (kind === undefined) return;
    const next = change({ kind, value, place });
    if (next === undefined || next === value) return;
    if (kind === 'number' && !NUMBER.test(next)) throw refuse('node', `${JSON.stringify(next)} is no number`);
    fields.value = next;
    changed = true;
  }
}
