import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

/** The subgraphs of a supergraph document with the URLs that it gives them, from its enum `join__Graph`. */
export function subgraphUrls(supergraph: DocumentNode): Map<string, string> {
  const urls = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find(({ name }) => name.value === 'join__graph');
      const name = graph === undefined ? undefined : stringArgument(graph, 'name');
      urls.set(name ?? value.name.value, (graph && stringArgument(graph, 'url')) ?? '');
    }
  }
  return urls;
}

function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
