import { type DocumentNode, Kind } from 'graphql';

/** Which names of runtime types fall under a type condition, in the whole supergraph: hidden types included. */
export interface TypeConditions {
  /** The names that satisfy any of the given conditions. */
  satisfying(conditions: readonly string[]): ReadonlySet<string>;
  isAbstract(name: string): boolean;
}

/** Reads the interfaces and unions of a supergraph document. */
export function readTypeConditions(supergraph: DocumentNode): TypeConditions {
  const members = new Map<string, Set<string>>();
  const membersOf = (abstract: string): Set<string> => {
    const known = members.get(abstract) ?? new Set();
    members.set(abstract, known);
    return known;
  };
  for (const definition of supergraph.definitions) {
    switch (definition.kind) {
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.UNION_TYPE_EXTENSION:
        for (const member of definition.types ?? []) membersOf(definition.name.value).add(member.name.value);
        break;
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
        if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) membersOf(definition.name.value);
        for (const parent of definition.interfaces ?? [])
          membersOf(parent.name.value).add(definition.name.value);
        break;
      default:
        break;
    }
  }
  return {
    // An interface's own name is in its set: a subgraph with @interfaceObject calls its entities by it.
    satisfying: (conditions) => new Set(conditions.flatMap((name) => [name, ...(members.get(name) ?? [])])),
    isAbstract: (name) => members.has(name),
  };
}
