import type { EntityBatchAlias, FetchNode } from '@graphql-hive/router-query-planner';
import type { ExecutionResult } from 'graphql';
import type { Execution, FetchError, Step } from './execution.js';
import { subgraphError, transportError } from './fetch-errors.js';
import { isJsonObject, type JsonObject } from './json.js';
import { copyJson, type Merge } from './merge.js';
import { compilePath, type EntityPath, type ResultPath, type Share } from './path.js';
import { compileRepresentation, type WriteRepresentation } from './representation.js';
import { applyRewrites, compileRewrites, type Rewrite } from './rewrite.js';
import { type FetchRequest, send } from './send.js';
import type { TypeConditions } from './type-conditions.js';
import { pickVariables } from './variables.js';

/** What a Flatten with its Fetch and a BatchFetch have in common. */
export interface EntityFetchNode
  extends Pick<FetchNode, 'serviceName' | 'operation' | 'operationName' | 'variableUsages'> {
  readonly aliases: readonly EntityBatchAlias[];
}

export interface EntityFetchOptions {
  readonly types: TypeConditions;
  readonly merge: Merge;
  /** Whether one answer may become part of several entities, or each must have a copy of its own. */
  readonly answers: 'shared' | 'copied';
}

/** One `_entities` field of the request. */
interface EntityField {
  readonly alias: string;
  readonly variable: string;
  readonly paths: readonly EntityPath[];
  readonly write: WriteRepresentation;
  readonly rewrites: readonly Rewrite[];
}

/** The entities that one `_entities` field is about in one execution. */
interface Targets {
  readonly field: EntityField;
  readonly entities: readonly JsonObject[];
  /** For each entity, which representation is its own; equal ones are sent once. */
  readonly indexes: readonly number[];
  readonly representations: readonly Representation[];
}

/** An entity that is asked for, and its text where that had to be written to tell it from others. */
interface Representation {
  readonly entity: JsonObject;
  readonly text: string | undefined;
}

/** Compiles a fetch that adds fields to entities which are there already. */
export function compileEntityFetch(node: EntityFetchNode, options: EntityFetchOptions): Step {
  const fields = node.aliases.map((alias): EntityField => {
    const inputs = compileRewrites(alias.inputRewrites, options.types);
    return {
      alias: alias.alias,
      variable: alias.representationsVariableName,
      paths: alias.paths.map((path) => compilePath(path, options.types)),
      write: compileRepresentation(alias.requires, inputs, options.types),
      rewrites: compileRewrites(alias.outputRewrites, options.types).map((rewrite) =>
        fromEntity(rewrite, alias.alias),
      ),
    };
  });
  return async (execution) => {
    const targets = fields.map((field) => findTargets(field, execution, options));
    if (targets.every(({ representations }) => representations.length === 0)) return;
    try {
      const result = await send(node.serviceName, makeRequest(node, targets, execution), execution);
      if (result.errors !== undefined) reportErrors(result.errors, node.serviceName, targets, execution);
      if (!isJsonObject(result.data)) return;
      for (const target of targets) joinAnswers(target, result.data[target.field.alias], options);
    } catch (thrown) {
      for (const path of commonPaths(targets)) {
        execution.errors.push(transportError(thrown, node.serviceName, path));
      }
    }
  };
}

/** A rewrite whose way begins at the root of the answer, begun at the entities instead. */
function fromEntity(rewrite: Rewrite, alias: string): Rewrite {
  const [first, ...rest] = rewrite.path;
  const isAtRoot = first !== undefined && 'key' in first && first.key === alias;
  return isAtRoot ? { path: rest, change: rewrite.change } : rewrite;
}

function findTargets(field: EntityField, execution: Execution, { answers }: EntityFetchOptions): Targets {
  const found = new Set<JsonObject>();
  for (const path of field.paths) {
    const share =
      answers === 'shared' ? sharing(field.write, execution.shared) : (entity: JsonObject) => entity;
    path.collect(execution.data, found, share);
  }
  const entities: JsonObject[] = [];
  const indexes: number[] = [];
  const representations: Representation[] = [];
  const indexOf = new Map<string | number, number>();
  const indexOfKey = new Map<unknown, Map<string | number, number>>();
  for (const entity of found) {
    const key = field.write.keyOf(entity);
    const text = key === undefined ? field.write(entity, execution.variables) : undefined;
    if (key === undefined && text === undefined) continue;
    const known = text === undefined ? keysOf(indexOfKey, entity.__typename) : indexOf;
    const identity = (text ?? key)!;
    let index = known.get(identity);
    if (index === undefined) {
      index = representations.push({ entity, text }) - 1;
      known.set(identity, index);
    }
    entities.push(entity);
    indexes.push(index);
  }
  return { field, entities, indexes, representations };
}

