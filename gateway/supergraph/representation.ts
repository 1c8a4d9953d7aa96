import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from './json.js';
import type { Rewrite } from './rewrite.js';
import type { TypeConditions } from './type-conditions.js';

/**
 * Writes what a subgraph needs to know an entity by (its key and what its fields require) as JSON text. The text is
 * both what tells equal entities and what goes on the wire. Undefined: the entity lacks something, or is of a type
 * that the fetch is not about.
 */
export interface WriteRepresentation {
  (entity: JsonObject, variables: Readonly<Record<string, unknown>>): string | undefined;
  /**
   * The value that tells entities of one type apart, where it is one field alone: a look-up by it spares writing the
   * text of an entity that was seen before. Undefined where the text itself must be compared.
   */
  readonly keyOf: (entity: JsonObject) => string | number | undefined;
  /** Whether the entity has nothing that the text does not say. */
  readonly isWhole: (entity: JsonObject) => boolean;
  /** What the text says, as values, of an entity that `keyOf` tells apart. */
  readonly valuesOf: (entity: JsonObject) => JsonObject;
}

type Write = (entity: JsonObject, variables: Readonly<Record<string, unknown>>) => string | undefined;

/** One field of a representation, for entities of one type. */
interface Part {
  readonly name: string;
  readonly prefix: string;
  readonly dataKey: string;
  readonly constant: string | undefined;
  readonly children: Write | undefined;
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

/** Compiles the plan's `requires`, with the rewrites of a fetch's input folded in. */
export function compileRepresentation(
  selections: readonly RequiresSelection[],
  rewrites: readonly Rewrite[],
  types: TypeConditions,
): WriteRepresentation {
  const { write, partsFor } = compileObject(selections, rewrites, types);
  const whole: Write = (entity, variables) => {
    const text = write(entity, variables);
    return text === '{}' ? undefined : text;
  };
  return Object.assign(whole, {
    keyOf: (entity: JsonObject) => onlyKey(partsFor(entity.__typename), entity),
    isWhole: (entity: JsonObject) => hasOnly(partsFor(entity.__typename), entity),
    valuesOf: (entity: JsonObject) => flatValues(partsFor(entity.__typename), entity),
  });
}

/** The value of the only part that differs between entities of a type; undefined where there is not just one. */
function onlyKey(parts: readonly Part[], entity: JsonObject): string | number | undefined {
  let found: string | number | undefined;
  for (const { dataKey, constant, conditions, children } of parts) {
    if (dataKey === '__typename' || constant !== undefined) continue;
    const value = entity[dataKey];
    const isPlain = typeof value === 'string' || typeof value === 'number';
    if (!isPlain || found !== undefined || conditions.length > 0 || children !== undefined) return undefined;
    found = value;
  }
  return found;
}

/** Whether an entity has no fields but those that parts are read from. */
function hasOnly(parts: readonly Part[], entity: JsonObject): boolean {
  for (const key in entity) {
    let isRead = key === '__typename';
    for (let index = 0; index < parts.length && !isRead; index++) isRead = parts[index]?.dataKey === key;
    if (!isRead) return false;
  }
  return true;
}

/** The values of parts that have no parts of their own, and hang on nothing. */
function flatValues(parts: readonly Part[], entity: JsonObject): JsonObject {
  const values: JsonObject = {};
  for (const { name, dataKey, constant } of parts) {
    const value: unknown = constant === undefined ? entity[dataKey] : JSON.parse(constant);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** How many types one selection remembers: a bound, whatever type names a subgraph makes up. */
const REMEMBERED_TYPES = 1000;

function compileObject(
  selections: readonly RequiresSelection[],
  rewrites: readonly Rewrite[],
  types: TypeConditions,
): { readonly write: Write; readonly partsFor: (typename: unknown) => readonly Part[] } {
  const partsOfType = new Map<unknown, readonly Part[]>();
  const partsFor = (typename: unknown): readonly Part[] => {
    let parts = partsOfType.get(typename);
    if (parts === undefined) {
      parts = compileParts(selections, rewrites, types, typename);
      if (partsOfType.size < REMEMBERED_TYPES) partsOfType.set(typename, parts);
    }
    return parts;
  };
  return {
    write: (entity, variables) => writeParts(partsFor(entity.__typename), entity, variables),
    partsFor,
  };
}

function writeParts(
  parts: readonly Part[],
  entity: JsonObject,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  let text = '';
  for (const part of parts) {
    if (!part.conditions.every(({ variable, value }) => (variables[variable] === true) === value)) continue;
    const value = part.constant ?? writeValue(entity[part.dataKey], part.children, variables);
    if (value !== undefined) text += `${text === '' ? '' : ','}${part.prefix}${value}`;
    // Every type has a name, but where it was not asked for it is not needed either.
    else if (part.dataKey !== '__typename') return undefined;
  }
  return `{${text}}`;
}

function writeValue(
  value: unknown,
  children: Write | undefined,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  if (value === undefined) return undefined;
  if (Number.isFinite(value)) return `${value}`;
  if (children === undefined || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => writeValue(item, children, variables));
    return items.includes(undefined) ? undefined : `[${items.join()}]`;
  }
  return isJsonObject(value) ? children(value, variables) : undefined;
}

interface Selected {
  readonly dataKey: string;
  readonly name: string;
  readonly children: RequiresSelection[];
  readonly conditions: readonly Condition[];
}

function compileParts(
  selections: readonly RequiresSelection[],
  rewrites: readonly Rewrite[],
  types: TypeConditions,
  typename: unknown,
): readonly Part[] {
  const selected = new Map<string, Selected>();
  select(selections, types, typename, [], selected);
  const applicable = rewrites.flatMap((rewrite) => forType(rewrite, typename));
  return [...selected.values()].map(({ dataKey, name, children, conditions }) => {
    let key = name;
    let constant: string | undefined;
    const deeper: Rewrite[] = [];
    for (const { path, change } of applicable) {
      const [segment, ...rest] = path;
      if (segment === undefined || !('key' in segment) || segment.key !== name) continue;
      if (rest.length > 0) deeper.push({ path: rest, change });
      else if ('renameTo' in change) key = change.renameTo;
      else constant = JSON.stringify(change.setTo);
    }
    return {
      name: key,
      prefix: `${JSON.stringify(key)}:`,
      dataKey,
      constant,
      children: children.length > 0 ? compileObject(children, deeper, types).write : undefined,
      conditions,
    };
  });
}

/** Gathers the fields that apply to a type, each once. */
function select(
  selections: readonly RequiresSelection[],
  types: TypeConditions,
  typename: unknown,
  conditions: readonly Condition[],
  selected: Map<string, Selected>,
): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      // The planner names what is read first, and as its alias what the subgraph is told.
      const name = selection.alias ?? selection.name;
      const known = selected.get(name);
      const children = selection.selections ?? [];
      if (known === undefined) {
        selected.set(name, { dataKey: selection.name, name, children: [...children], conditions });
      } else {
        known.children.push(...children);
      }
    } else if (selection.kind === 'InlineFragment') {
      if (!types.satisfying([selection.typeCondition]).has(typename as string)) continue;
      const inner = [...conditions];
      if (selection.skipIf !== undefined) inner.push({ variable: selection.skipIf, value: false });
      if (selection.includeIf !== undefined) inner.push({ variable: selection.includeIf, value: true });
      select(selection.selections, types, typename, inner, selected);
    }
  }
}

function forType(rewrite: Rewrite, typename: unknown): Rewrite[] {
  const [segment, ...rest] = rewrite.path;
  if (segment === undefined || 'key' in segment) return [rewrite];
  return segment.types.has(typename as string)
    ? forType({ path: rest, change: rewrite.change }, typename)
    : [];
}
