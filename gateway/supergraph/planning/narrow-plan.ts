import type { PlanNode } from '@graphql-hive/router-query-planner';
import {
  type DefinitionNode,
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
  visit,
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
  { isInvented }: WidenedSupergraph,
  schema: GraphQLSchema,
): void {
  for (const fetch of fetchesOf(node)) {
    const document = parse(fetch.operation, { noLocation: true });
    const narrowed = narrowDocument(document, schema, (abstractType, member) =>
      isInvented(fetch.serviceName, abstractType, member),
    );
    if (narrowed === undefined) continue;
    Object.assign(fetch, withOperation(fetch, narrowed));
  }
}

type IsInvented = (abstractType: string, member: string) => boolean;

/** Undefined where nothing had to be taken out. */
function narrowDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  isInvented: IsInvented,
): DocumentNode | undefined {
  let isNarrowed = false;
  const conditions = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION
        ? [[node.name.value, node.typeCondition.name.value] as const]
        : [],
    ),
  );
  const narrow = (
    selectionSet: SelectionSetNode,
    parent: GraphQLCompositeType | undefined,
  ): SelectionSetNode => {
    const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet === undefined) return [selection];
        const field =
          parent === undefined || isUnionType(parent) ? undefined : parent.getFields()[selection.name.value];
        const type = field && getNamedType(field.type);
        const below = isCompositeType(type) ? type : undefined;
        return [{ ...selection, selectionSet: narrow(selection.selectionSet, below) }];
      }
      const condition =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection.typeCondition?.name.value
          : conditions.get(selection.name.value);
      if (condition !== undefined && parent !== undefined && isInvented(parent.name, condition)) {
        isNarrowed = true;
        return [];
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
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
  return isNarrowed ? withoutUnused({ ...document, definitions }) : undefined;
}

/** Without the fragments that no operation comes to any more. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const reached = new Set<DefinitionNode>(operations);
  // A set grows while it is gone through.
  for (const definition of reached) {
    visit(definition, {
      [Kind.FRAGMENT_SPREAD]: {
        enter: ({ name }) => {
          const fragment = fragments.get(name.value);
          if (fragment !== undefined) reached.add(fragment);
        },
      },
    });
  }
  return { ...document, definitions: [...reached] };
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
