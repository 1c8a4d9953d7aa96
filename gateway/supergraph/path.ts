import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from './json.js';
import type { TypeConditions } from './type-conditions.js';

/** Where something stands in a result: field names and list indexes. */
export type ResultPath = readonly (string | number)[];

/** The way from the root of the fetched data to the entities that a fetch is about. */
export interface EntityPath {
  /**
   * Adds every object at the end of the way, or the one that `share` has stand in its place from now on. Where one
   * answer became part of several places it is looked at once.
   */
  collect(root: JsonObject, found: Set<JsonObject>, share: Share): void;
  /** Tells every object at the end of the way and where it stands; type conditions are not looked at. */
  locate(root: JsonObject, visit: (object: JsonObject, path: ResultPath) => void): void;
  /** The fields before the first list: the deepest place that all entities have in common. */
  readonly common: ResultPath;
}

/** What shall stand in the place of an object: itself, or one that says the same. */
export type Share = (object: JsonObject) => JsonObject;

type Step = { readonly field: string } | { readonly types: ReadonlySet<string> };

/**
 * Compiles a path of the plan. Lists are walked wherever they are, lists of lists too, so the plan's "@", which
 * stands for any depth of them, needs no step.
 */
export function compilePath(segments: readonly FlattenNodePathSegment[], types: TypeConditions): EntityPath {
  const steps: Step[] = [];
  for (const segment of segments) {
    if (segment === '@') continue;
    if ('Field' in segment) steps.push({ field: segment.Field });
    else steps.push({ types: types.satisfying(segment.TypeCondition) });
  }
  const fields = steps.flatMap((step) => ('field' in step ? [step.field] : []));
  return {
    collect: (root, found, share) => {
      collect(root, 0, { steps, found, share, walked: new Map() });
    },
    locate: (root, visit) => locate(root, fields, 0, [], visit),
    common: commonFields(segments),
  };
}

interface Walk {
  readonly steps: readonly Step[];
  readonly found: Set<JsonObject>;
  readonly share: Share;
  /** The lists that have been walked, each with how many steps of the way were done then. */
  readonly walked: Map<readonly unknown[], number>;
}

/** Walks on from a value; returns what shall stand in its place. */
function collect(value: unknown, index: number, walk: Walk): unknown {
  if (Array.isArray(value)) {
    // Equal entities share one answer, so the same list stands in many places: all of it is known after the first.
    if (walk.walked.get(value) === index) return value;
    walk.walked.set(value, index);
    for (let position = 0; position < value.length; position++) {
      const item: unknown = value[position];
      const kept = collect(item, index, walk);
      if (kept !== item) value[position] = kept;
    }
    return value;
  }
  if (!isJsonObject(value)) return value;
  const step = walk.steps[index];
  if (step === undefined) {
    const kept = walk.share(value);
    walk.found.add(kept);
    return kept;
  }
  if ('field' in step) {
    const inner = value[step.field];
    const kept = collect(inner, index + 1, walk);
    if (kept !== inner) value[step.field] = kept;
    return value;
  }
  return step.types.has(value.__typename as string) ? collect(value, index + 1, walk) : value;
}

function locate(
  value: unknown,
  fields: readonly string[],
  index: number,
  path: ResultPath,
  visit: (object: JsonObject, path: ResultPath) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, position) => {
      locate(item, fields, index, [...path, position], visit);
    });
    return;
  }
  if (!isJsonObject(value)) return;
  const field = fields[index];
  if (field === undefined) visit(value, path);
  else locate(value[field], fields, index + 1, [...path, field], visit);
}

function commonFields(segments: readonly FlattenNodePathSegment[]): ResultPath {
  const fields: string[] = [];
  for (const segment of segments) {
    if (segment === '@') break;
    if ('Field' in segment) fields.push(segment.Field);
  }
  return fields;
}
