import { stem } from '../../../knowledge/text/tokenize.js';
import type { Name } from './names.js';

/** A generic noun that may stand beside any name: "phone number" for `phone`, "zip code" for `zip`. */
const GENERIC = new Set(
  ['number', 'code', 'name', 'value', 'status', 'type', 'id', 'title', 'amount', 'level', 'size', 'year'].map(
    stem,
  ),
);

/** What the rows that a reference leads to have, and the reference has not; what a name is not the name of. */
const NAMING = new Set(['name', 'title', 'type', 'status'].map(stem));

function isNamed(name: Name, word: string): boolean {
  return NAMING.has(word) && (name.refers || name.core.has('name'));
}

/** Parts of a country, of which a name says several where it may hold any. */
const PLACES = new Set(['state', 'province', 'county', 'region', 'territory'].map(stem));

/**
 * How well words say a name, 0–1: the weight of what is said of it. All words must be the name's, its table's, or
 * generic ones; at least one must be its own.
 */
export function matchName(stems: readonly string[], name: Name): number {
  const isTable = name.beside.size === 0;
  let said = 0;
  let strange = 0;
  let beside = 0;
  const seen = new Set<string>();
  for (const spoken of stems) {
    // Keys are called numbers and codes: "department number" for `department_id`.
    const word =
      (spoken === 'number' || spoken === 'code') && name.core.has('id') && !name.core.has(spoken)
        ? 'id'
        : spoken;
    const weight = name.core.get(word);
    if (weight !== undefined) {
      if (!seen.has(word)) said += weight;
      seen.add(word);
    } else if (name.beside.has(word)) beside += 1;
    else if (!isTable && GENERIC.has(word) && !isNamed(name, word)) strange += 1;
    else return 0;
  }
  if (said === 0 || strange > 1) return 0;
  let total = 0;
  for (const weight of name.core.values()) total += weight;
  // `state_province_county` holds any of them.
  const choices = [...name.core.keys()].filter((word) => PLACES.has(word));
  if (choices.length > 1 && choices.some((word) => seen.has(word)))
    total -= choices.filter((word) => !seen.has(word)).length;
  const quality = said / total;
  if (strange > 0 && quality < 0.9) return 0;
  return quality * (strange > 0 ? 0.85 : 1) + (beside > 0 ? 0.02 : 0) + 0.03 * (seen.size - 1);
}
