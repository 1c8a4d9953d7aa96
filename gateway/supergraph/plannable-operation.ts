import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { readCondition } from './conditions.js';

/** A client's operation, taken apart into what the subgraphs are asked and what is answered here. */
export interface PlannableOperation {
  /** What is planned: no introspection, no constant conditions, aliases of our own. Undefined: nothing to fetch. */
  readonly source: string | undefined;
  /** The introspection fields of the root alone, as a document; undefined where there are none. */
  readonly introspection: DocumentNode | undefined;
  /** The name under which a field of the client's operation stands in the fetched data. */
  readonly dataKey: (field: FieldNode) => string;
  /** The client's response name of each alias that stands in `source`. */
  readonly responseNames: ReadonlyMap<string, string>;
}

/**
 * Rewrites an operation for the planner.
 *
 * A field that the client gave arguments or an alias is fetched under an alias that nothing else in the plan uses.
 * Otherwise the client's `id: title` or `price(currency: "EUR")` would stand where the plan looks for the key `id` or
 * for the `price(currency: "USD")` that a field requires. What is left under a field's own name is that field without
 * arguments, the same for everybody.
 */
export function makePlannable(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  aliasPrefix: string,
  conditions: Conditions,
): PlannableOperation {
  const aliases = new Map<string, string>();
  const responseNames = new Map<string, string>();
  const dataKey = (field: FieldNode): string => {
    const name = field.name.value;
    if (name.startsWith('__')) return name;
    const hasArguments = field.arguments !== undefined && field.arguments.length > 0;
    // `toString` and its like are fields of every object: under an alias, missing data can be told from them.
    if (!hasArguments && field.alias === undefined && !(name in Object.prototype)) return name;
    const identity = `${field.alias?.value ?? name}:${name}(${(field.arguments ?? []).map(print).join()})`;
    const known = aliases.get(identity);
    if (known !== undefined) return known;
    const alias = `${aliasPrefix}${aliases.size}`;
    aliases.set(identity, alias);
    responseNames.set(alias, field.alias?.value ?? name);
    return alias;
  };

  const reached = new Map<string, FragmentDefinitionNode>();
  const rewrite = (selectionSet: SelectionSetNode): SelectionSetNode => {
    const selections = selectionSet.selections.flatMap((selection) => rewriteSelection(selection));
    return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [TYPENAME] };
  };
  const rewriteSelection = (selection: SelectionNode): SelectionNode[] => {
    const directives = settleConditions(selection.directives, conditions);
    if (directives === undefined) return [];
    if (selection.kind === Kind.FIELD) return [rewriteField(selection, directives)];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return [{ ...selection, directives, selectionSet: rewrite(selection.selectionSet) }];
    }
    reach(selection.name.value);
    return [{ ...selection, directives }];
  };
  const rewriteField = (field: FieldNode, directives: DirectiveNode[]): FieldNode => {
    const key = dataKey(field);
    const { alias: _, selectionSet, ...rest } = field;
    return {
      ...rest,
      directives,
      ...(key === field.name.value ? {} : { alias: { kind: Kind.NAME, value: key } }),
      ...(selectionSet === undefined ? {} : { selectionSet: rewrite(selectionSet) }),
    };
  };
  const reach = (name: string): void => {
    const fragment = fragments.get(name);
    if (fragment === undefined || reached.has(name)) return;
    reached.set(name, fragment);
    reached.set(name, { ...fragment, selectionSet: rewrite(fragment.selectionSet) });
  };

  const root = splitRoot(operation.selectionSet, fragments, conditions);
  return {
    source:
      root.fetched.length === 0
        ? undefined
        : printAll(
            { ...operation, selectionSet: rewrite({ kind: Kind.SELECTION_SET, selections: root.fetched }) },
            reached,
          ),
    introspection:
      root.introspected.length === 0
        ? undefined
        : introspectionDocument(operation, root.introspected, fragments),
    dataKey,
    responseNames,
  };
}

/** A beginning of aliases that no field of the supergraph has. */
export function unusedAliasPrefix(supergraph: DocumentNode): string {
  const names = new Set<string>();
  visit(supergraph, {
    [Kind.FIELD_DEFINITION]: {
      enter: (field) => {
        names.add(field.name.value);
      },
    },
  });
  let prefix = '_a';
  while ([...names].some((name) => name.startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The values of variables that @skip and @include look at, as far as the plan is for these values only. */
export type Conditions = ReadonlyMap<string, boolean>;

/** Drops the conditions that are known to be met; undefined: the selection is left out. */
function settleConditions(
  directives: readonly DirectiveNode[] | undefined,
  conditions: Conditions,
): DirectiveNode[] | undefined {
  const open: DirectiveNode[] = [];
  for (const directive of directives ?? []) {
    const condition = readCondition(directive);
    const value = typeof condition?.if === 'string' ? conditions.get(condition.if) : condition?.if;
    if (condition === undefined || value === undefined) open.push(directive);
    else if (value !== condition.includes) return undefined;
  }
  return open;
}

interface Root {
  readonly fetched: SelectionNode[];
  readonly introspected: SelectionNode[];
}

/** Parts the root's fields into those of the subgraphs and __schema and __type; __typename needs nobody. */
function splitRoot(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  conditions: Conditions,
): Root {
  const root: Root = { fetched: [], introspected: [] };
  for (const selection of selectionSet.selections) {
    const directives = settleConditions(selection.directives, conditions);
    if (directives === undefined) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      if (name === '__schema' || name === '__type') root.introspected.push(selection);
      else if (name !== '__typename') root.fetched.push(selection);
      continue;
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (inner === undefined) continue;
    const parts = splitRoot(inner.selectionSet, fragments, conditions);
    const fragmentOf = (selections: SelectionNode[]): SelectionNode[] =>
      selections.length === 0
        ? []
        : [
            {
              kind: Kind.INLINE_FRAGMENT,
              directives,
              selectionSet: { kind: Kind.SELECTION_SET, selections },
            },
          ];
    root.fetched.push(...fragmentOf(parts.fetched));
    root.introspected.push(...fragmentOf(parts.introspected));
  }
  return root;
}

function introspectionDocument(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments.values()] };
}

function printAll(
  operation: OperationDefinitionNode,
  reached: ReadonlyMap<string, FragmentDefinitionNode>,
): string {
  return [operation, ...reached.values()].map(print).join('\n');
}
