import type { FetchNode, PlanNode } from '@graphql-hive/router-query-planner';
import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import type { QueryPlanner } from './planning/query-planner.js';

/**
 * A planner that leaves to `planner` only what is to be planned: a root field of `owners` is answered by its subgraph
 * with all that is under it, so that there is one fetch for each of these subgraphs, beside the plan of the rest.
 */
export function splitPlanner(planner: QueryPlanner, owners: ReadonlyMap<string, string>): QueryPlanner {
  if (owners.size === 0) return planner;
  return {
    close: () => planner.close(),
    async plan(source, overrides) {
      const { definitions } = parse(source, { noLocation: true });
      const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
      if (operation?.operation !== 'query') return planner.plan(source, overrides);
      const fragments = fragmentsOf(definitions);
      const parts = partition(operation.selectionSet.selections, { owners, fragments });
      const rest = parts.get(undefined);
      if (rest !== undefined && parts.size === 1) return planner.plan(source, overrides);
      const nodes: PlanNode[] = [];
      for (const [owner, selections] of parts) {
        const part = partOf(operation, selections, fragments);
        if (owner !== undefined) nodes.push(fetchOf(owner, part));
        else {
          const { node } = await planner.plan(part.source, overrides);
          if (node !== undefined && node !== null) nodes.push(node);
        }
      }
      const [only] = nodes;
      return {
        kind: 'QueryPlan',
        node: nodes.length === 1 && only !== undefined ? only : { kind: 'Parallel', nodes },
      };
    },
  };
}

interface Splitting {
  readonly owners: ReadonlyMap<string, string>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The selections by the subgraph that answers them; undefined is for what is planned. Fragments are split up. */
function partition(
  selections: readonly SelectionNode[],
  splitting: Splitting,
): Map<string | undefined, SelectionNode[]> {
  const parts = new Map<string | undefined, SelectionNode[]>();
  const add = (owner: string | undefined, selection: SelectionNode) => {
    const known = parts.get(owner);
    if (known === undefined) parts.set(owner, [selection]);
    else known.push(selection);
  };
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      add(splitting.owners.get(selection.name.value), selection);
      continue;
    }
    const { typeCondition, selectionSet } =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : splitting.fragments.get(selection.name.value)!;
    for (const [owner, inner] of partition(selectionSet.selections, splitting)) {
      add(owner, {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition === undefined ? {} : { typeCondition }),
        directives: selection.directives ?? [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
      });
    }
  }
  return parts;
}

interface Part {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: readonly string[];
}

/** An operation of some selections alone, with the fragments and variables that these come to. */
function partOf(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Part {
  const variables = new Set<string>();
  const reached = new Map<string, FragmentDefinitionNode>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      [Kind.VARIABLE]: {
        enter: ({ name }) => {
          variables.add(name.value);
        },
      },
      [Kind.FRAGMENT_SPREAD]: {
        enter: ({ name }) => {
          const fragment = fragments.get(name.value);
          if (fragment === undefined || reached.has(name.value)) return;
          reached.set(name.value, fragment);
          look(fragment);
        },
      },
    });
  };
  const part: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections] },
  };
  look(part);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  return {
    source: [{ ...part, variableDefinitions }, ...reached.values()].map(print).join('\n'),
    operationName: operation.name?.value,
    variables: [...variables],
  };
}

function fetchOf(serviceName: string, { source, operationName, variables }: Part): FetchNode {
  return {
    kind: 'Fetch',
    serviceName,
    operationKind: 'query',
    operation: source,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables.length === 0 ? {} : { variableUsages: [...variables] }),
  };
}

function fragmentsOf(definitions: readonly DefinitionNode[]): Map<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}
