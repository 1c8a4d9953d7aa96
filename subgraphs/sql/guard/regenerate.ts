import { makeCanonical } from './canonical.js';
import { clean } from './clean.js';
import type { GuardEngine } from './engines/engine.js';
import type { SqlParser } from './parser.js';
import { refuse } from './refusal.js';
import { isEmpty, isObject, type Node } from './tree.js';

/**
 * Writes a checked tree out as SQL, and reads that again: a difference means that the generator would have an engine
 * run something else than what was checked.
 */
export function regenerate(root: Node, parser: SqlParser, engine: GuardEngine): string {
  const text = parser.generate(root);
  const [again, ...others] = parser.parse(text);
  clean(again);
  makeCanonical(again, engine);
  if (others.length > 0 || JSON.stringify(essence(root)) !== JSON.stringify(essence(again))) {
    throw refuse('regeneration', 'something in it cannot be written out again faithfully', {
      text,
      again,
      root,
    });
  }
  return text;
}

/** A tree without its empty fields, in one order. `nulls_first: false` says something, other falsehoods do not. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .filter(([key, field]) => !isEmpty(field) || (key === 'nulls_first' && field === false))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, essence(field)]);
}
