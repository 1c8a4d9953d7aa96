import { AskgraphError } from '../../schema/errors.js';
import type { ResultSet } from '../../subgraphs/connectors/connector.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Plan } from '../planner/planner.js';
import type { StepRun } from './run.js';

/** Runs SQL over the steps' results, each a table of its step's name, in a database of its own that holds nothing else. */
export type Combine = (request: {
  readonly sql: string;
  readonly tables: readonly {
    readonly name: string;
    readonly columns: ResultSet['columns'];
    readonly rows: ResultSet['rows'];
  }[];
  readonly rowLimit: number;
  /** Whose request it is. */
  readonly context: RequestContext;
}) => Promise<ResultSet>;

export interface Combined {
  /** The plan's result; null where what it needs is missing. */
  readonly result: ResultSet | null;
  /** The step whose rows the result is; null for the combining step's own. */
  readonly step: string | null;
  readonly milliseconds: number | null;
}

export type Success = Extract<StepRun, { status: 'succeeded' }>;

/**
 * The plan's one result. Where a step of several failed, the first that succeeded stands alone: part of an answer,
 * told as such, is better than none.
 */
export async function combine(
  plan: Plan,
  runs: readonly StepRun[],
  rowLimit: number,
  run: Combine,
  context: RequestContext,
): Promise<Combined> {
  const succeeded = runs.filter((step): step is Success => step.status === 'succeeded');
  const [first] = succeeded;
  if (first === undefined) return { result: null, step: null, milliseconds: null };
  if (plan.combine === undefined || succeeded.length < runs.length) {
    return { result: first.result, step: first.step.name, milliseconds: null };
  }
  const cut = succeeded.find(({ result }) => result.truncated);
  if (cut !== undefined) {
    throw new AskgraphError(
      'TOO_COMPLEX',
      `The step on ${cut.step.domain} gives more rows than can be combined: a figure from a part of them would be wrong.`,
      {
        domain: cut.step.domain,
      },
    );
  }
  const started = performance.now();
  const tables = succeeded.map(({ step, result }) => ({
    name: step.name,
    columns: result.columns,
    rows: result.rows,
  }));
  const result = await run({ sql: plan.combine.query, tables, rowLimit, context });
  return { result, step: null, milliseconds: performance.now() - started };
}
