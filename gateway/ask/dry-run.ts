import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { PlannedPlan } from '../planner/planner.js';
import { isMendable } from './mendable.js';
import type { Doors, StepRun } from './run.js';

/**
 * Has the engines plan the SQL steps of a new plan that need no other step, all at once, before any step runs. A fault
 * that its planner may mend is found so before the other steps have been read and paid for in vain; and of several,
 * all. Where a plan is a single step, its own run begins with the very same.
 * @returns how the steps ended where the plan is to be mended: the others were not begun
 */
export async function dryRun(
  { steps, reply, recalled }: PlannedPlan,
  rowLimit: number,
  doors: Pick<Doors, 'explain'>,
  context: RequestContext,
): Promise<StepRun[] | undefined> {
  if (steps.length === 1 || reply === undefined || recalled !== undefined) return undefined;
  const ends = await Promise.all(
    steps.map(async (step): Promise<StepRun> => {
      const started = performance.now();
      const end = (): number => performance.now() - started;
      if (step.language === 'GRAPHQL' || step.dependsOn.length > 0)
        return { step, status: 'skipped', milliseconds: 0 };
      try {
        await doors.explain(step.domain, step.query, rowLimit, context);
        return { step, status: 'skipped', milliseconds: end() };
      } catch (error) {
        // What is no fault of the plan is met again when it runs.
        return error instanceof AskgraphError && isMendable(error)
          ? { step, status: 'failed', error, milliseconds: end() }
          : { step, status: 'skipped', milliseconds: end() };
      }
    }),
  );
  return ends.some(({ status }) => status === 'failed') ? ends : undefined;
}
