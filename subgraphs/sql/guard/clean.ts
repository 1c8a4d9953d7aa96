import { become, isObject, kindOf, type Node } from './tree.js';

/** Takes out of a fresh tree what says nothing to an engine: comments, and where in the text things stood. */
export function clean(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) clean(item);
    return;
  }
  if (!isObject(value)) return;
  while (kindOf(value) === 'annotated' && isObject(value.annotated)) {
    become(value, value.annotated.this as Node);
  }
  for (const [key, field] of Object.entries(value)) {
    if (key === 'span' || key === 'inferred_type') delete value[key];
    else if (key.endsWith('comments') && Array.isArray(field)) value[key] = [];
    else clean(field);
  }
}
