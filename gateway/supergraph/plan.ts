import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { AskgraphError } from '../../schema/errors.js';
import type { PlannerSdl } from './subgraph-order.js';

/** Makes query plans for one supergraph. */
export interface QueryPlanner {
  /** Plans the only operation of `source`. Throws PLAN_FAILED where no plan can be made. */
  plan(source: string): Promise<QueryPlan>;
}

const SUPPORTED = 'macOS and Linux with glibc, on x64 and arm64';

/**
 * Loads the query planner, a native addon.
 * Throws PLATFORM_UNSUPPORTED where there is no binary of it, and COMPOSITION_FAILED where the supergraph is not one.
 */
export async function loadQueryPlanner({ sdl, nameOf }: PlannerSdl): Promise<QueryPlanner> {
  const { QueryPlanner: Addon } = await importPlanner();
  const addon = attempt(
    () => new Addon(sdl),
    'COMPOSITION_FAILED',
    'The supergraph SDL cannot be read by the query planner',
  );
  return {
    async plan(source) {
      try {
        return renameServices(await addon.planAsync(source, null, new Set(), 0), nameOf);
      } catch (cause) {
        throw new AskgraphError('PLAN_FAILED', 'No query plan could be made for this operation.', { cause });
      }
    },
  };
}

async function importPlanner(): Promise<typeof import('@graphql-hive/router-query-planner')> {
  try {
    return await import('@graphql-hive/router-query-planner');
  } catch (cause) {
    // The addon's own message speaks of a missing optional dependency, whatever the reason.
    throw new AskgraphError(
      'PLATFORM_UNSUPPORTED',
      `The query planner has no binary for ${process.platform} on ${process.arch}. It runs on ${SUPPORTED}.`,
      { cause },
    );
  }
}

function attempt<Result>(make: () => Result, code: 'COMPOSITION_FAILED', message: string): Result {
  try {
    return make();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AskgraphError(code, `${message}: ${reason}`, { cause });
  }
}

function renameServices(plan: QueryPlan, nameOf: (name: string) => string): QueryPlan {
  const rename = (node: PlanNode | null | undefined): void => {
    switch (node?.kind) {
      case 'Fetch':
      case 'BatchFetch':
        node.serviceName = nameOf(node.serviceName);
        break;
      case 'Flatten':
        rename(node.node);
        break;
      case 'Sequence':
      case 'Parallel':
        node.nodes.forEach(rename);
        break;
      case 'Condition':
        rename(node.ifClause);
        rename(node.elseClause);
        break;
      default:
        break;
    }
  };
  rename(plan.node);
  return plan;
}
