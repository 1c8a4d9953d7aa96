import type { QueryPlan } from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { PlannableOperation } from './plannable-operation.js';
import { collectFields, type SelectionContext } from './selections.js';

/** A fetch whose answer is the client's answer as it is. */
export interface PassThrough {
  readonly serviceName: string;
  /** The plan's operation, with the client's names. */
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly variableUsages: readonly string[] | undefined;
  /** The client's response names of the root, for a failure of the fetch as a whole. */
  readonly rootFields: readonly string[];
}

export interface PassThroughOptions {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly plannable: PlannableOperation;
  readonly schema: GraphQLSchema;
  /** Whether a type has members or values that clients must not see. */
  readonly hidesSome: (type: GraphQLNamedType) => boolean;
}

/**
 * Whether one subgraph answers an operation whole, and just as the client must have it: one fetch, which selects the
 * same fields in the same order for every type that can be met, nothing hidden among them and no conditions left.
 * Undefined where any of that is not certain.
 */
export function findPassThrough(plan: QueryPlan, options: PassThroughOptions): PassThrough | undefined {
  const { node } = plan;
  if (node?.kind !== 'Fetch' || options.plannable.introspection !== undefined) return undefined;
  if (node.requires !== undefined || (node.outputRewrites ?? []).length > 0) return undefined;
  const root = options.schema.getRootType(options.operation.operation);
  const fetched = parse(node.operation, { noLocation: true });
  const renamed = withClientNames(fetched, options.plannable.responseNames);
  const asked = getOperationAST(renamed);
  if (root === null || root === undefined || asked === null || asked === undefined) return undefined;
  const context = { schema: options.schema, variables: {} };
  const client: Side = { ...context, fragments: options.fragments };
  const subgraph: Side = { ...context, fragments: fragmentsOf(renamed) };
  if (hasConditions(renamed) || hasConditions(documentOf(options))) return undefined;
  const selections = [[options.operation.selectionSet], [asked.selectionSet]] as const;
  if (!isSame(root, ...selections, client, subgraph, options)) return undefined;
  return {
    serviceName: node.serviceName,
    operation: print(renamed),
    operationName: node.operationName,
    variableUsages: node.variableUsages,
    rootFields: [...collectFields(selections[0], root, client).keys()],
  };
}

type Side = SelectionContext;

function isSame(
  type: GraphQLNamedType,
  ours: readonly SelectionSetNode[],
  theirs: readonly SelectionSetNode[],
  client: Side,
  subgraph: Side,
  options: PassThroughOptions,
): boolean {
  if (!isCompositeType(type) || options.hidesSome(type)) return false;
  if (isAbstractType(type)) {
    const possible = options.schema.getPossibleTypes(type);
    return possible.every((member) => isSame(member, ours, theirs, client, subgraph, options));
  }
  const wanted = [...collectFields(ours, type, client)];
  const given = [...collectFields(theirs, type, subgraph)];
  if (wanted.length !== given.length) return false;
  return wanted.every(([name, nodes], index) => {
    const [givenName, givenNodes] = given[index] ?? [];
    const [node] = nodes;
    const [givenNode] = givenNodes ?? [];
    if (name !== givenName || node === undefined || givenNode?.name.value !== node.name.value) return false;
    if (
      name === '__proto__' ||
      (node.arguments ?? []).map(print).join() !== (givenNode.arguments ?? []).map(print).join()
    ) {
      return false;
    }
    if (node.name.value === '__typename') return true;
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    if (field === undefined) return false;
    const below = getNamedType(field.type);
    if (!isCompositeType(below)) return !(isEnumType(below) && options.hidesSome(below));
    return isSame(below, setsOf(nodes), setsOf(givenNodes ?? []), client, subgraph, options);
  });
}

function setsOf(
  nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[],
): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}

function withClientNames(document: DocumentNode, responseNames: ReadonlyMap<string, string>): DocumentNode {
  return visit(document, {
    [Kind.FIELD]: {
      enter: (field) => {
        const name = field.alias === undefined ? undefined : responseNames.get(field.alias.value);
        if (name === undefined) return undefined;
        const { alias: _, ...rest } = field;
        return name === field.name.value ? rest : { ...rest, alias: { kind: Kind.NAME, value: name } };
      },
    },
  });
}

function documentOf({ operation, fragments }: PassThroughOptions): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] };
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}

/** Whether anything is skipped or included, whatever the condition. */
function hasConditions(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.DIRECTIVE]: {
      enter: ({ name }) => {
        if (name.value === 'skip' || name.value === 'include') found = true;
      },
    },
  });
  return found;
}
