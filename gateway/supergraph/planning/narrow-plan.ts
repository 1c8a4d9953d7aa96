import type { PlanNode } from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isUnionType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { withOperation } from './fetch-variables.js';
import { fetchesOf } from './plan-nodes.js';
import type { WidenedSupergraph } from './widen-abstract-types.js';

/**
 * Takes out of a plan what subgraphs are asked only because they seemed to have more members of an abstract type than
 * they have: they never answer with these. Changes the plan in place. `schema` is that of the whole supergraph.
 */
export function narrowPlan(
  node: PlanNode | null | undefined,
  widened: WidenedSupergraph,
  schema: GraphQLSchema,
): void {
  for (const fetch of fetchesOf(node)) {
    const document = parse(fetch.operation, { noLocation: true });
    const narrowed = narrowDocument(document, schema, fetch.serviceName, widened);
    if (narrowed === undefined) continue;
    Object.assign(fetch, withOperation(fetch, narrowed));
  }
}

/** Undefined where nothing had to be taken out. */
function narrowDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  subgraph: string,
  { isInvented, ownType }: WidenedSupergraph,
): DocumentNode | undefined {
  let isNarrowed = false;
  const narrow = (
    selectionSet: SelectionSetNode,
    parent: GraphQLCompositeType | undefined,
  ): SelectionSetNode => {
    const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD || selection.selectionSet === undefined) return [selection];
      if (selection.kind === Kind.FIELD) {
        const field =
          parent === undefined || isUnionType(parent) ? undefined : parent.getFields()[selection.name.value];
        const own = parent && ownType(subgraph, parent.name, selection.name.value);
        const type = own === undefined ? field && getNamedType(field.type) : schema.getType(own);
        const below = isCompositeType(type) ? type : undefined;
        return [{ ...selection, selectionSet: narrow(selection.selectionSet, below) }];
      }
      const condition = selection.typeCondition?.name.value;
      if (condition !== undefined && parent !== undefined && isInvented(subgraph, parent.name, condition)) {
        isNarrowed = true;
        return [];
      }
      const type = condition === undefined ? parent : schema.getType(condition);
      const inner = narrow(selection.selectionSet, isCompositeType(type) ? type : undefined);
      return [{ ...selection, selectionSet: inner }];
    });
    return { ...selectionSet, selections: selections.length > 0 ? selections : [TYPENAME] };
  };
  const definitions = document.definitions.map((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const root = schema.getRootType(definition.operation) ?? undefined;
      return { ...definition, selectionSet: narrow(definition.selectionSet, root) };
    }
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) return definition;
    const type = schema.getType(definition.typeCondition.name.value);
    return {
      ...definition,
      selectionSet: narrow(definition.selectionSet, isCompositeType(type) ? type : undefined),
    };
  });
  return isNarrowed ? { ...document, definitions } : undefined;
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
