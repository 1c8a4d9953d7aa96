import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import { type ColumnType, parseHiveType } from '../../schema/hive-type.js';
import { duckdbDialect } from '../sql/dialects/duckdb.js';
import { guard } from '../sql/guard.js';
import type { Cell, ResultColumn, Statement, StatementLimits } from '../sql/statement.js';
import { abortError } from './abort-error.js';
import type { Connector, ResultSet } from './connector.js';
import { run } from './duckdb.js';
import { duckdbTypeFor } from './sandbox-types.js';

/** One step's result, as a table of the step's name. */
export interface CombineTable {
  readonly name: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface CombineOptions {
  /** DuckDB's SQL over the tables. It has to pass the guard, whoever wrote it. */
  readonly sql: string;
  readonly tables: readonly CombineTable[];
  readonly limits: StatementLimits;
  /** Runs the checked statement in the sandbox, once it is on record. */
  readonly run: (statement: Statement, sandbox: Sandbox) => Promise<ResultSet>;
}

/** A database that holds the tables, and is gone with the statement. */
export type Sandbox = Pick<Connector, 'engine' | 'query'>;

/**
 * No files, no network, no extensions, no spilling to disk, and no way to change any of it. DuckDB applies these in
 * order: after external access is gone, the directory could not be set, nor anything after the lock.
 */
const HARDENED: Readonly<Record<string, string>> = {
  temp_directory: '',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  memory_limit: '256MB',
  threads: '2',
  lock_configuration: 'true',
};

/**
 * Runs SQL over the results of other queries, in a DuckDB of its own that lives in memory and only for this call.
 * @throws STATEMENT_REFUSED and UNKNOWN_NAME from the guard, QUERY_FAILED, DEADLINE_EXCEEDED, CANCELLED.
 */
export async function combineInSandbox(options: CombineOptions): Promise<ResultSet> {
  const { sql, tables, limits } = options;
  checkNames(tables);
  const statement = await guard(sql, { catalog: catalogOf(tables), dialect: duckdbDialect, limits });
  return options.run(statement, {
    engine: 'sandbox',
    query: (checked) => runInSandbox(checked, tables, limits.signal),
  });
}

async function runInSandbox(
  statement: Statement,
  tables: readonly CombineTable[],
  signal: AbortSignal,
): Promise<ResultSet> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { ...HARDENED });
  try {
    const connection = await instance.connect();
    try {
      for (const table of tables) {
        if (signal.aborted) throw abortError(signal);
        await load(table, connection);
      }
      return await run(connection, statement);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

const HIVE_TYPES: Readonly<Record<ColumnType, string>> = {
  STRING: 'string',
  INTEGER: 'int',
  BIGINT: 'bigint',
  DECIMAL: 'decimal',
  FLOAT: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'timestamp',
  JSON: 'map<string,string>',
};

/** The guard's view: these tables exist, and nothing else. */
function catalogOf(tables: readonly CombineTable[]): Catalog {
  return {
    database: 'steps',
    description: 'The results of the steps before.',
    tables: tables.map((table) => ({
      name: table.name,
      comment: '',
      primaryKey: [],
      location: undefined,
      columns: table.columns.map((column) =>
        makeColumn({
          name: column.name,
          type: parseHiveType(HIVE_TYPES[column.type]),
          comment: '',
          unit: undefined,
          references: undefined,
        }),
      ),
    })),
  };
}

function checkNames(tables: readonly CombineTable[]): void {
  const twice =
    firstRepeated(tables.map((table) => table.name)) ??
    tables.map((table) => firstRepeated(table.columns.map((column) => column.name))).find((name) => name);
  if (twice !== undefined) {
    throw new AskgraphError('QUERY_FAILED', `The results cannot be combined: two are called "${twice}".`);
  }
}

function firstRepeated(names: readonly string[]): string | undefined {
  const folded = names.map((name) => name.toLowerCase());
  return names.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
}

async function load(table: CombineTable, connection: DuckDBConnection): Promise<void> {
  const quote = duckdbDialect.quote;
  const columns = table.columns.map(({ name, type }, index) => {
    const cells = table.rows.map((row) => row[index] ?? null);
    return `${quote(name)} ${duckdbTypeFor(type, cells)}`;
  });
  try {
    await connection.run(`CREATE TABLE ${quote(table.name)} (${columns.join(', ')})`);
    const appender = await connection.createAppender(table.name);
    try {
      for (const row of table.rows) {
        for (const [index, { type }] of table.columns.entries())
          appendCell(appender, row[index] ?? null, type);
        appender.endRow();
      }
    } finally {
      appender.closeSync();
    }
  } catch (error) {
    throw asAskgraphError(error, 'QUERY_FAILED', `The result of "${table.name}" could not be combined.`);
  }
}

/** The appender turns text and numbers into the column's type, exactly, as a cast would. */
function appendCell(appender: DuckDBAppender, cell: Cell, type: ColumnType): void {
  if (cell === null) appender.appendNull();
  else if (type === 'JSON' || typeof cell === 'object') appender.appendVarchar(JSON.stringify(cell));
  else if (typeof cell === 'string') appender.appendVarchar(cell);
  else if (typeof cell === 'number') appender.appendDouble(cell);
  else appender.appendBoolean(cell);
}
