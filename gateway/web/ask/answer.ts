/** The part of the contract's types that the page reads. `JSON` cells: a DECIMAL or BIGINT is a string. */
export type AnswerStatus =
  | 'ANSWERED'
  | 'NO_DATA'
  | 'PARTIAL'
  | 'CLARIFICATION'
  | 'NOT_UNDERSTOOD'
  | 'NOT_PERMITTED'
  | 'REFUSED';

export type Trust = 'VERIFIED' | 'COMPUTED' | 'GENERATED';

export type ColumnType =
  | 'STRING'
  | 'INTEGER'
  | 'BIGINT'
  | 'DECIMAL'
  | 'FLOAT'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME'
  | 'JSON';

export interface AskInput {
  readonly question: string;
  readonly conversationId?: string;
  readonly choiceId?: string;
  readonly domains?: readonly string[];
  readonly asOf?: string;
  readonly timeZone?: string;
}

export interface Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly status: AnswerStatus;
  readonly text: string;
  readonly restatement: string | null;
  readonly trust: Trust | null;
  readonly table: AnswerTable | null;
  readonly facts: readonly Fact[];
  readonly steps: readonly Step[];
  readonly sources: readonly Source[];
  readonly assumptions: readonly string[];
  readonly followUps: readonly string[];
  readonly missing: readonly Missing[];
  readonly clarification: Clarification | null;
  readonly planner: string;
  readonly usage: Usage;
}

export interface AnswerTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  readonly totalRows: number | null;
  readonly truncated: boolean;
}

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly unit: string | null;
  readonly masked: boolean;
}

export interface Fact {
  readonly label: string;
  readonly value: unknown;
  readonly unit: string | null;
}

export interface Step {
  readonly name: string;
  readonly domain: string | null;
  readonly engine: string;
  readonly language: 'GRAPHQL' | 'SQL';
  readonly query: string;
  readonly variables: unknown;
  readonly executedSql: string | null;
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'SKIPPED';
  readonly rows: number | null;
  readonly milliseconds: number | null;
  readonly error: Fault | null;
}

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

export interface Source {
  readonly domain: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly dataThrough: string | null;
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
  readonly cost: string | null;
  readonly currency: string | null;
  readonly milliseconds: number;
}
