import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from './json.js';
import type { TypeConditions } from './type-conditions.js';

/** Where something stands in a result: field names and list indexes. */
export type ResultPath = readonly (string | number)[];

/** The way from the root of the fetched data to the entities that a fetch is about. */
export interface EntityPath {
  /** Adds every object at the end of the way. Where one answer became part of several places it is looked at once. */
  collect(root: JsonObject, found: Set<JsonObject>): void;
  /** Tells every object at the end of the way and where it stands; type conditions are not looked at. */
  locate(root: JsonObject, visit: (object: JsonObject, path: ResultPath) => void): void;
  /** The fields before the first list: the deepest place that all entities have in common. */
  readonly common: ResultPath;
}

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
    collect: (root, found) => collect(root, steps, 0, found, new Map()),
    locate: (root, visit) => locate(root, fields, 0, [], visit),
    common: commonFields(segments),
  };
}

/** The lists that have been walked, each with how many steps of the way were left then. */
type Walked = Map<readonly unknown[], number>;

function collect(
  value: unknown,
  steps: readonly Step[],
  index: number,
  found: Set<JsonObject>,
  walked: Walked,
): void {
  if (Array.isArray(value)) {
    // Equal entities share one answer, so the same list stands in many places: all of it is known after the first.
    if (walked.get(value) === index) return;
    walked.set(value, index);
    for (const item of value) collect(item, steps, index, found, walked);
    return;
  }
  if (!isJsonObject(value)) return;
  const step = steps[index];
  if (step === undefined) found.add(value);
  else if ('field' in step) collect(value[step.field], steps, index + 1, found, walked);
  else if (step.types.has(value.__typename as string)) collect(value, steps, index + 1, found, walked);
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
