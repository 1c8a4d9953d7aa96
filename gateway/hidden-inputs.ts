import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/**
 * Fields and values of inputs that a request's variables name, which `named` has and `visible` has not. The variables may
 * be anything that a client sent, no deeper than operations may be.
 */
export function hiddenInVariables(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Values | undefined,
  visible: GraphQLSchema,
  named: GraphQLSchema,
): string[] {
  const found = new Set<string>();
  for (const { variable, type } of variableDefinitions) {
    const [seen, known] = [typeFromAST(visible, type), typeFromAST(named, type)];
    if (isInputType(seen) && isInputType(known)) gather(variables?.[variable.name.value], seen, known, found);
  }
  return [...found].sort();
}

function gather(value: unknown, seen: GraphQLInputType, known: GraphQLInputType, found: Set<string>): void {
  if (isNonNullType(seen) && isNonNullType(known)) {
    gather(value, seen.ofType, known.ofType, found);
  } else if (isListType(seen) && isListType(known)) {
    // GraphQL takes one value for a list of it.
    for (const item of Array.isArray(value) ? value : [value]) gather(item, seen.ofType, known.ofType, found);
  } else if (isEnumType(seen) && isEnumType(known)) {
    if (typeof value === 'string' && seen.getValue(value) == null && known.getValue(value) != null)
      found.add(value);
  } else if (isInputObjectType(seen) && isInputObjectType(known)) {
    if (typeof value !== 'object' || value === null) return;
    const [fields, all] = [seen.getFields(), known.getFields()];
    for (const [name, inner] of Object.entries(value)) {
      const [field, other] = [fields[name], all[name]];
      if (other === undefined) continue;
      if (field === undefined) found.add(name);
      else gather(inner, field.type, other.type, found);
    }
  }
}
