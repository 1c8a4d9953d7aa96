import type { BatchFetchNode, FetchNode, PlanNode } from '@graphql-hive/router-query-planner';

/** Every fetch of a plan, wherever it stands. */
export function fetchesOf(node: PlanNode | null | undefined): (FetchNode | BatchFetchNode)[] {
  switch (node?.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return [node];
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap(fetchesOf);
    default:
      return [];
  }
}
