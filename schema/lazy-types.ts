import {
  GraphQLEnumType,
  type GraphQLFieldMap,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { AskgraphError } from './errors.js';
import { type ReadType, readType, type TypeSurroundings } from './read-type.js';
import { type Definition, lineName } from './sdl-text.js';

/** The fields of so many types stay read; those of others are read again when they are asked for again. */
const KEPT_FIELDS = 500;

export interface LazyTypesOptions {
  /** Each type, as a domain's printer makes it: object types without interfaces, inputs and enums. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The types that they speak of and that stand elsewhere. */
  readonly others: (name: string) => GraphQLNamedType | undefined;
  readonly resolverOf: TypeSurroundings['resolverOf'];
}

/** Types that are made when they are first asked for, and whose fields are read when they are. */
export interface LazyTypes {
  names(): Iterable<string>;
  /** The same one each time. */
  get(name: string): ReadType | undefined;
  /** What one is read from. */
  definition(name: string): Definition | undefined;
  /** A copy of one type, which goes with who has asked; what it speaks of are the types above. */
  copy(name: string): ReadType | undefined;
  /** The fields of an object type with very many: each is read by itself. */
  fieldByField(name: string): GraphQLFieldMap<unknown, unknown>;
}

export function makeLazyTypes({ definitions, others, resolverOf }: LazyTypesOptions): LazyTypes {
  const types = new Map<string, ReadType>();
  const recent: Recent = new LRUCache({ max: KEPT_FIELDS });
  const get = (name: string): ReadType | undefined => {
    const known = types.get(name);
    const definition = definitions.get(name);
    if (known !== undefined || definition === undefined) return known;
    const made = withRecentFields(copyOf(definition), recent, () => copyOf(definition));
    types.set(name, made);
    return made;
  };
  const find = (name: string): GraphQLNamedType => {
    const found = get(name) ?? others(name);
    if (found === undefined) throw new AskgraphError('INTERNAL', `The schema has no type ${name}.`);
    return found;
  };
  const copyOf = (definition: Definition): ReadType => readType(definition, { find, resolverOf });
  return {
    names: () => definitions.keys(),
    get,
    definition: (name) => definitions.get(name),
    copy(name) {
      const definition = definitions.get(name);
      return definition === undefined ? undefined : copyOf(definition);
    },
    fieldByField(name) {
      const fields = Object.create(null) as GraphQLFieldMap<unknown, unknown>;
      const definition = definitions.get(name);
      for (const line of definition?.lines() ?? []) {
        const field = lineName(line);
        const alone = () => copyOf({ ...definition!, lines: () => [line] }) as GraphQLObjectType;
        Object.defineProperty(fields, field, {
          enumerable: true,
          get: () => fromRecent(recent, `${name}.${field}`, () => alone().getFields()[field]!),
        });
      }
      return fields;
    },
  };
}

/** The fields of types, or single ones, that were read last. */
type Recent = LRUCache<string, object>;

function fromRecent<Value extends object>(recent: Recent, key: string, read: () => Value): Value {
  const known = recent.get(key);
  if (known !== undefined) return known as Value;
  const value = read();
  recent.set(key, value);
  return value;
}

/** The fields of a copy, so that the type itself holds none. */
function withRecentFields(type: ReadType, recent: Recent, copy: () => ReadType): ReadType {
  if (type instanceof GraphQLEnumType) return type;
  const read = () => (copy() as GraphQLObjectType).getFields();
  return Object.assign(type, { getFields: () => fromRecent(recent, type.name, read) });
}

interface Parts {
  /** The types that the schema was built with. */
  readonly base: GraphQLSchema['getTypeMap'];
  readonly lazy: LazyTypes[];
  /** Those of these types in whose place another of the same name stands. */
  readonly placeholders: Map<string, LazyTypes>;
}

const partsOf = new WeakMap<GraphQLSchema, Parts>();

/** A type that was added lazily: what it is read from, and how. What is read goes with who has asked. */
export interface UnreadType {
  readonly definition: Definition;
  read(): GraphQLNamedType;
}

/** The types of a schema one by one; of those that were added lazily none stays for it. */
export function* eachType(schema: GraphQLSchema): Iterable<GraphQLNamedType | UnreadType> {
  const parts = partsOf.get(schema);
  if (parts === undefined) {
    yield* Object.values(schema.getTypeMap());
    return;
  }
  const unread = (types: LazyTypes, name: string): UnreadType => ({
    definition: types.definition(name)!,
    read: () => types.copy(name)!,
  });
  const standing = parts.base();
  for (const [name, type] of Object.entries(standing)) {
    const types = parts.placeholders.get(name);
    yield types === undefined ? type : unread(types, name);
  }
  for (const types of parts.lazy) {
    for (const name of types.names()) if (standing[name] === undefined) yield unread(types, name);
  }
}

/** What a type of a schema is read from where it was added lazily, else the type. */
export function definitionOf(schema: GraphQLSchema, name: string): Definition | GraphQLNamedType | undefined {
  const parts = partsOf.get(schema);
  const standing = parts?.base()[name];
  if (parts === undefined || standing !== undefined) return standing ?? schema.getType(name);
  return parts.lazy.map((types) => types.definition(name)).find((found) => found !== undefined);
}

/**
 * Adds types to a schema that has been built and checked without them. In the types that it has, `placeholder` stands
 * for the one that leads to them: it gets that one's fields.
 */
export function addLazily(schema: GraphQLSchema, lazy: LazyTypes, placeholder: string): void {
  const parts: Parts = partsOf.get(schema) ?? {
    base: schema.getTypeMap.bind(schema),
    lazy: [],
    placeholders: new Map(),
  };
  partsOf.set(schema, parts);
  parts.lazy.push(lazy);
  let all: ReturnType<GraphQLSchema['getTypeMap']> | undefined;
  schema.getTypeMap = () => {
    all ??= allTypes(parts);
    return all;
  };
  schema.getType = (name) => {
    const standing = parts.base()[name];
    if (standing !== undefined) return standing;
    for (const types of parts.lazy) {
      const found = types.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const stands = parts.base()[placeholder];
  const leads = lazy.get(placeholder);
  if (stands instanceof GraphQLObjectType && leads instanceof GraphQLObjectType) {
    parts.placeholders.set(placeholder, lazy);
    let fields: GraphQLFieldMap<unknown, unknown> | undefined;
    stands.description = leads.description;
    stands.getFields = () => {
      fields ??= lazy.fieldByField(placeholder);
      return fields;
    };
  }
}

function allTypes({ base, lazy }: Parts): ReturnType<GraphQLSchema['getTypeMap']> {
  const all = Object.assign(Object.create(null) as ReturnType<typeof base>, base());
  for (const types of lazy) {
    for (const name of types.names()) all[name] ??= types.get(name)!;
  }
  return all;
}