/**
 * Has one object stand for all entities at one place of the plan that say the same: whatever is fetched for one of them
 * is fetched for each. It is looked at, joined and written once.
 */
function sharing(write: WriteRepresentation, shared: Set<JsonObject>): Share {
  const first = new Map<unknown, Map<string | number, JsonObject>>();
  return (entity) => {
    if (shared.has(entity)) return entity;
    const key = write.keyOf(entity);
    if (key === undefined || !write.isWhole(entity)) return entity;
    const known = keysOf(first, entity.__typename);
    const kept = known.get(key);
    if (kept === undefined) {
      known.set(key, entity);
      return entity;
    }
    if (kept !== entity) shared.add(kept);
    return kept;
  };
}

function keysOf<Key, Value>(known: Map<unknown, Map<Key, Value>>, typename: unknown): Map<Key, Value> {
  let keys = known.get(typename);
  if (keys === undefined) {
    keys = new Map();
    known.set(typename, keys);
  }
  return keys;
}

/** Its variables are values or text, whichever the transport reads. */
function makeRequest(node: EntityFetchNode, targets: readonly Targets[], execution: Execution): FetchRequest {
  const variables = pickVariables(execution.variables, node.variableUsages);
  let json: string | undefined;
  return {
    query: node.operation,
    operationName: node.operationName,
    get variables() {
      return {
        ...variables,
        ...Object.fromEntries(
          targets.map(({ field, representations }) => [
            field.variable,
            representations.map((representation) => valuesOf(field, representation)),
          ]),
        ),
      };
    },
    get variablesJson() {
      json ??= writeVariables(variables, targets, execution);
      return json;
    },
  };
}

function writeVariables(
  variables: Readonly<Record<string, unknown>> | undefined,
  targets: readonly Targets[],
  execution: Execution,
): string {
  const parts = targets.map(({ field, representations }) => {
    const texts = representations.map(({ entity, text }) => text ?? field.write(entity, execution.variables));
    return `${JSON.stringify(field.variable)}:[${texts.join()}]`;
  });
  const others = JSON.stringify(variables ?? {}).slice(1, -1);
  return `{${[...parts, ...(others === '' ? [] : [others])].join()}}`;
}

function valuesOf({ write }: EntityField, { entity, text }: Representation): unknown {
  return text === undefined ? write.valuesOf(entity) : JSON.parse(text);
}

function joinAnswers(targets: Targets, answers: unknown, options: EntityFetchOptions): void {
  if (!Array.isArray(answers)) return;
  const { field, entities, indexes } = targets;
  if (field.rewrites.length > 0) applyRewrites(answers, field.rewrites);
  const given = new Set<number>();
  for (const [position, entity] of entities.entries()) {
    const index = indexes[position] ?? -1;
    const answer: unknown = answers[index];
    if (!isJsonObject(answer)) continue;
    const mustCopy = options.answers === 'copied' && given.has(index);
    options.merge(entity, mustCopy ? copyJson(answer) : answer);
    given.add(index);
  }
}

/** Puts each error where its entities stand, as often as they stand there. */
function reportErrors(
  errors: NonNullable<ExecutionResult['errors']>,
  serviceName: string,
  targets: readonly Targets[],
  execution: Execution,
): void {
  const report = (error: FetchError): void => {
    execution.errors.push(error);
  };
  for (const error of errors) {
    const [alias, index, ...rest] = error.path ?? [];
    const target = targets.find(({ field }) => field.alias === alias);
    const places =
      target === undefined || typeof index !== 'number' ? [] : placesOf(target, index, execution.data);
    if (places.length > 0) {
      for (const place of places) report(subgraphError(error, serviceName, [...place, ...rest]));
    } else {
      for (const path of commonPaths(target === undefined ? targets : [target])) {
        report(subgraphError(error, serviceName, path));
      }
    }
  }
}

/** Where the entities of one representation stand: looked for only when there is an error to report. */
function placesOf(targets: Targets, index: number, data: JsonObject): ResultPath[] {
  const wanted = new Set(targets.entities.filter((_, position) => targets.indexes[position] === index));
  const places: ResultPath[] = [];
  for (const path of targets.field.paths) {
    path.locate(data, (object, place) => {
      if (wanted.has(object)) places.push(place);
    });
  }
  return places;
}

function commonPaths(targets: readonly Targets[]): ResultPath[] {
  return targets
    .filter(({ representations }) => representations.length > 0)
    .flatMap(({ field }) => field.paths.map(({ common }) => common));
}
