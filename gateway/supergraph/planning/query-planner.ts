import type { QueryPlan } from '@graphql-hive/router-query-planner';

/** Which of the overrides that have a label hold for a request. */
export interface ActiveOverrides {
  /** The labels that hold, without percentages. */
  readonly labels: readonly string[];
  /** From 0 to 100: the label `percent(x)` holds where this is less than x. */
  readonly percentage: number;
  /** Another for every other outcome. */
  readonly key: string;
}

/** Of a supergraph without labels. */
export const NO_OVERRIDES: ActiveOverrides = { labels: [], percentage: 0, key: '' };

/** Makes query plans for one supergraph. */
export interface QueryPlanner {
  /** Plans the only operation of `source`. Throws PLAN_FAILED where no plan can be made. */
  plan(source: string, overrides: ActiveOverrides): Promise<QueryPlan>;
  close(): void;
}
