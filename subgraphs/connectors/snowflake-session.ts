import type { Connection, ConnectionOptions, RowStatement } from 'snowflake-sdk';
import { AskgraphError } from '../../schema/errors.js';
import type { Cell, ResultColumn, Statement } from '../sql/statement.js';
import { tagOf } from '../sql/statement-tag.js';
import type { ResultSet } from './connector.js';
import { quotedRole, type RunAs, roleFor } from './run-as.js';
import { type Session, unavailable } from './sessions.js';
import { columnTypeOfSnowflake, snowflakeCellReader } from './snowflake-cells.js';
import { snowflakeError } from './snowflake-errors.js';

/** Rows that wait in memory between the network and the reader. */
const WAITING_ROWS = 1_000;
const LOGIN_RETRIES = 2;

/** What every session starts with, so that SQL means the same whatever the account's defaults. */
const SETTINGS: Readonly<Record<string, string>> = {
  // A catalog's names are lower-case, Snowflake's upper-case.
  QUOTED_IDENTIFIERS_IGNORE_CASE: 'TRUE',
  // Weeks start on Monday.
  WEEK_START: '1',
  TIMEZONE: "'UTC'",
  TIMESTAMP_TYPE_MAPPING: "'TIMESTAMP_NTZ'",
  BINARY_OUTPUT_FORMAT: "'HEX'",
  TIME_OUTPUT_FORMAT: "'HH24:MI:SS.FF'",
  // A VARIANT may hold what JSON has no word for.
  STRICT_JSON_OUTPUT: 'TRUE',
};

/** Signs in and sets the session up. @throws SOURCE_UNAVAILABLE, also where Snowflake does not let Askgraph in */
export async function openSnowflakeSession(
  options: ConnectionOptions,
  statementMilliseconds: number,
  runAs: RunAs | undefined,
): Promise<Session> {
  const connection = await connect(options);
  /** The role in force; undefined: the one that signed in. */
  let current: string | undefined;
  let open = true;
  let running: { readonly statement: RowStatement } | undefined;

  /** Runs one text; `use` is called when its result can be read. */
  function execute<Result>(
    sqlText: string,
    binds: Statement['parameters'],
    use: (statement: RowStatement) => Promise<Result>,
    tag?: string,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const statement = connection.execute({
        sqlText,
        binds: [...binds],
        ...(tag === undefined ? {} : { parameters: { QUERY_TAG: tag } }),
        streamResult: true,
        rowMode: 'array',
        fetchAsString: ['Number'],
        complete(error, done) {
          if (error) reject(error);
          else use(done as RowStatement).then(resolve, reject);
        },
      }) as RowStatement;
      running = { statement };
    });
  }

  async function takeRole(statement: Statement): Promise<void> {
    const role = roleFor(statement, runAs);
    if (role === current) return;
    // Nobody knows which one is in force if this fails.
    open = false;
    const wanted = role ?? options.role;
    if (wanted === undefined) throw unavailable('The session of another role has ended.');
    await execute(`USE ROLE ${quotedRole(wanted)}`, [], async () => {}).catch((cause: unknown) => {
      throw new AskgraphError('FORBIDDEN', 'The database does not let you read this.', { cause });
    });
    open = true;
    current = role;
  }

  const session: Session = {
    async run(statement) {
      try {
        await takeRole(statement);
        const { origin } = statement;
        const tag = origin === undefined || origin === 'operator' ? undefined : tagOf(origin);
        return await execute(statement.text, statement.parameters, (done) => read(done, statement), tag);
      } catch (error) {
        const failure = snowflakeError(error);
        if (failure.code === 'SOURCE_UNAVAILABLE') open = false;
        throw failure;
      } finally {
        running = undefined;
      }
    },
    cancel: () =>
      new Promise((resolve, reject) => {
        if (running === undefined) resolve();
        else running.statement.cancel((error) => (error ? reject(error) : resolve()));
      }),
    async ping() {
      if (await connection.isValidAsync()) return;
      open = false;
      throw unavailable('Snowflake does not answer.');
    },
    isOpen: () => open && connection.isUp(),
    destroy() {
      open = false;
      if (connection.isUp()) connection.destroy(() => {});
    },
    async close() {
      open = false;
      if (connection.isUp()) await new Promise<void>((resolve) => connection.destroy(() => resolve()));
    },
  };
  try {
    await execute(setUp(statementMilliseconds), [], async () => {});
    // Or the rights of all the user's other roles would be added to those of the one that is taken.
    if (runAs !== undefined) await execute('USE SECONDARY ROLES NONE', [], async () => {});
    return session;
  } catch (error) {
    session.destroy();
    throw unavailable('Snowflake does not take the settings that Askgraph needs.', error);
  }
}

async function connect(options: ConnectionOptions): Promise<Connection> {
  const { default: snowflake } = await import('snowflake-sdk');
  snowflake.configure({
    // The SDK would log queries and sign-ins to the console and to a file of its own.
    logLevel: 'OFF',
    customLogger: { error() {}, warn() {}, info() {}, debug() {}, trace() {} },
    // It would otherwise evaluate, as JavaScript, what is no JSON.
    jsonColumnVariantParser: (text) => text,
  });
  try {
    const connection = snowflake.createConnection({
      application: 'askgraph',
      sfRetryMaxLoginRetries: LOGIN_RETRIES,
      rowStreamHighWaterMark: WAITING_ROWS,
      representNullAsStringNull: false,
      ...options,
    });
    return await new Promise((resolve, reject) => {
      connection.connect((error, connected) => (error ? reject(error) : resolve(connected)));
    });
  } catch (error) {
    throw unavailable('Snowflake cannot be reached, or does not let Askgraph in.', error);
  }
}

function setUp(statementMilliseconds: number): string {
  const timeout = Math.max(1, Math.ceil(statementMilliseconds / 1_000));
  const settings = { ...SETTINGS, STATEMENT_TIMEOUT_IN_SECONDS: String(timeout) };
  return `ALTER SESSION SET ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(' ')}`;
}

/** Reads at most one row past the limit; chunks of the result that hold none of these are not fetched. */
async function read(done: RowStatement, statement: Statement): Promise<ResultSet> {
  const found = done.getColumns() ?? [];
  const columns: readonly ResultColumn[] =
    statement.columns ??
    found.map((column) => ({ name: nameOf(column.getName()), type: columnTypeOfSnowflake(column) }));
  const readers = found.map((column, index) => snowflakeCellReader(column, columns[index]?.type ?? 'STRING'));
  const rows: Cell[][] = [];
  const stream = done.streamRows({ start: 0, end: statement.rowLimit, fetchAsString: ['Number'] });
  for await (const row of stream as AsyncIterable<readonly unknown[]>) {
    rows.push(readers.map((reader, index) => (row[index] == null ? null : reader(row[index]))));
  }
  return { columns, rows: rows.slice(0, statement.rowLimit), truncated: rows.length > statement.rowLimit };
}

/** With QUOTED_IDENTIFIERS_IGNORE_CASE every name comes in capitals, the catalog's in small letters. */
function nameOf(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name;
}
