import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type NameNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

interface Hidden {
  /** Whether a type or directive belongs to the machinery of federation. */
  isMachinery(name: string): boolean;
  readonly inaccessibleDirective: string;
}

/**
 * The schema that clients see: the supergraph without the machinery of federation (join__, link__ and what was
 * imported from linked specifications) and without what is @inaccessible.
 */
export function publicSchema(supergraph: DocumentNode): GraphQLSchema {
  const hidden = readHidden(supergraph);
  const isInaccessible = (node: {
    readonly directives?: readonly ConstDirectiveNode[] | undefined;
  }): boolean =>
    node.directives?.some((directive) => directive.name.value === hidden.inaccessibleDirective) ?? false;

  const hiddenTypes = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const name = definition.name.value;
    if (hidden.isMachinery(name) || isInaccessible(definition)) hiddenTypes.add(name);
  }
  const visibleTypes = (types: readonly NamedTypeNode[] | undefined): readonly NamedTypeNode[] =>
    (types ?? []).filter((type) => !hiddenTypes.has(type.name.value));

  const removeInaccessible = (node: {
    readonly directives?: readonly ConstDirectiveNode[];
  }): null | undefined => (isInaccessible(node) ? null : undefined);
  const definitions = supergraph.definitions.filter((definition) => {
    if (isTypeDefinitionNode(definition)) return !hiddenTypes.has(definition.name.value);
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      return !hidden.isMachinery(definition.name.value) || isForClients(definition);
    }
    return definition.kind === Kind.SCHEMA_DEFINITION;
  });
  const visible = visit({ kind: Kind.DOCUMENT, definitions } satisfies DocumentNode, {
    FieldDefinition: removeInaccessible,
    InputValueDefinition: removeInaccessible,
    EnumValueDefinition: removeInaccessible,
    UnionTypeDefinition: { leave: (node) => ({ ...node, types: visibleTypes(node.types) }) },
    Directive: {
      leave: (node) => (hidden.isMachinery(node.name.value) ? null : undefined),
    },
    ObjectTypeDefinition: { leave: (node) => ({ ...node, interfaces: visibleTypes(node.interfaces) }) },
    InterfaceTypeDefinition: { leave: (node) => ({ ...node, interfaces: visibleTypes(node.interfaces) }) },
  });
  return buildASTSchema(visible, { assumeValidSDL: true });
}

/** Places of a directive in an operation; the others are places in a schema. */
const OPERATION_PLACES: ReadonlySet<string> = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

function isOfOperations({ value }: NameNode): boolean {
  return OPERATION_PLACES.has(value);
}

/** Whether clients may write a directive in their operations, whatever specification it comes from. */
function isForClients({ name, locations }: DirectiveDefinitionNode): boolean {
  return !name.value.includes('__') && locations.some(isOfOperations);
}

/** Reads @link (and Federation 1's @core) to know the names that specifications brought in. */
function readHidden(supergraph: DocumentNode): Hidden {
  const namespaces = new Set(['join', 'link', 'core']);
  const imported = new Set<string>();
  let inaccessibleDirective = 'inaccessible';
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const values = new Map(
        directive.arguments?.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
      );
      const url = values.get('url') ?? values.get('feature');
      if (typeof url !== 'string') continue;
      const specification = specificationName(url);
      const alias = values.get('as');
      const namespace = typeof alias === 'string' ? alias : specification;
      namespaces.add(namespace);
      if (specification === 'inaccessible') inaccessibleDirective = namespace;
      for (const { name, as } of readImports(values.get('import'))) {
        imported.add(as.replace(/^@/, ''));
        if (specification === 'inaccessible' && name === '@inaccessible') inaccessibleDirective = as.slice(1);
      }
    }
  }
  return {
    isMachinery: (name) =>
      namespaces.has(name) ||
      imported.has(name) ||
      (name.includes('__') && namespaces.has(name.split('__')[0] ?? '')),
    inaccessibleDirective,
  };
}

/** `https://specs.apollo.dev/join/v0.3` → `join`. */
function specificationName(url: string): string {
  const segments = url.replace(/\/+$/, '').split('/');
  const last = segments.at(-1) ?? '';
  return /^v\d+\.\d+$/.test(last) ? (segments.at(-2) ?? '') : last;
}

function readImports(value: unknown): { name: string; as: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [{ name: item, as: item }];
    if (typeof item !== 'object' || item === null || !('name' in item)) return [];
    const name = String(item.name);
    return [{ name, as: 'as' in item ? String(item.as) : name }];
  });
}
