import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Asker, EarlierTurn, FailedPlan, Planner, PlanRequest } from '../planner/planner.js';
import type { PlanCache } from './plan-cache.js';
import type { AskInput } from './schema/ask-service.js';
import type { VerifiedBook } from './verified/verified-book.js';

/** What is known of questions that were asked before. */
export interface Memory {
  /** The last answers of the question's conversation, oldest first. */
  earlier(input: AskInput, context: RequestContext): Promise<readonly EarlierTurn[]>;
  readonly verified: Pick<VerifiedBook, 'find' | 'alike'>;
  readonly plans: PlanCache;
}

/**
 * A planner for what no steward has approved and nobody has asked yet. A plan that was made before and fails now is
 * made anew.
 */
export function remembering(
  planner: Planner,
  { verified, plans }: Pick<Memory, 'verified' | 'plans'>,
  policyDigest: string,
): Planner {
  return {
    name: planner.name,
    async plan(request: PlanRequest, asker: Asker) {
      const approved = await verified.find(request, asker);
      if (approved !== undefined) return { ...approved, recalled: 'verified' };
      return (await plans.find(request, policyDigest)) ?? planner.plan(request, asker);
    },
    revise(request: PlanRequest, asker: Asker, failed: readonly FailedPlan[]) {
      const own = failed.filter(({ plan }) => plan.reply !== undefined);
      return own.length === 0 || planner.revise === undefined
        ? planner.plan(request, asker)
        : planner.revise(request, asker, own);
    },
  };
}
