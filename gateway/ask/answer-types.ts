import type { ErrorCode } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';

/**
 * What `ask` gives back, as plain data: the pipeline makes it, the store keeps it as JSON, and the GraphQL classes in
 * `schema/` describe it to clients. Instants are ISO 8601 text in UTC, so that a stored answer reads back as it was.
 */
export interface Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly question: string;
  readonly createdAt: string;
  readonly status: AnswerStatus;
  /** Plain text, in which every figure is grounded in the rows. */
  readonly text: string;
  /** What was asked, in plain words, built from the plan. */
  readonly restatement: string | null;
  readonly trust: Trust | null;
  readonly table: AnswerTable | null;
  readonly facts: readonly Fact[];
  readonly steps: readonly Step[];
  readonly sources: readonly Source[];
  readonly claims: readonly Claim[];
  readonly assumptions: readonly string[];
  readonly followUps: readonly string[];
  readonly missing: readonly Missing[];
  readonly clarification: Clarification | null;
  /** A Vega-Lite specification without URLs or expressions. */
  readonly chart: Readonly<Record<string, unknown>> | null;
  /** Who planned it: the planner's name. */
  readonly planner: string;
  readonly usage: Usage;
}

export const ANSWER_STATUSES = [
  'ANSWERED',
  'NO_DATA',
  'PARTIAL',
  'CLARIFICATION',
  'NOT_UNDERSTOOD',
  'NOT_PERMITTED',
  'REFUSED',
] as const;
export type AnswerStatus = (typeof ANSWER_STATUSES)[number];

export const TRUSTS = ['VERIFIED', 'COMPUTED', 'GENERATED'] as const;
export type Trust = (typeof TRUSTS)[number];

export const QUERY_LANGUAGES = ['GRAPHQL', 'SQL'] as const;
export type QueryLanguage = (typeof QUERY_LANGUAGES)[number];

export const STEP_STATUSES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export interface AnswerTable {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Null where nobody counted. */
  readonly totalRows: number | null;
  readonly truncated: boolean;
}

export interface AnswerColumn {
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly unit: string | null;
  readonly masked: boolean;
}

/** A figure that supports the answer but is not part of its table. */
export interface Fact {
  readonly label: string;
  readonly value: Cell;
  readonly unit: string | null;
}

export interface Step {
  /** Unique in its answer. */
  readonly name: string;
  readonly dependsOn: readonly string[];
  /** Null for the combining step. */
  readonly domain: string | null;
  readonly engine: string;
  readonly language: QueryLanguage;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** Null unless the caller may read SQL; policy predicates are left out. */
  readonly executedSql: string | null;
  readonly status: StepStatus;
  /** From 1. */
  readonly attempt: number;
  readonly rows: number | null;
  /** Decimal digits; null where the engine does not say. */
  readonly bytesScanned: string | null;
  readonly milliseconds: number | null;
  readonly error: Fault | null;
}

export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly domain: string | null;
  readonly retryable: boolean;
  readonly requestId: string;
}

export interface Source {
  readonly domain: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** The last instant that the source's data reaches, where the question is about time. */
  readonly dataThrough: string | null;
}

/** A sentence of the answer's text, with the cells that bear it out. */
export interface Claim {
  readonly text: string;
  readonly cells: readonly CellReference[];
}

export interface CellReference {
  readonly step: string;
  /** From 0. */
  readonly row: number;
  readonly column: string;
}

export interface Missing {
  readonly domain: string;
  readonly fault: Fault;
}

export interface Clarification {
  readonly prompt: string;
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface Usage {
  readonly modelCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** A decimal number in `currency`; null where no price is known. */
  readonly cost: string | null;
  readonly currency: string | null;
  readonly milliseconds: number;
}
