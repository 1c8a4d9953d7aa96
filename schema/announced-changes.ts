import {
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

type Member = Pick<
  GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLEnumValue,
  'deprecationReason'
>;

/**
 * What of a schema clients have been told will go: deprecated fields, arguments, input fields and enum values, and the
 * types that nothing else leads to. `Type`, `Type.member`, `Type.field.argument`.
 */
export function announcedCoordinates(schema: GraphQLSchema): ReadonlySet<string> {
  const lasting = lastingTypes(schema);
  const announced = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    const isWhole = !lasting.has(type.name);
    if (isWhole) announced.add(type.name);
    for (const [name, member] of membersOf(type)) {
      if (isWhole || isDeprecated(member)) announced.add(`${type.name}.${name}`);
      if (!('args' in member)) continue;
      for (const argument of member.args as GraphQLField<unknown, unknown>['args']) {
        if (isWhole || isDeprecated(member) || isDeprecated(argument))
          announced.add(`${type.name}.${name}.${argument.name}`);
      }
    }
  }
  return announced;
}

/** The types that an operation comes to without anything deprecated. */
function lastingTypes(schema: GraphQLSchema): Set<string> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const waiting: GraphQLNamedType[] = roots.filter((type) => type != null);
  const found = new Set(waiting.map(({ name }) => name));
  const reach = (type: GraphQLNamedType) => {
    if (found.has(type.name)) return;
    found.add(type.name);
    waiting.push(type);
  };
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (isAbstractType(type)) for (const possible of schema.getPossibleTypes(type)) reach(possible);
    if (isObjectType(type) || isInterfaceType(type)) for (const one of type.getInterfaces()) reach(one);
    for (const [, member] of membersOf(type)) {
      if (isDeprecated(member) || !('type' in member)) continue;
      reach(getNamedType(member.type));
      for (const argument of 'args' in member ? member.args : []) {
        if (!isDeprecated(argument)) reach(getNamedType(argument.type));
      }
    }
  }
  return found;
}

function membersOf(
  type: GraphQLNamedType,
): [string, GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLEnumValue][] {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return Object.entries(type.getFields());
  }
  return isEnumType(type) ? type.getValues().map((value) => [value.name, value]) : [];
}

function isDeprecated({ deprecationReason }: Member): boolean {
  return deprecationReason != null;
}
