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

/** Undefined where nothing had to be taken out. Fragments are written out: places of one may have other types. */
function narrowDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  subgraph: string,
  { isInvented, ownType }: WidenedSupergraph,
): DocumentNode | undefined {
  let isNarrowed = false;
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const narrow = (
    selectionSet: SelectionSetNode,
    parent: GraphQLCompositeType | undefined,
  ): SelectionSetNode => {
    const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet === undefined) return [selection];
        const field =
          parent === undefined || isUnionType(parent) ? undefined : parent.getFields()[selection.name.value];
        const own = parent && ownType(subgraph, parent.name, selection.name.value);
        const type = own === undefined ? field && getNamedType(field.type) : schema.getType(own);
        const below = isCompositeType(type) ? type : undefined;
        return [{ ...selection, selectionSet: narrow(selection.selectionSet, below) }];
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) return [selection];
      const condition = fragment.typeCondition?.name.value;
      if (condition !== undefined && parent !== undefined) {
        const isInVain = isInvented(subgraph, parent.name, condition);
        // The field is of one type alone there, which only seemed to be among the condition's.
        const isAlwaysMet = isInvented(subgraph, condition, parent.name);
        if (isInVain || isAlwaysMet) isNarrowed = true;
        if (isInVain) return [];
        if (isAlwaysMet) return narrow(fragment.selectionSet, parent).selections;
      }
      const type = condition === undefined ? parent : schema.getType(condition);
      const { typeCondition, selectionSet: inner } = fragment;
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          ...(typeCondition === undefined ? {} : { typeCondition }),
          directives: selection.directives ?? [],
          selectionSet: narrow(inner, isCompositeType(type) ? type : undefined),
        },
      ];
    });
    return { ...selectionSet, selections: selections.length > 0 ? selections : [TYPENAME] };
  };
  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = schema.getRootType(definition.operation) ?? undefined;
    return [{ ...definition, selectionSet: narrow(definition.selectionSet, root) }];
  });
  return isNarrowed ? { ...document, definitions } : undefined;
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
