import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isScalarType,
  isUnionType,
  TypeKind,
} from 'graphql';
import type { Definition } from '../../schema/sdl-text.js';

/** A type as introspection tells of it, made of its definition without a schema in between. */
export interface PlainType {
  readonly kind: string;
  readonly name: string;
  readonly description: string | null;
  readonly fields: readonly PlainField[] | null;
  readonly inputFields: readonly PlainValue[] | null;
  readonly enumValues: readonly PlainMember[] | null;
  readonly interfaces: readonly never[] | null;
  readonly isOneOf: boolean | null;
  /** Its name, as that of any type. */
  toString(): string;
}

interface PlainMember {
  readonly name: string;
  readonly description: string | null;
}

interface PlainField extends PlainMember {
  readonly args: readonly PlainValue[];
  /** As it is written: `[Sale!]`. */
  readonly type: string;
}

interface PlainValue extends PlainMember {
  readonly type: string;
  readonly defaultValue: string | null;
}

/** A line whose description may be none. */
type Told = { readonly text: string; readonly description?: string | null };
type Resolve = (source: never) => unknown;

const KINDS = { type: TypeKind.OBJECT, input: TypeKind.INPUT_OBJECT, enum: TypeKind.ENUM } as const;
const FIELD = /^(\w+)(?:\(([^()"]*)\))?: ([\w[\]!]+)(?: @[^"]*(?:"[^"\\]*"[^"]*)*)?$/;
const VALUE = /^(\w+): ([\w[\]!]+)(?: = ([\w-]+))?$/;
const MEMBER = /^\w+$/;
/** Default values that introspection tells as they are written. */
const PLAIN_DEFAULTS: Readonly<Record<string, RegExp>> = {
  Int: /^-?(0|[1-9]\d*)$/,
  Boolean: /^(true|false)$/,
};

/** Undefined where something of it is not as plain as what a domain's printer mostly writes. */
export function readPlainType({ kind, name, description, lines }: Definition): PlainType | undefined {
  const told = lines();
  if (kind === 'scalar' || told.some(({ text }) => text.includes('@deprecated'))) return undefined;
  const type: PlainType = {
    kind: KINDS[kind],
    name,
    description: description === '' ? null : description,
    fields: null,
    inputFields: null,
    enumValues: null,
    interfaces: null,
    isOneOf: null,
    toString: () => name,
  };
  if (kind === 'type') {
    const fields = whole(told.map(readField));
    return fields && { ...type, fields, interfaces: [] };
  }
  if (kind === 'input') {
    const inputFields = whole(told.map(({ text, description: meaning }) => readValue(text, meaning)));
    return inputFields && { ...type, inputFields, isOneOf: false };
  }
  const enumValues = whole(told.map(readMember));
  return enumValues && { ...type, enumValues };
}

function readMember({ text, description = null }: Told): PlainMember | undefined {
  return MEMBER.test(text) ? { name: text, description } : undefined;
}

function readField({ text, description = null }: Told): PlainField | undefined {
  const [, name, values, type] = FIELD.exec(text) ?? [];
  if (name === undefined || type === undefined) return undefined;
  const args = values === undefined ? [] : whole(values.split(', ').map((value) => readValue(value)));
  return args && { name, description, args, type };
}

function readValue(text: string, description: string | null = null): PlainValue | undefined {
  const [, name, type, defaultValue = null] = VALUE.exec(text) ?? [];
  if (name === undefined || type === undefined) return undefined;
  if (defaultValue !== null && PLAIN_DEFAULTS[type]?.test(defaultValue) !== true) return undefined;
  return { name, description, type, defaultValue };
}

function whole<Item>(items: readonly (Item | undefined)[]): Item[] | undefined {
  return items.includes(undefined) ? undefined : (items as Item[]);
}

/** How introspection's fields are answered of plain types, and of the texts that stand for types in them. */
export function plainResolvers(
  typeNamed: (name: string) => Definition | GraphQLNamedType | undefined,
): Readonly<Record<string, Readonly<Record<string, Resolve>>>> {
  const none = () => null;
  const kept = { name: ({ name }: PlainMember) => name, description: (of: PlainMember) => of.description };
  const lasting = { isDeprecated: () => false, deprecationReason: none };
  return {
    __Type: {
      kind: (source: PlainType | string) =>
        typeof source === 'string' ? kindOf(source, typeNamed) : source.kind,
      name: (source: PlainType | string) =>
        typeof source === 'string' ? (isWrapped(source) ? null : source) : source.name,
      ofType: (source: PlainType | string) => (typeof source === 'string' ? unwrapped(source) : null),
      description: kept.description,
      fields: ({ fields }: PlainType) => fields,
      inputFields: ({ inputFields }: PlainType) => inputFields,
      enumValues: ({ enumValues }: PlainType) => enumValues,
      interfaces: ({ interfaces }: PlainType) => interfaces,
      isOneOf: ({ isOneOf }: PlainType) => isOneOf,
      possibleTypes: none,
      specifiedByURL: none,
    },
    __Field: {
      ...kept,
      ...lasting,
      args: ({ args }: PlainField) => args,
      type: ({ type }: PlainField) => type,
    },
    __InputValue: {
      ...kept,
      ...lasting,
      type: ({ type }: PlainValue) => type,
      defaultValue: ({ defaultValue }: PlainValue) => defaultValue,
    },
    __EnumValue: { ...kept, ...lasting },
  };
}

/** What may be asked of a type that is no more than its text. */
export const OF_TYPE_TEXTS: ReadonlySet<string> = new Set(['kind', 'name', 'ofType', '__typename']);

function isWrapped(type: string): boolean {
  return type.endsWith('!') || type.startsWith('[');
}

function unwrapped(type: string): string | null {
  if (type.endsWith('!')) return type.slice(0, -1);
  return type.startsWith('[') ? type.slice(1, -1) : null;
}

function kindOf(
  type: string,
  typeNamed: (name: string) => Definition | GraphQLNamedType | undefined,
): string | undefined {
  if (type.endsWith('!')) return TypeKind.NON_NULL;
  if (type.startsWith('[')) return TypeKind.LIST;
  const found = typeNamed(type);
  if (found === undefined) return undefined;
  if ('lines' in found) return found.kind === 'scalar' ? TypeKind.SCALAR : KINDS[found.kind];
  return kindOfRead(found);
}

function kindOfRead(type: GraphQLNamedType): string {
  if (isScalarType(type)) return TypeKind.SCALAR;
  if (isEnumType(type)) return TypeKind.ENUM;
  if (isInputObjectType(type)) return TypeKind.INPUT_OBJECT;
  if (isInterfaceType(type)) return TypeKind.INTERFACE;
  return isUnionType(type) ? TypeKind.UNION : TypeKind.OBJECT;
}
