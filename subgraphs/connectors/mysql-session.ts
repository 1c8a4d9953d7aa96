import type { Connection, ConnectionOptions, QueryError } from 'mysql2';
import { AskgraphError } from '../../schema/errors.js';
import type { Cell, Parameter, ResultColumn, Statement } from '../sql/statement.js';
import { taggedText } from '../sql/statement-tag.js';
import type { ResultSet } from './connector.js';
import { columnTypeOfMysql, type MysqlField, mysqlCellReader } from './mysql-cells.js';
import { type Session, unavailable } from './sessions.js';

const CONNECT_MILLISECONDS = 10_000;
const END_MILLISECONDS = 1_000;
/** The server and the client both keep these; a gateway's statements repeat, but not for ever. */
const PREPARED_STATEMENTS = 100;

const QUERY_INTERRUPTED = 1317;
/** MySQL's own time limit, and MariaDB's. */
const TOO_LATE: ReadonlySet<number | undefined> = new Set([QUERY_INTERRUPTED, 3024, 1969]);
const UNKNOWN_VARIABLE = 1193;
/** Too many connections, server shutting down, connection killed. */
const ABSENT: ReadonlySet<number | undefined> = new Set([1040, 1053, 1203, 1927]);

/**
 * What every session starts with. The mode is part of the dialect: how text and operators are read depends on it, and
 * the guard reads them so. Without ONLY_FULL_GROUP_BY, a column that is not grouped by would have any row's value.
 */
const SETTINGS: readonly string[] = [
  "SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone = '+00:00'",
  // MariaDB cuts lists of JSON at this length too; a packet's length still bounds them.
  'SET SESSION group_concat_max_len = 4294967295',
  'SET SESSION TRANSACTION READ ONLY',
];

/** Connects, and sets the session up. @throws SOURCE_UNAVAILABLE */
export async function openMysqlSession(
  options: ConnectionOptions,
  statementMilliseconds: number,
): Promise<Session> {
  const connection = await connect(options);
  let open = true;
  // mysql2 tells only some of its commands that their connection is gone.
  let abandon: (error: unknown) => void = () => undefined;
  const lost = (error: unknown = new Error('The server closed the connection.')) => {
    open = false;
    abandon(error);
  };
  connection.on('error', lost);
  connection.on('end', lost);
  await setUp(connection, statementMilliseconds);
  const destroy = () => {
    lost();
    hangUp(connection);
  };
  return {
    async run(statement) {
      try {
        const gone = new Promise<never>((_, reject) => {
          abandon = reject;
        });
        return await Promise.race([read(connection, statement, destroy), gone]);
      } catch (error) {
        const failure = queryError(error as QueryError);
        if (failure.code === 'SOURCE_UNAVAILABLE') lost();
        throw failure;
      }
    },
    async cancel() {
      const other = await connect(options);
      other.on('error', () => undefined);
      try {
        await send(other, `KILL QUERY ${Number(connection.threadId)}`);
      } finally {
        await end(other);
      }
    },
    async ping() {
      await send(connection, 'SELECT 1').catch((error: unknown) => {
        lost();
        throw error;
      });
    },
    isOpen: () => open,
    destroy,
    async close() {
      open = false;
      await end(connection);
    },
  };
}

async function connect(options: ConnectionOptions): Promise<Connection> {
  const { default: mysql } = await import('mysql2');
  return new Promise((resolve, reject) => {
    const connection = mysql.createConnection({
      ...options,
      charset: 'utf8mb4_bin',
      connectTimeout: CONNECT_MILLISECONDS,
      enableKeepAlive: true,
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
      maxPreparedStatements: PREPARED_STATEMENTS,
      // Exact text: no local time, no float in between.
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      jsonStrings: true,
      rowsAsArray: true,
    });
    // It may emit the error again, after the one that is reported here.
    connection.on('error', () => undefined);
    connection.connect((error) => {
      if (error === null) resolve(connection);
      else {
        hangUp(connection);
        reject(unavailable('The database cannot be reached, or does not let Askgraph in.', error));
      }
    });
  });
}

async function setUp(connection: Connection, statementMilliseconds: number): Promise<void> {
  try {
    for (const setting of SETTINGS) await send(connection, setting);
    await limitTime(connection, statementMilliseconds);
  } catch (error) {
    hangUp(connection);
    throw unavailable('The database does not take the settings that Askgraph needs.', error);
  }
}

/** MySQL counts milliseconds; MariaDB has a name of its own for it, and counts seconds. */
async function limitTime(connection: Connection, milliseconds: number): Promise<void> {
  try {
    await send(connection, `SET SESSION max_execution_time = ${milliseconds}`);
  } catch (error) {
    if ((error as QueryError).errno !== UNKNOWN_VARIABLE) throw error;
    await send(connection, `SET SESSION max_statement_time = ${milliseconds / 1000}`);
  }
}

function send(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(text, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** mysql2's own `destroy` says that it will send no more, and goes on reading whatever the server sends. */
function hangUp(connection: Connection): void {
  connection.destroy();
  (connection as unknown as { stream: { destroy(): void } }).stream.destroy();
}

/** Says good-bye; a server that is gone does not answer. */
function end(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      hangUp(connection);
      resolve();
    }, END_MILLISECONDS);
    connection.end(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Reads the rows as they come. MySQL sends them all, so whoever wants no more has to hang up: at the second row past
 * the limit, since the statement's own limit usually lets just one come.
 */
function read(connection: Connection, statement: Statement, leave: () => void): Promise<ResultSet> {
  const { rowLimit } = statement;
  return new Promise((resolve, reject) => {
    let columns: readonly ResultColumn[] = statement.columns ?? [];
    let readers: readonly ((value: unknown) => Cell)[] = [];
    const rows: Cell[][] = [];
    const finish = () =>
      resolve({ columns, rows: rows.slice(0, rowLimit), truncated: rows.length > rowLimit });
    const command = connection.execute(taggedText(statement), statement.parameters.map(bindable));
    command.on('fields', (fields: readonly MysqlField[] | undefined) => {
      const found = fields ?? [];
      columns =
        statement.columns ?? found.map((field) => ({ name: field.name, type: columnTypeOfMysql(field) }));
      readers = found.map((field, index) =>
        mysqlCellReader(field, columns[index]?.type ?? columnTypeOfMysql(field)),
      );
    });
    command.on('result', (row: unknown) => {
      if (!Array.isArray(row)) return;
      if (rows.length <= rowLimit) rows.push(readers.map((reader, index) => reader(row[index])));
      else {
        finish();
        leave();
      }
    });
    command.on('error', reject);
    command.on('end', finish);
  });
}

/** Numbers would be bound as floating-point ones; the statement's casts make of the text what it is meant to be. */
function bindable(value: Parameter): string | null {
  if (value === null) return null;
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

function queryError(error: QueryError): AskgraphError {
  if (TOO_LATE.has(error.errno)) {
    return new AskgraphError('DEADLINE_EXCEEDED', 'The query did not finish in time.', { cause: error });
  }
  const gone = error.fatal === true || ABSENT.has(error.errno) || error.errno === undefined;
  return gone
    ? unavailable('The connection to the database was lost.', error)
    : new AskgraphError('QUERY_FAILED', 'The database could not run the query.', { cause: error });
}
