import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { AskgraphError, asAskgraphError, isErrorCode } from '../../schema/errors.js';
import type { ResultSet } from '../../subgraphs/connectors/connector.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import type { Plan, PlannedSource, PlanStep } from '../planner/planner.js';
import type { StepResult } from './step-result.js';
import { type EarlierResults, fillSql, fillVariables } from './step-values.js';
import type { StepProgress } from './steps.js';
import { tabulate } from './tabulate.js';

/** The ways to data, each of which checks what it is given: the supergraph, and the domains' SQL doors. */
export interface Doors {
  graphql(
    query: string,
    variables: Readonly<Record<string, unknown>> | undefined,
    context: RequestContext,
  ): Promise<ExecutionResult>;
  sql(domain: string, text: string, rowLimit: number, context: RequestContext): Promise<SqlResult>;
  /** Has a domain's engine plan SQL, without reading a row. Throws what `sql` would throw before its first one. */
  explain(domain: string, text: string, rowLimit: number, context: RequestContext): Promise<void>;
  /** What SQL for a domain would read; nothing runs. Throws what the guard refuses the caller. */
  inspect(domain: string, text: string, context: RequestContext): Promise<readonly PlannedSource[]>;
  /** How many of the domain's rows a model may hear of; undefined: as many as there are. */
  rowsToModel(domain: string, context: RequestContext): number | undefined;
  /** What the caller may ask in GraphQL. */
  schema(context: RequestContext): GraphQLSchema;
}

export interface SqlResult extends ResultSet {
  /** The statement that ran, as the guard wrote it. */
  readonly executedSql: string;
}

/** What became of a step. */
export type StepRun = { readonly step: PlanStep; readonly milliseconds: number } & (
  | { readonly status: 'succeeded'; readonly result: StepResult; readonly executedSql: string | null }
  | { readonly status: 'failed'; readonly error: AskgraphError }
  | { readonly status: 'skipped' }
);

/** What running a step needs. */
export interface Ways {
  readonly doors: Doors;
  /** By domain; undefined for one that takes no SQL. */
  readonly dialects: ReadonlyMap<string, Dialect | undefined>;
  /** Told how each step comes along. */
  readonly watch: (progress: StepProgress) => void;
}

/** Carries out a plan's steps, those that need no other at once. A step whose predecessor failed is skipped. */
export async function run(
  plan: Plan,
  rowLimit: number,
  ways: Ways,
  context: RequestContext,
): Promise<StepRun[]> {
  const runs = new Map<string, Promise<StepRun>>();
  for (const step of plan.steps) {
    const before = step.dependsOn.map((name) => runs.get(name));
    const ran = runAfter(before, step, rowLimit, ways, context);
    runs.set(
      step.name,
      ran.then((end) => {
        ways.watch(end);
        return end;
      }),
    );
  }
  return Promise.all(runs.values());
}

async function runAfter(
  before: readonly (Promise<StepRun> | undefined)[],
  step: PlanStep,
  rowLimit: number,
  ways: Ways,
  context: RequestContext,
): Promise<StepRun> {
  const earlier = await Promise.all(before);
  if (earlier.some((run) => run?.status !== 'succeeded')) return { step, status: 'skipped', milliseconds: 0 };
  ways.watch({ step, status: 'running', milliseconds: null });
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  try {
    const results = new Map(
      earlier.flatMap((run) => (run?.status === 'succeeded' ? [[run.step.name, run.result] as const] : [])),
    );
    const { result, executedSql } = await runStep(step, results, rowLimit, ways, context);
    return { step, status: 'succeeded', result, executedSql, milliseconds: elapsed() };
  } catch (thrown) {
    const error = asAskgraphError(thrown, 'INTERNAL', `The step on ${step.domain} failed.`);
    return { step, status: 'failed', error, milliseconds: elapsed() };
  }
}

async function runStep(
  step: PlanStep,
  earlier: EarlierResults,
  rowLimit: number,
  { doors, dialects }: Ways,
  context: RequestContext,
): Promise<{ result: StepResult; executedSql: string | null }> {
  if (step.language === 'SQL') {
    const sql = fillSql(step, earlier, dialects.get(step.domain));
    const { executedSql, ...result } = await doors.sql(step.domain, sql, rowLimit, context);
    return { result: { ...result, notes: [] }, executedSql };
  }
  const response = await doors.graphql(step.query, fillVariables(step, earlier), context);
  const [error] = response.errors ?? [];
  if (error !== undefined) {
    const original = error.originalError;
    if (original instanceof AskgraphError) throw original;
    throw new AskgraphError(codeOf(error.extensions.code), error.message, {
      domain: step.domain,
      cause: error,
    });
  }
  return { result: tabulate(response.data ?? {}, step.result, rowLimit), executedSql: null };
}

/** A code of ours stays; what a subgraph says otherwise is a failed query. */
function codeOf(code: unknown): AskgraphError['code'] {
  return isErrorCode(code) ? code : 'QUERY_FAILED';
}
