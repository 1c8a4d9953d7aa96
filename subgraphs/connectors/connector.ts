import type { Dialect } from '../sql/dialects/dialect.js';
import type { Cell, ResultColumn, Statement } from '../sql/statement.js';

/** One open database. It holds the domain's credential, and runs nothing but statements. */
export interface Connector {
  /** The engine in force, as people say it: `duckdb`, `redshift`. */
  readonly engine: string;
  readonly dialect: Dialect;
  /** Runs a statement and reads at most its row limit. Aborting its signal stops it on the server too. */
  query(statement: Statement): Promise<ResultSet>;
  /**
   * Has the engine plan a statement and nothing more: no row of a table is read. Throws what `query` would throw
   * before its first row, and TOO_COMPLEX for what would read more than the source's own limit, where it has one.
   */
  explain(statement: Statement): Promise<void>;
  /** Throws SOURCE_UNAVAILABLE where the database does not answer. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether the database had more rows than the statement's limit. */
  readonly truncated: boolean;
  /** Bytes that the engine says it read, in decimal digits, where it says so. */
  readonly bytesScanned?: string;
}

/** A database that can be opened: what a domain names as its source. */
export interface Source {
  readonly engine: string;
  open(context: SourceContext): Promise<Connector>;
}

export interface SourceContext {
  readonly domain: string;
  /** A folder for files that can be made again: demo data, imported tables. */
  readonly dataDirectory: string;
  /** Progress for people, such as "making demo data". */
  report(message: string): void;
}
