import type { ColumnType } from '../../schema/hive-type.js';
import type { Grain } from '../../subgraphs/sql/table-query.js';
import type { Candidates } from '../knowledge/knowledge.js';

/** Whoever plans, a plan is data: `run` carries it out, `combine` joins its results, `answer` tells them. */
export type PlanOutcome = Plan | Clarify | NotUnderstood | Refuse;

export interface Plan {
  readonly kind: 'plan';
  readonly steps: readonly [PlanStep, ...PlanStep[]];
  /** Where there is more than one step, or more to do with its rows: SQL over tables named after the steps. */
  readonly combine?: CombineStep;
  /** What was asked, in plain words, built from the plan itself. */
  readonly restatement: string;
  /** The result's columns in their order. */
  readonly columns: readonly PlannedColumn[];
  readonly assumptions: readonly string[];
  readonly sources: readonly PlannedSource[];
  /** What rows were chosen by: "the 5 with the highest total price paid". */
  readonly ranking?: { readonly end: string; readonly label: string };
  /** The stretch of time that was asked for, and the column it was read on. */
  readonly time?: PlannedTime;
  /** How sure the planner is, from 0 to 1. */
  readonly confidence: number;
}

export type PlanStep = GraphqlStep | SqlStep;

interface StepBase {
  /** Unique in the plan; a word that SQL takes as a table name. */
  readonly name: string;
  readonly domain: string;
  readonly query: string;
  readonly dependsOn: readonly string[];
}

export interface SqlStep extends StepBase {
  readonly language: 'SQL';
}

export interface GraphqlStep extends StepBase {
  readonly language: 'GRAPHQL';
  readonly variables?: Readonly<Record<string, unknown>>;
  /** How the response becomes rows. */
  readonly result: GraphqlResultShape;
}

export interface GraphqlResultShape {
  /** From `data` to the rows: a list, or one object. */
  readonly rowPath: readonly string[];
  /** From a row to each value. */
  readonly columns: readonly {
    readonly name: string;
    readonly path: readonly string[];
    readonly type: ColumnType;
  }[];
  /** From `data` to texts that say why there are no rows. */
  readonly notes: readonly (readonly string[])[];
}

export interface CombineStep {
  /** SQL in DuckDB's dialect, in which each step is a table of its own name. */
  readonly query: string;
}

export interface PlannedColumn {
  readonly name: string;
  readonly label: string;
  readonly unit?: string;
  /** Of a column of periods: how long they are. */
  readonly grain?: Grain;
  /** `asked` columns make up the table; `supporting` ones stand beside it as facts. */
  readonly role: 'asked' | 'supporting';
}

export interface PlannedSource {
  readonly domain: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** The column that says how far the table's data reaches. */
  readonly timeColumn?: string;
}

export interface PlannedTime {
  readonly domain: string;
  readonly table: string;
  readonly column: string;
  /** First day and the day after the last one, as ISO dates; absent where open. */
  readonly from?: string;
  readonly to?: string;
  readonly label: string;
}

export interface Clarify {
  readonly kind: 'clarify';
  readonly prompt: string;
  readonly choices: readonly { readonly id: string; readonly label: string; readonly plan: Plan }[];
}

export interface NotUnderstood {
  readonly kind: 'notUnderstood';
  /** Words that could not be placed. */
  readonly unplaced: readonly string[];
  /** The nearest reading, in plain words, where there is one. */
  readonly understood: string | undefined;
}

export interface Refuse {
  readonly kind: 'refuse';
  readonly reason: string;
}

export interface PlanRequest {
  readonly question: string;
  readonly asOf: Date;
  readonly timeZone: string;
  /** Rows to ask for where the question sets no number of its own. */
  readonly maxRows: number;
  readonly candidates: Candidates;
}

export interface Planner {
  readonly name: string;
  plan(request: PlanRequest): Promise<PlanOutcome>;
}
