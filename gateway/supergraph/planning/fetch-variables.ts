import type { BatchFetchNode, FetchNode } from '@graphql-hive/router-query-planner';
import { type DocumentNode, Kind, print, visit } from 'graphql';

/** A fetch with another operation, and without the variables that this operation does not use. */
export function withOperation<Node extends FetchNode | BatchFetchNode>(
  fetch: Node,
  document: DocumentNode,
): Node {
  const used = new Set<string>();
  visit(document, {
    [Kind.VARIABLE_DEFINITION]: { enter: () => false },
    [Kind.VARIABLE]: {
      enter: ({ name }) => {
        used.add(name.value);
      },
    },
  });
  const narrowed: DocumentNode = visit(document, {
    [Kind.VARIABLE_DEFINITION]: {
      enter: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
    },
  });
  const usages = fetch.variableUsages?.filter((name) => used.has(name));
  return {
    ...fetch,
    operation: print(narrowed),
    ...(usages === undefined ? {} : { variableUsages: usages }),
  };
}
