import type { QueryPlan } from '@graphql-hive/router-query-planner';

/** Makes query plans for one supergraph. */
export interface QueryPlanner {
  /** Plans the only operation of `source`. Throws PLAN_FAILED where no plan can be made. */
  plan(source: string): Promise<QueryPlan>;
  close(): void;
}
