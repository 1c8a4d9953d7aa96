import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { EntityRoots } from './entity-roots.js';

/** An operation in two: one that reaches some entities, and for each of their types one that goes on from there. */
export interface SplitOperation {
  readonly first: string;
  readonly rest: readonly { readonly type: string; readonly source: string }[];
}

/**
 * Splits the only operation of a document below the field at `path`, given as response names. `schema` is that of the
 * supergraph with its entity roots. Undefined where nothing stands there that a plan could begin with.
 */
export function splitOperation(
  document: DocumentNode,
  path: readonly string[],
  schema: GraphQLSchema,
  roots: EntityRoots,
): SplitOperation | undefined {
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  if (operation === null || operation === undefined || root === null || root === undefined) return undefined;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const taken = new Map<string, SelectionNode[]>();

  const cut = (
    selectionSet: SelectionSetNode,
    parent: GraphQLCompositeType,
    depth: number,
  ): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) return cutField(selection, parent, depth);
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) return selection;
      const condition = fragment.typeCondition?.name;
      const type = condition === undefined ? parent : schema.getType(condition.value);
      if (!isCompositeType(type)) return selection;
      return inlineFragment(cut(fragment.selectionSet, type, depth).selections, condition?.value, selection);
    }),
  });
  const cutField = (field: FieldNode, parent: GraphQLCompositeType, depth: number): FieldNode => {
    if ((field.alias ?? field.name).value !== path[depth] || field.selectionSet === undefined) return field;
    const definition = isUnionType(parent) ? undefined : parent.getFields()[field.name.value];
    const type = definition && getNamedType(definition.type);
    if (!isCompositeType(type)) return field;
    const isLast = depth === path.length - 1;
    return {
      ...field,
      selectionSet: isLast ? take(field.selectionSet, type) : cut(field.selectionSet, type, depth + 1),
    };
  };
  const take = (selectionSet: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode => {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const selections = possible.map((member) => {
      const own = specialise(selectionSet, member, schema, fragments);
      const key = roots.keyOf(member.name);
      if (key === undefined) return inlineFragment([TYPENAME, ...own], member.name);
      // Under whatever name the client wants them, keys are asked for on the way: the second part begins with them.
      const { kept, moved } = partition(own, new Set(['__typename', ...key]));
      taken.set(member.name, [...(taken.get(member.name) ?? []), ...moved]);
      return inlineFragment([TYPENAME, ...key.map(plainField), ...kept], member.name);
    });
    return { kind: Kind.SELECTION_SET, selections: [TYPENAME, ...selections] };
  };

  const selectionSet = cut(operation.selectionSet, root, 0);
  const rest = [...taken].filter(([, selections]) => selections.length > 0);
  if (rest.length === 0) return undefined;
  const printAll = (definition: typeof operation): string =>
    [definition, ...fragments.values()].map((node) => print(node)).join('\n');
  return {
    first: printAll({ ...operation, selectionSet }),
    rest: rest.map(([type, selections]) => {
      const field = { ...plainField(roots.rootField(type)), selectionSet: setOf(selections) };
      const definition = { ...operation, operation: OperationTypeNode.QUERY, selectionSet: setOf([field]) };
      return { type, source: printAll(definition) };
    }),
  };
}

/** What a selection says of one type of object, without the conditions that this type meets anyway. */
function specialise(
  selectionSet: SelectionSetNode,
  type: GraphQLObjectType,
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode[] {
  return selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment === undefined) return [];
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const applies =
      condition === undefined ||
      (isObjectType(condition)
        ? condition === type
        : isAbstractType(condition) && schema.isSubType(condition, type));
    if (!applies) return [];
    const inner = specialise(fragment.selectionSet, type, schema, fragments);
    if (inner.length === 0) return [];
    return (selection.directives ?? []).length === 0 ? inner : [inlineFragment(inner, undefined, selection)];
  });
}

/** Parts selections into those of some fields and the others. */
function partition(
  selections: readonly SelectionNode[],
  names: ReadonlySet<string>,
): { readonly kept: SelectionNode[]; readonly moved: SelectionNode[] } {
  const kept: SelectionNode[] = [];
  const moved: SelectionNode[] = [];
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = partition(selection.selectionSet.selections, names);
      if (inner.kept.length > 0) kept.push({ ...selection, selectionSet: setOf(inner.kept) });
      if (inner.moved.length > 0) moved.push({ ...selection, selectionSet: setOf(inner.moved) });
    } else if (selection.kind === Kind.FIELD && names.has(selection.name.value)) kept.push(selection);
    else moved.push(selection);
  }
  return { kept, moved };
}

function inlineFragment(
  selections: readonly SelectionNode[],
  condition: string | undefined,
  { directives = [] }: Pick<SelectionNode, 'directives'> = {},
): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    directives,
    ...(condition === undefined
      ? {}
      : { typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } } }),
    selectionSet: setOf(selections),
  };
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function plainField(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}

const TYPENAME = plainField('__typename');
