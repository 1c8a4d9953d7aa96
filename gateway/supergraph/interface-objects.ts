import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  parseConstValue,
  print,
  visit,
} from 'graphql';

interface ParsedSubgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Mends a composed supergraph where a subgraph has an interface as an object (@interfaceObject) with fields that are
 * @external there: the composer says nothing of them, so a planner takes the subgraph for one that has their values.
 * A supergraph without such fields stays as it is.
 */
export function markExternalFields(sdl: string, subgraphs: readonly ParsedSubgraph[]): string {
  const externals = readExternals(subgraphs);
  if (externals.size === 0) return sdl;
  const supergraph = parse(sdl, { noLocation: true });
  const graphs = graphNames(supergraph);
  const mended = visit(supergraph, {
    [Kind.INTERFACE_TYPE_DEFINITION]: { enter: (type) => mendInterface(type, externals, graphs) },
  });
  return print(mended);
}

/** `Type.field` → the subgraphs that have the type as an interface object with that field external. */
function readExternals(subgraphs: readonly ParsedSubgraph[]): Map<string, Set<string>> {
  const externals = new Map<string, Set<string>>();
  for (const { name, typeDefs } of subgraphs) {
    for (const type of typeDefs.definitions) {
      if (!isObject(type) || !has(type.directives, 'interfaceObject')) continue;
      for (const field of type.fields ?? []) {
        if (!has(field.directives, 'external')) continue;
        const place = `${type.name.value}.${field.name.value}`;
        externals.set(place, new Set([...(externals.get(place) ?? []), name]));
      }
    }
  }
  return externals;
}

function mendInterface(
  type: InterfaceTypeDefinitionNode,
  externals: ReadonlyMap<string, ReadonlySet<string>>,
  graphs: ReadonlyMap<string, string>,
): InterfaceTypeDefinitionNode {
  const joined = (type.directives ?? []).flatMap((directive) =>
    directive.name.value === 'join__type' ? [graphOf(directive)] : [],
  );
  const mendField = (field: FieldDefinitionNode): FieldDefinitionNode => {
    const subgraphs = externals.get(`${type.name.value}.${field.name.value}`);
    if (subgraphs === undefined || has(field.directives, 'join__field')) return field;
    const joins = [...new Set(joined)].map((graph) =>
      joinField(graph, subgraphs.has(graphs.get(graph) ?? '') ? 'external' : 'owned'),
    );
    return { ...field, directives: [...(field.directives ?? []), ...joins] };
  };
  return { ...type, fields: (type.fields ?? []).map(mendField) };
}

function joinField(graph: string, kind: 'external' | 'owned'): ConstDirectiveNode {
  const argument = (name: string, value: string) =>
    ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: parseConstValue(value) }) as const;
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
    arguments: [argument('graph', graph), ...(kind === 'external' ? [argument('external', 'true')] : [])],
  };
}

function graphNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const value = directives?.[0]?.arguments?.find((argument) => argument.name.value === 'name')?.value;
      names.set(name.value, value?.kind === Kind.STRING ? value.value : name.value);
    }
  }
  return names;
}

function graphOf(directive: ConstDirectiveNode): string {
  const value = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
  return value?.kind === Kind.ENUM ? value.value : '';
}

function isObject(node: { readonly kind: string }): node is ObjectTypeDefinitionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return (
    directives?.some(({ name: { value } }) => value === name || value === `federation__${name}`) ?? false
  );
}
