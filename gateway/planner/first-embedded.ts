import { AskgraphError } from '../../schema/errors.js';
import type { Asker, Planner, PlanRequest } from './planner.js';

/**
 * The embedded planner first, and the model for what it does not read. Where the model does not answer, what the
 * embedded planner said stands: a question is never lost for want of a model.
 */
export function firstEmbedded(embedded: Planner, model: Planner): Planner {
  const { revise } = model;
  return {
    name: embedded.name,
    async plan(request: PlanRequest, asker: Asker) {
      const outcome = await embedded.plan(request, asker);
      if (outcome.kind !== 'notUnderstood') return outcome;
      try {
        return await model.plan(request, asker);
      } catch (error) {
        if (error instanceof AskgraphError && error.code === 'MODEL_UNAVAILABLE') return outcome;
        throw error;
      }
    },
    ...(revise === undefined ? {} : { revise }),
  };
}
