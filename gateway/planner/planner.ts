import type { GraphQLSchema } from 'graphql';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Grain } from '../../subgraphs/sql/table-query.js';
import type { Candidates } from '../knowledge/retrieve/retrieve.js';
import type { TokenUsage } from '../model/model.js';

/** Whoever plans, a plan is data: `run` carries it out, `combine` joins its results, `answer` tells them. */
export type PlanOutcome = Plan | Clarify | NotUnderstood | Refuse;

/** An outcome, and who it is of. */
export type Planned = PlanOutcome & {
  /** The language model that was asked; absent where none was. */
  readonly model?: string;
  /** Where it was not made for this question: a verified query, or a plan that was made for the same question before. */
  readonly recalled?: 'verified' | 'cached';
};

export type PlannedPlan = Extract<Planned, { kind: 'plan' }>;

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
  /** The whole question, where what was asked goes on from an earlier one. */
  readonly question?: string;
  /** What the planner itself said, for it to hear again where the plan fails. */
  readonly reply?: unknown;
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
  /** The columns whose values it shows, as they are or in a figure. */
  readonly shows?: readonly PlannedValue[];
}

export interface PlannedValue {
  readonly domain: string;
  readonly table: string;
  readonly column: string;
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
  /** Without a plan where the choice is to be planned with the question again, as what was meant by it. */
  readonly choices: readonly { readonly id: string; readonly label: string; readonly plan?: Plan }[];
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
  /** What the asker chose, in words, where the question had several readings. */
  readonly meaning?: string;
  readonly asOf: Date;
  readonly timeZone: string;
  /** Rows to ask for where the question sets no number of its own. */
  readonly maxRows: number;
  readonly candidates: Candidates;
  /** Only these domains; absent: all that the asker may see. */
  readonly domains?: readonly string[];
  /** The last answers of the conversation, oldest first; absent where the question begins one. */
  readonly earlier?: readonly EarlierTurn[];
  /** Verified queries most like the question, the likest first: the asker may see every name in them. */
  readonly verified?: readonly VerifiedExample[];
}

/** A question of the conversation that was answered under the asker's present permissions. */
export interface EarlierTurn {
  /** Whole, where it went on from an earlier one itself. */
  readonly question: string;
  readonly plan: Plan;
}

/** A question, and the plan that a steward has approved for it. */
export interface VerifiedExample {
  readonly question: string;
  readonly plan: Plan;
}

/** Who asks, as a planner needs to know: what they may see and spend. */
export interface Asker {
  /** Aborts at the deadline, or when they go away. */
  readonly signal: AbortSignal;
  /** What they may ask in GraphQL. */
  schema(): GraphQLSchema;
  /** Whether a model may hear values that the domain's columns hold. */
  valuesForModel(domain: string): 'shown' | 'withheld';
  /** The tables and columns that SQL for a domain would read. Throws what the guard refuses them. */
  inspect(domain: string, sql: string): Promise<readonly PlannedSource[]>;
  /** Calls a language model on their account. Throws BUDGET_EXCEEDED and AUDIT_UNAVAILABLE, and what the call throws. */
  callModel<Reply extends { readonly usage: TokenUsage }>(
    request: ModelCall,
    call: () => Promise<Reply>,
  ): Promise<Reply>;
}

/** What a model is about to be sent. */
export interface ModelCall {
  readonly model: string;
  readonly purpose: 'plan' | 'answer' | 'embed';
  /** All of it, as text. */
  readonly prompt: string;
  /** Tokens that it may use at most. */
  readonly maximumTokens: number;
}

/** A plan that could not be carried out, in words that a model may hear. */
export interface FailedPlan {
  readonly plan: Plan;
  readonly problems: readonly string[];
}

export interface Planner {
  readonly name: string;
  plan(request: PlanRequest, asker: Asker): Promise<Planned>;
  /** Plans again, where that can help: knowing what failed, the latest last. */
  readonly revise?: (request: PlanRequest, asker: Asker, failed: readonly FailedPlan[]) => Promise<Planned>;
}
