import type { ColumnType } from '../../schema/hive-type.js';

declare const checked: unique symbol;

/** A value bound to a statement; dates, decimals and bigints as text, which the statement's SQL casts. */
export type Parameter = string | number | boolean | null;

/**
 * The only thing a connector runs. Only `compile` (from a logical query) and `guard` (from SQL that a model or a
 * person wrote) make one; `architecture.test.ts` holds them to it.
 */
export interface Statement {
  readonly [checked]: true;
  /** SQL in the connector's own dialect. */
  readonly text: string;
  /** In the order of the dialect's placeholders. */
  readonly parameters: readonly Parameter[];
  /** The result's columns where the statement's author knows them; a connector otherwise reads the engine's types. */
  readonly columns: readonly ResultColumn[] | undefined;
  /** Rows past this are not fetched; the result then says `truncated`. */
  readonly rowLimit: number;
  /** Aborts at the deadline, or when the caller goes away. */
  readonly signal: AbortSignal;
  /** The catalog's tables that it reads, each with the columns that it touches. */
  readonly reads: Reads;
  readonly origin: StatementOrigin | 'operator' | undefined;
}

/** On whose behalf a statement runs: its engine's log tells it, and a source may run as the caller. */
export interface StatementOrigin {
  readonly requestId: string;
  readonly caller: {
    readonly subject: string;
    readonly roles: readonly string[];
    readonly claims: Readonly<Record<string, unknown>>;
  };
  /** Where a source runs statements as the caller: whether it does so with this one, or runs it as itself. */
  readonly runsAs: 'caller' | 'source';
}

export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** INTEGER and FLOAT are numbers, BIGINT and DECIMAL strings, DATE and DATETIME ISO text, JSON any JSON value. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly [key: string]: unknown }
  | readonly unknown[];

/** What is common to every statement of a request. */
export interface StatementLimits {
  readonly rowLimit: number;
  readonly signal: AbortSignal;
  /** `operator`: a command of whoever runs Askgraph. A statement of no origin runs as nobody's. */
  readonly origin?: StatementOrigin | 'operator';
}

/** Lines of a plan that are read of an engine. */
const MOST_PLAN_LINES = 10_000;

/** A statement that has its engine plan another one: the words for it before its text, its parameters and its origin. */
export function explaining(statement: Statement, words: string): Statement {
  const { text, ...others } = statement;
  return { ...others, text: `${words} ${text}`, columns: undefined, rowLimit: MOST_PLAN_LINES };
}

export function makeStatement(
  text: string,
  parameters: readonly Parameter[],
  columns: readonly ResultColumn[] | undefined,
  limits: StatementLimits,
  reads: Reads = new Map(),
): Statement {
  const { rowLimit, signal, origin } = limits;
  return { text, parameters, columns, rowLimit, signal, origin, reads } as Statement;
}
