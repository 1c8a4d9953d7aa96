import { parse, validate } from 'graphql';
import { AskgraphError } from '../../../schema/errors.js';
import type { Asker, Plan } from '../planner.js';
import { withoutReferences } from '../references.js';

/**
 * Whether an asker may see every name in a plan, and the catalog still has them all. It is looked up afresh each time:
 * a plan that does not fit today may fit again tomorrow.
 */
export async function fits(plan: Plan, asker: Asker): Promise<boolean> {
  try {
    for (const step of plan.steps) {
      if (step.language === 'SQL') await asker.inspect(step.domain, withoutReferences(step.query));
      else if (validate(asker.schema(), parse(step.query), undefined, { maxErrors: 1 }).length > 0)
        return false;
    }
    return true;
  } catch (error) {
    if (error instanceof AskgraphError) return false;
    throw error;
  }
}
