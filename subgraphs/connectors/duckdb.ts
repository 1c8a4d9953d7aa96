import { access } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from '@duckdb/node-api';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import { duckdbDialect } from '../sql/dialects/duckdb.js';
import { type Cell, explaining, type ResultColumn, type Statement } from '../sql/statement.js';
import { abortError } from './abort-error.js';
import type { Connector, ResultSet } from './connector.js';
import { cellReader, columnTypeOfDuckdb } from './duckdb-cells.js';
import { Pool } from './pool.js';

const CONNECTIONS = 4;
const INTERRUPT_EVERY_MILLISECONDS = 10;

/**
 * Read-only alone does not hold: `COPY … TO` and `read_csv` would still reach the file system. Locking the
 * configuration last keeps a statement from opening any of it again.
 */
const HARDENED: Readonly<Record<string, string>> = {
  access_mode: 'READ_ONLY',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  memory_limit: '512MB',
  max_temp_directory_size: '1GB',
  lock_configuration: 'true',
};

export interface DuckdbOptions {
  /** A DuckDB database file. */
  readonly path: string;
  /** What to call the engine; `duckdb` if absent. */
  readonly engine?: string;
}

/**
 * Opens a DuckDB file in process, for reading only.
 * @throws SOURCE_UNAVAILABLE where the file is missing or locked, DATA_CORRUPT where it is no DuckDB database.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Connector> {
  const instance = await openInstance(options.path);
  const pool = new Pool(await Promise.all(Array.from({ length: CONNECTIONS }, () => instance.connect())));
  return {
    engine: options.engine ?? 'duckdb',
    dialect: duckdbDialect,
    query: (statement) => pool.use(statement.signal, (connection) => run(connection, statement)),
    async explain(statement) {
      const plan = explaining(statement, 'EXPLAIN');
      await pool.use(plan.signal, (connection) => run(connection, plan));
    },
    async checkHealth() {
      const signal = AbortSignal.timeout(5_000);
      await pool.use(signal, async (connection) => {
        try {
          await connection.run('SELECT 1');
        } catch (error) {
          throw new AskgraphError('SOURCE_UNAVAILABLE', 'The embedded database does not answer.', {
            cause: error,
          });
        }
      });
    },
    async close() {
      for (const connection of pool.members) connection.interrupt();
      await pool.drain();
      for (const connection of pool.members) connection.closeSync();
      instance.closeSync();
    },
  };
}

async function openInstance(path: string): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  try {
    await access(path);
    return await DuckDBInstance.create(path, { ...HARDENED });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code !== undefined || /lock on file/.test(String(error));
    throw missing
      ? new AskgraphError('SOURCE_UNAVAILABLE', 'The data file is missing or in use by another program.', {
          cause: error,
        })
      : new AskgraphError(
          'DATA_CORRUPT',
          'The data file is not a readable DuckDB database. Remove it, and it is made again.',
          {
            cause: error,
          },
        );
  }
}

export async function run(connection: DuckDBConnection, statement: Statement): Promise<ResultSet> {
  const stop = interruptOnAbort(connection, statement.signal);
  let prepared: DuckDBPreparedStatement | undefined;
  try {
    prepared = await connection.prepare(statement.text);
    prepared.bind([...statement.parameters]);
    statement.signal.throwIfAborted();
    return await read(prepared, statement);
  } catch (error) {
    throw statement.signal.aborted ? abortError(statement.signal) : queryError(error);
  } finally {
    stop();
    prepared?.destroySync();
  }
}

/** An interrupt that falls between two steps of a statement is lost, so it is repeated until the statement ends. */
function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MILLISECONDS);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    signal.removeEventListener('abort', onAbort);
    clearInterval(timer);
  };
}

async function read(prepared: DuckDBPreparedStatement, statement: Statement): Promise<ResultSet> {
  const result = await prepared.stream();
  const types = result.columnTypes();
  const columns: readonly ResultColumn[] =
    statement.columns ??
    result.columnNames().map((name, index) => ({ name, type: columnTypeOfDuckdb(types[index]!) }));
  const readers = types.map((type, index) => cellReader(type, columns[index]!.type));
  const rows: Cell[][] = [];
  while (rows.length <= statement.rowLimit) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { columns, rows, truncated: false };
    const values = readers.map((_, index) => chunk.getColumnValues(index));
    for (let row = 0; row < chunk.rowCount && rows.length <= statement.rowLimit; row++) {
      rows.push(readers.map((reader, index) => reader(values[index]![row]!)));
    }
  }
  return { columns, rows: rows.slice(0, statement.rowLimit), truncated: true };
}

function queryError(error: unknown): AskgraphError {
  if (/corrupt/i.test(String(error))) {
    return new AskgraphError('DATA_CORRUPT', 'The data file is damaged.', { cause: error });
  }
  return asAskgraphError(error, 'QUERY_FAILED', 'The database could not run the query.');
}
