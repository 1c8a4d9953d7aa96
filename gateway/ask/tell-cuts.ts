import type { AskDomain } from '../knowledge/domain.js';
import type { StepRun } from './run.js';

/**
 * The typed API gives no more rows than the caller's policies allow, and doesn't say so: a list of just as many is taken
 * for one that was cut, since a figure from a part of the rows would be wrong.
 */
export function tellCuts(runs: readonly StepRun[], domains: readonly AskDomain[]): StepRun[] {
  return runs.map((run) => {
    if (run.status !== 'succeeded' || run.step.language !== 'GRAPHQL') return run;
    const most = domains.find(({ name }) => name === run.step.domain)?.restriction?.maximumRows;
    if (most === undefined || run.result.rows.length < most) return run;
    return { ...run, result: { ...run.result, truncated: true } };
  });
}
