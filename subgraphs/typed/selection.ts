import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';

/** What of an operation the reading of a selection needs. */
export type Operation = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/**
 * The fields that are selected under `nodes` on an object type, by name: aliases, fragments, `@skip` and `@include`
 * are followed, and a field that is selected several times has several nodes. `__typename` needs no data.
 */
export function selectedFields(
  nodes: readonly FieldNode[],
  typeName: string,
  operation: Operation,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  for (const node of nodes) collect(node.selectionSet?.selections ?? [], typeName, operation, fields);
  fields.delete('__typename');
  return fields;
}

function collect(
  selections: readonly SelectionNode[],
  typeName: string,
  operation: Operation,
  fields: Map<string, FieldNode[]>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, operation)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      fields.set(name, [...(fields.get(name) ?? []), selection]);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? operation.fragments[selection.name.value] : selection;
    if (fragment !== undefined && applies(fragment.typeCondition?.name.value, typeName, operation)) {
      collect(fragment.selectionSet.selections, typeName, operation, fields);
    }
  }
}

function isIncluded(selection: SelectionNode, { variableValues }: Operation): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.if !== true && include?.if !== false;
}

function applies(condition: string | undefined, typeName: string, { schema }: Operation): boolean {
  if (condition === undefined || condition === typeName) return true;
  const [abstract, concrete] = [schema.getType(condition), schema.getType(typeName)];
  return isAbstractType(abstract) && isObjectType(concrete) && schema.isSubType(abstract, concrete);
}
