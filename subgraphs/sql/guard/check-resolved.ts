import { refuse } from './refusal.js';
import { isObject, isWritten } from './tree.js';

/** The last look at a tree before it is written out: every column and table in it is one that the guard resolved. */
export function checkResolved(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) checkResolved(item);
    return;
  }
  if (!isObject(value)) return;
  for (const kind of ['column', 'table']) {
    const fields = value[kind];
    const named = isObject(fields) && isObject(fields.name);
    if (named && !isWritten(fields)) throw refuse('node', `a ${kind} stands where none is allowed`);
  }
  for (const field of Object.values(value)) checkResolved(field);
}
