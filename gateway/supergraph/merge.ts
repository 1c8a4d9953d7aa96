import { isJsonObject, type JsonObject } from './json.js';
import type { TypeConditions } from './type-conditions.js';

/** Joins an answer into the data that is already there: by reference, so what the answer holds becomes the data. */
export type Merge = (target: JsonObject, answer: JsonObject) => void;

export function createMerge(types: TypeConditions): Merge {
  const merge: Merge = (target, answer) => {
    for (const key of Object.keys(answer)) {
      const value = answer[key];
      // `__proto__` in an answer is no field: assigning it would change what the object is.
      if (key === '__proto__') continue;
      const known = target[key];
      if (known === undefined || known === null) target[key] = value;
      else if (known !== value) target[key] = join(key, known, value);
    }
  };
  const join = (key: string, known: unknown, value: unknown): unknown => {
    // One subgraph could not tell what another could.
    if (value === null || value === undefined) return known;
    if (isJsonObject(known) && isJsonObject(value)) {
      merge(known, value);
      return known;
    }
    if (Array.isArray(known) && Array.isArray(value)) {
      joinLists(known, value);
      return known;
    }
    // A subgraph that sees an interface as an object knows only the interface's name.
    if (key === '__typename' && types.isAbstract(value as string)) return known;
    return value;
  };
  const joinLists = (known: unknown[], values: readonly unknown[]): void => {
    for (const [index, value] of values.entries()) {
      const item = known[index];
      known[index] = item === undefined || item === null ? value : join('', item, value);
    }
  };
  return merge;
}

/** A copy that shares nothing with the original. */
export function copyJson<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyJson) as Value;
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) if (key !== '__proto__') copy[key] = copyJson(value[key]);
  return copy as Value;
}
