import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  print,
  visit,
} from 'graphql';

/** A supergraph in which subgraphs have names that the planner copes with. */
export interface PlannerSdl {
  readonly sdl: string;
  /** The subgraph's own name, of one that the planner speaks of. */
  readonly nameOf: (plannerName: string) => string;
}

/**
 * Names the subgraphs for the planner. The planner looks at them in the order of their names, and one that sees an
 * interface as an object (@interfaceObject) must come after those that have the interface's types: it otherwise says
 * that there is no way to a type's fields. A supergraph without @interfaceObject stays as it is.
 */
export function orderSubgraphs(supergraph: DocumentNode): PlannerSdl {
  const { graphs, before } = readGraphs(supergraph);
  if (before.size === 0) return { sdl: print(supergraph), nameOf: (name) => name };
  const order = sortGraphs([...graphs.keys()], before);
  const width = String(order.length).length;
  const renamed = new Map(
    order.map((graph, index) => [graphs.get(graph)!, String(index).padStart(width, '0')]),
  );
  const originals = new Map([...renamed].map(([name, number]) => [number, name]));
  const ordered = visit(supergraph, {
    [Kind.DIRECTIVE]: { enter: (directive) => renameSubgraph(directive as ConstDirectiveNode, renamed) },
  });
  return { sdl: print(ordered), nameOf: (name) => originals.get(name) ?? name };
}

/** The names of the graphs, and which graphs each must come after. */
function readGraphs(supergraph: DocumentNode) {
  const graphs = new Map<string, string>();
  const before = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const { name, directives } of definition.values ?? []) {
        const graph = directives?.find((directive) => directive.name.value === 'join__graph');
        graphs.set(name.value, textOf(graph, 'name') ?? name.value);
      }
    } else if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const joins = (definition.directives ?? []).filter(({ name }) => name.value === 'join__type');
      const seen = joins.filter((join) => textOf(join, 'isInterfaceObject') === 'true');
      const had = joins.filter((join) => !seen.includes(join)).map((join) => textOf(join, 'graph') ?? '');
      for (const join of seen) {
        const graph = textOf(join, 'graph') ?? '';
        before.set(graph, new Set([...(before.get(graph) ?? []), ...had.filter((other) => other !== graph)]));
      }
    }
  }
  return { graphs, before };
}

/** As far as they do not ask it of each other, graphs come after those that they must come after. */
function sortGraphs(graphs: readonly string[], before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const sorted = new Set<string>();
  const visiting = new Set<string>();
  const place = (graph: string): void => {
    if (sorted.has(graph) || visiting.has(graph)) return;
    visiting.add(graph);
    for (const other of before.get(graph) ?? []) place(other);
    sorted.add(graph);
  };
  for (const graph of [...graphs].sort()) place(graph);
  return [...sorted];
}

/** Subgraphs are called by their names where they are defined and where one takes a field over from another. */
function renameSubgraph(
  directive: ConstDirectiveNode,
  renamed: ReadonlyMap<string, string>,
): ConstDirectiveNode | undefined {
  const place =
    directive.name.value === 'join__graph'
      ? 'name'
      : directive.name.value === 'join__field'
        ? 'override'
        : undefined;
  if (place === undefined) return undefined;
  const rename = (argument: ConstArgumentNode): ConstArgumentNode => {
    if (argument.name.value !== place || argument.value.kind !== Kind.STRING) return argument;
    return {
      ...argument,
      value: { kind: Kind.STRING, value: renamed.get(argument.value.value) ?? argument.value.value },
    };
  };
  return { ...directive, arguments: (directive.arguments ?? []).map(rename) };
}

function textOf(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
  return value !== undefined && 'value' in value ? String(value.value) : undefined;
}
