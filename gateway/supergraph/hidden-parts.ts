import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  Kind,
} from 'graphql';
import type { TypeConditions } from './type-conditions.js';

/** Whether an enum or an abstract type has values or members in the supergraph that the public schema leaves out. */
export function findHiddenParts(
  supergraph: DocumentNode,
  schema: GraphQLSchema,
  types: TypeConditions,
): (type: GraphQLNamedType) => boolean {
  const values = new Map<string, number>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      values.set(definition.name.value, definition.values?.length ?? 0);
    }
  }
  return (type) => {
    // An enum of a domain apart is not in the supergraph, and whole.
    if (isEnumType(type)) {
      const all = values.get(type.name);
      return all !== undefined && all !== type.getValues().length;
    }
    if (!isAbstractType(type)) return false;
    const shown = new Set([type.name, ...schema.getPossibleTypes(type).map(({ name }) => name)]);
    const isShown = (name: string) => shown.has(name) || schema.getType(name) !== undefined;
    return ![...types.satisfying([type.name])].every(isShown);
  };
}
