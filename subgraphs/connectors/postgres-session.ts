import type { Client, ClientConfig } from 'pg';
import { AskgraphError } from '../../schema/errors.js';
import { runPostgresQuery } from './postgres-query.js';
import { quotedRole, type RunAs, roleFor } from './run-as.js';
import { type Session, unavailable } from './sessions.js';

const CONNECT_MILLISECONDS = 10_000;
/** Codes of PostgreSQL (SQLSTATE) and of Node that say that the server is not there, or lets nobody in. */
const ABSENT = /^(08|28|53300|57P|3D000|E[A-Z]{3,})/;
const CANCELLED = '57014';
/** To a role: it may not read that, or there is no such role. */
const NOT_PERMITTED: ReadonlySet<string> = new Set(['42501', '22023', '42704']);

/** What every session starts with, so that values leave as the same text whatever the server's settings. */
const SETTINGS: readonly string[] = [
  "SET TIME ZONE 'UTC'",
  "SET DateStyle = 'ISO, YMD'",
  'SET extra_float_digits = 2',
];

export interface PostgresSessionOptions {
  readonly client: ClientConfig;
  /** Further settings of the session, as SQL. */
  readonly settings: readonly string[];
  readonly runAs: RunAsRole | undefined;
}

/** How the server is told to run a transaction as a role that is not the one that signed in. */
export interface RunAsRole {
  readonly runAs: RunAs;
  /** SQL that holds until the end of the transaction. */
  readonly setRole: (quotedRole: string) => string;
}

/** Connects, and sets the session up. @throws SOURCE_UNAVAILABLE */
export async function openPostgresSession(options: PostgresSessionOptions): Promise<Session> {
  const client = await connect(options.client);
  let open = true;
  const lost = () => {
    open = false;
  };
  client.on('error', lost);
  client.on('end', lost);
  const process = await setUp(client, [...SETTINGS, ...options.settings]);
  return {
    async run(statement) {
      const role = roleFor(statement, options.runAs?.runAs);
      const before =
        role === undefined || options.runAs === undefined ? [] : [options.runAs.setRole(quotedRole(role))];
      try {
        return await runPostgresQuery(client, statement, before);
      } catch (error) {
        const failure = queryError(error, role);
        if (failure.code === 'SOURCE_UNAVAILABLE') lost();
        // The transaction's own ROLLBACK was passed over with all else after the error.
        if (open) await client.query('ROLLBACK').catch(lost);
        throw failure;
      }
    },
    async cancel() {
      const other = await connect(options.client);
      other.on('error', () => undefined);
      try {
        await other.query('SELECT pg_cancel_backend($1)', [process?.pid]);
      } finally {
        await other.end();
      }
    },
    async ping() {
      await client.query('SELECT 1').catch((error: unknown) => {
        lost();
        throw error;
      });
    },
    isOpen: () => open,
    destroy() {
      lost();
      destroy(client);
    },
    async close() {
      lost();
      await client.end();
    },
  };
}

async function connect(config: ClientConfig): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...config,
    application_name: 'askgraph',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    destroy(client);
    throw unavailable('The database cannot be reached, or does not let Askgraph in.', error);
  }
}

async function setUp(
  client: Client,
  settings: readonly string[],
): Promise<{ readonly pid: number } | undefined> {
  try {
    await client.query(settings.join('; '));
    return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0];
  } catch (error) {
    destroy(client);
    throw unavailable('The database does not take the settings that Askgraph needs.', error);
  }
}

/** pg ends a connection only by asking for it, which a server that hangs may never answer. */
function destroy(client: Client): void {
  client.on('error', () => undefined);
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

function queryError(error: unknown, role: string | undefined): AskgraphError {
  const code = String((error as { code?: unknown }).code ?? '');
  if (role !== undefined && NOT_PERMITTED.has(code)) {
    return new AskgraphError('FORBIDDEN', 'The database does not let you read this.', { cause: error });
  }
  if (code === CANCELLED) {
    return new AskgraphError('DEADLINE_EXCEEDED', 'The query did not finish in time.', { cause: error });
  }
  const gone = ABSENT.test(code) || (code === '' && /terminated|not queryable/.test(String(error)));
  return gone
    ? unavailable('The connection to the database was lost.', error)
    : new AskgraphError('QUERY_FAILED', 'The database could not run the query.', { cause: error });
}
