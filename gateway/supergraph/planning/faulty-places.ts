import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { joinsOf } from './joins.js';
import { PlannerFailure } from './planner-process.js';

/** Where an operation may be split because it could not be planned, as response names; the first is the best. */
export type Places = readonly (readonly string[])[];

interface Selected {
  readonly path: readonly string[];
  readonly type: GraphQLCompositeType;
  readonly selectionSet: SelectionSetNode;
}

/**
 * Reads in a failure of the planner (0.0.38) where it has found no way: it tells a path, from the root or from an
 * entity that it was on the way from. Where it has told none, or ended, these are the objects that are asked for what
 * requires something.
 */
export function findFaultyPlaces(failure: unknown, document: DocumentNode, schema: GraphQLSchema): Places {
  if (!(failure instanceof PlannerFailure)) return [];
  const selected = selectedObjects(document, schema);
  const [, told, from] =
    /Path '([^']+)' cannot be found in selection set of type (\w+)/.exec(failure.message) ?? [];
  if (told === undefined) {
    return selected
      .filter(({ path, type, selectionSet }) =>
        path.length > 1 || !isEntityRoot(path[0]) ? requiresSome(type, selectionSet, schema) : false,
      )
      .map(({ path }) => path);
  }
  const names = told.split('.').filter((segment) => segment !== '@' && !segment.startsWith('|'));
  if (from === undefined || names.length === 0) return [];
  return selected
    .filter(({ path }) => names.every((name, index) => path[path.length - names.length + index] === name))
    .filter(({ path }) => {
      const start = path.slice(0, path.length - names.length);
      if (start.length === 0)
        return (
          schema.getType(from) === schema.getQueryType() || schema.getType(from) === schema.getMutationType()
        );
      return selected.some((other) => isSame(other.path, start) && mayBe(other.type, from, schema));
    })
    .map(({ path }) => path);
}

function isEntityRoot(name: string | undefined): boolean {
  return name?.startsWith('_entity_') === true;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

function mayBe(type: GraphQLCompositeType, name: string, schema: GraphQLSchema): boolean {
  if (type.name === name) return true;
  return isAbstractType(type) && schema.getPossibleTypes(type).some((member) => member.name === name);
}

/** The objects that an operation selects, the outer ones first. */
function selectedObjects(document: DocumentNode, schema: GraphQLSchema): Selected[] {
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const found: Selected[] = [];
  const look = (
    selectionSet: SelectionSetNode,
    type: GraphQLCompositeType,
    path: readonly string[],
  ): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = isUnionType(type) ? undefined : type.getFields()[selection.name.value];
        const below = field && getNamedType(field.type);
        if (selection.selectionSet === undefined || !isCompositeType(below)) continue;
        const place = [...path, (selection.alias ?? selection.name).value];
        found.push({ path: place, type: below, selectionSet: selection.selectionSet });
        look(selection.selectionSet, below, place);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      look(fragment.selectionSet, isCompositeType(condition) ? condition : type, path);
    }
  };
  if (operation && root) look(operation.selectionSet, root, []);
  return found.sort((one, other) => one.path.length - other.path.length);
}

/** Whether an object is asked, under any of its types, for a field that requires another. */
function requiresSome(
  type: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  schema: GraphQLSchema,
): boolean {
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  const requiring = new Set(
    types.flatMap((one) =>
      isUnionType(one)
        ? []
        : Object.values(one.getFields()).flatMap(({ name, astNode }) =>
            astNode && joinsOf(astNode, 'join__field').some(({ requires }) => requires !== undefined)
              ? [name]
              : [],
          ),
    ),
  );
  const names = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return requiring.has(selection.name.value);
      // What a fragment asks is not looked up: it may ask anything.
      return selection.kind === Kind.FRAGMENT_SPREAD ? requiring.size > 0 : names(selection.selectionSet);
    });
  return requiring.size > 0 && names(selectionSet);
}
