import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** What whoever reads a field must be or have; `key` is the same for the same requirement. */
export type Requirement =
  | { readonly kind: 'authenticated'; readonly key: string }
  | {
      readonly kind: 'scopes' | 'policies';
      readonly key: string;
      /** One of these lists, and all that is in it. */
      readonly anyOf: readonly (readonly string[])[];
    };

export interface Requirements {
  readonly all: readonly Requirement[];
  /** All of what a field wants, of an object type or an interface. */
  field(type: string, field: string): readonly Requirement[];
}

const SPECIFICATIONS = {
  authenticated: 'authenticated',
  requiresScopes: 'scopes',
  policy: 'policies',
} as const;
type Specification = keyof typeof SPECIFICATIONS;

/**
 * Reads what a supergraph requires of whoever reads its fields. A field wants what is said of itself, of its type, of
 * the type that it gives, of the interfaces that it is declared by, and all that the fields want which it requires; a
 * field of an interface wants what it wants in any type that implements it. Undefined where nothing is required.
 */
export function readRequirements(supergraph: DocumentNode, schema: GraphQLSchema): Requirements | undefined {
  const names = directiveNames(supergraph);
  if (names.size === 0) return undefined;
  const read = makeReader(supergraph, names);
  if (read.own.size === 0) return undefined;
  const known = new Map<string, readonly Requirement[]>();
  const all = new Map<string, Requirement>();
  for (const list of read.own.values()) for (const one of list) all.set(one.key, one);

  // Required fields may go in a circle: each is gathered once, and only what is whole is remembered.
  const gather = (
    type: string,
    name: string,
    gathered: Map<string, Requirement>,
    visited: Set<string>,
  ): void => {
    const coordinate = `${type}.${name}`;
    if (visited.has(coordinate)) return;
    visited.add(coordinate);
    const ownOf = (of: string): void => {
      for (const one of read.own.get(of) ?? []) gathered.set(one.key, one);
    };
    const parent = schema.getType(type);
    ownOf(type);
    ownOf(coordinate);
    const given = read.typeOf(type, name);
    if (given !== undefined) ownOf(given);
    if (isObjectType(parent) || isInterfaceType(parent)) {
      for (const above of parent.getInterfaces()) {
        ownOf(above.name);
        ownOf(`${above.name}.${name}`);
      }
    }
    for (const selectionSet of read.required.get(coordinate) ?? []) {
      for (const [requiredType, requiredName] of fieldsIn(selectionSet, type, read.typeOf)) {
        gather(requiredType, requiredName, gathered, visited);
      }
    }
    if (isInterfaceType(parent)) {
      for (const possible of schema.getPossibleTypes(parent)) gather(possible.name, name, gathered, visited);
    }
  };
  const field = (type: string, name: string): readonly Requirement[] => {
    const coordinate = `${type}.${name}`;
    let list = known.get(coordinate);
    if (list === undefined) {
      const gathered = new Map<string, Requirement>();
      gather(type, name, gathered, new Set());
      list = [...gathered.values()];
      known.set(coordinate, list);
    }
    return list;
  };
  return { all: [...all.values()], field };
}

/** The directives' names in this supergraph: `@authenticated`, or what it was imported as. */
function directiveNames(supergraph: DocumentNode): Map<string, Specification> {
  const names = new Map<string, Specification>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const values = argumentsOf(directive);
      const url = String(values.get('url') ?? values.get('feature') ?? '');
      const specification = Object.keys(SPECIFICATIONS).find((name) => url.includes(`/${name}/v`));
      if (specification === undefined) continue;
      const alias = values.get('as');
      names.set(typeof alias === 'string' ? alias : specification, specification as Specification);
      for (const item of asList(values.get('import'))) {
        const { name, as } = item as { name?: unknown; as?: unknown };
        if (name === `@${specification}` && typeof as === 'string') {
          names.set(as.slice(1), specification as Specification);
        }
      }
    }
  }
  return names;
}

interface Reader {
  /** By type, and by field as `Type.field`. */
  readonly own: ReadonlyMap<string, readonly Requirement[]>;
  /** The selections that a field requires, by `Type.field`. */
  readonly required: ReadonlyMap<string, readonly SelectionSetNode[]>;
  readonly typeOf: (type: string, field: string) => string | undefined;
}

function makeReader(supergraph: DocumentNode, names: ReadonlyMap<string, Specification>): Reader {
  const own = new Map<string, Requirement[]>();
  const required = new Map<string, SelectionSetNode[]>();
  const types = new Map<string, string>();
  const note = (of: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    for (const directive of directives ?? []) {
      const specification = names.get(directive.name.value);
      if (specification === undefined) continue;
      own.set(of, [...(own.get(of) ?? []), requirementOf(specification, directive)]);
    }
  };
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    if (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION)
      continue;
    const type = definition.name.value;
    note(type, definition.directives as readonly ConstDirectiveNode[] | undefined);
    const isComposite =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (!isComposite) continue;
    for (const field of definition.fields ?? []) {
      const coordinate = `${type}.${field.name.value}`;
      note(coordinate, field.directives);
      let named = field.type;
      while (named.kind !== Kind.NAMED_TYPE) named = named.type;
      types.set(coordinate, named.name.value);
      for (const directive of field.directives ?? []) {
        const requires = argumentsOf(directive).get('requires');
        if (directive.name.value !== 'join__field' || typeof requires !== 'string') continue;
        required.set(coordinate, [...(required.get(coordinate) ?? []), selectionOf(requires)]);
      }
    }
  }
  return { own, required, typeOf: (type, field) => types.get(`${type}.${field}`) };
}

function requirementOf(specification: Specification, directive: ConstDirectiveNode): Requirement {
  const kind = SPECIFICATIONS[specification];
  if (kind === 'authenticated') return { kind, key: kind };
  const values = argumentsOf(directive);
  const anyOf = asList(values.get(kind)).map((all) => asList(all).map(String));
  return { kind, key: `${kind} ${JSON.stringify(anyOf)}`, anyOf };
}

function argumentsOf(directive: ConstDirectiveNode): Map<string, unknown> {
  return new Map(
    directive.arguments?.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
}

/** A value that may stand without its list. */
function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function selectionOf(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return { kind: Kind.SELECTION_SET, selections: [] };
  return operation.selectionSet;
}

/** Every field in a selection, with the type that it is of. */
function fieldsIn(
  { selections }: SelectionSetNode,
  type: string,
  typeOf: Reader['typeOf'],
): [type: string, field: string][] {
  return selections.flatMap((selection): [string, string][] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return fieldsIn(selection.selectionSet, selection.typeCondition?.name.value ?? type, typeOf);
    }
    const name = selection.name.value;
    const inner = typeOf(type, name);
    return [
      [type, name],
      ...(selection.selectionSet === undefined || inner === undefined
        ? []
        : fieldsIn(selection.selectionSet, inner, typeOf)),
    ];
  });
}
