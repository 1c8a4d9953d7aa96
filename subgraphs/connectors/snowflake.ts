import { snowflakeDialect } from '../sql/dialects/snowflake.js';
import type { Source } from './connector.js';
import { refuseSetting as refuse, type Variables, wholeNumber } from './read-setting.js';
import { type RunAs, readRunAs } from './run-as.js';
import { openServer } from './sessions.js';
import { limitScans } from './snowflake-scans.js';
import { openSnowflakeSession } from './snowflake-session.js';
import { type SnowflakeCredentials, snowflakeSignIn } from './snowflake-sign-in.js';

export interface SnowflakeOptions {
  /** As in the address: `myorg-account`. */
  readonly account: string;
  /** Where Snowflake answers, if not at the account's own address. */
  readonly url: string | undefined;
  readonly credentials: SnowflakeCredentials;
  readonly warehouse: string | undefined;
  readonly database: string;
  /** The schema that holds the catalog's tables. */
  readonly schema: string;
  readonly role: string | undefined;
  /** How many statements may run at once. */
  readonly connections: number;
  /** Snowflake stops a statement after so long even if nobody tells it to. */
  readonly statementMilliseconds: number;
  /** As whose role statements run, if not as the one that signs in. */
  readonly runAs?: RunAs | undefined;
  /** What would read more is refused before it runs. */
  readonly scanLimitBytes?: number | undefined;
}

const CONNECTIONS = 8;
const STATEMENT_MILLISECONDS = 60_000;

/** Snowflake. Sessions are opened when they are first needed, and again when they were lost or have expired. */
export function snowflake(options: SnowflakeOptions): Source {
  const { account, url, warehouse, database, schema, role, credentials } = options;
  return {
    engine: 'snowflake',
    open: async () => {
      const server = openServer({
        engine: 'snowflake',
        dialect: snowflakeDialect,
        connections: options.connections,
        async connect() {
          return openSnowflakeSession(
            {
              account,
              database,
              schema,
              ...(url === undefined ? {} : { accessUrl: url, host: new URL(url).hostname }),
              ...(warehouse === undefined ? {} : { warehouse }),
              ...(role === undefined ? {} : { role }),
              ...(await snowflakeSignIn(credentials)),
            },
            options.statementMilliseconds,
            options.runAs,
          );
        },
      });
      return limitScans(server, options.scanLimitBytes);
    },
  };
}

/**
 * Reads the variables that start with a prefix: `_ACCOUNT`, `_DATABASE`, `_SCHEMA`, `_WAREHOUSE`, `_ROLE`, `_URL`,
 * `_CONNECTIONS`, `_STATEMENT_TIMEOUT_MS`, `_SCAN_LIMIT_BYTES`, `_RUN_AS`, and one of `_USER` with `_PASSWORD`, `_USER` with `_PRIVATE_KEY` or
 * `_PRIVATE_KEY_FILE` (and `_PRIVATE_KEY_PASSPHRASE`), or `_SECRET` (with `_SECRET_REGION`).
 * @throws CONFIGURATION_INVALID for what is missing or is no value of its setting.
 */
export function snowflakeFromEnvironment(variables: Variables, prefix: string): SnowflakeOptions {
  const read = (name: string) => variables[`${prefix}_${name}`] || undefined;
  const demand = (name: string) => read(name) ?? refuse(`${prefix}_${name} is not set.`);
  const url = read('URL');
  if (url !== undefined && !URL.canParse(url)) refuse(`${prefix}_URL is an address, not "${url}".`);
  return {
    account: demand('ACCOUNT'),
    url,
    credentials: readCredentials(prefix, read, demand),
    warehouse: read('WAREHOUSE'),
    database: demand('DATABASE'),
    schema: read('SCHEMA') ?? 'PUBLIC',
    role: read('ROLE'),
    connections: wholeNumber(`${prefix}_CONNECTIONS`, read('CONNECTIONS')) ?? CONNECTIONS,
    statementMilliseconds:
      wholeNumber(`${prefix}_STATEMENT_TIMEOUT_MS`, read('STATEMENT_TIMEOUT_MS')) ?? STATEMENT_MILLISECONDS,
    scanLimitBytes: wholeNumber(`${prefix}_SCAN_LIMIT_BYTES`, read('SCAN_LIMIT_BYTES')),
    runAs: readRunAs(`${prefix}_RUN_AS`, read('RUN_AS')),
  };
}

function readCredentials(
  prefix: string,
  read: (name: string) => string | undefined,
  demand: (name: string) => string,
): SnowflakeCredentials {
  const secret = read('SECRET');
  if (secret !== undefined) return { kind: 'secret', id: secret, region: read('SECRET_REGION') };
  const user = demand('USER');
  const passphrase = read('PRIVATE_KEY_PASSPHRASE');
  const [pem, file, password] = [read('PRIVATE_KEY'), read('PRIVATE_KEY_FILE'), read('PASSWORD')];
  if (pem !== undefined) return { kind: 'keyPair', user, key: { from: { pem }, passphrase } };
  if (file !== undefined) return { kind: 'keyPair', user, key: { from: { file }, passphrase } };
  if (password !== undefined) return { kind: 'password', user, password };
  return refuse(
    `Set ${prefix}_PASSWORD, ${prefix}_PRIVATE_KEY, ${prefix}_PRIVATE_KEY_FILE or ${prefix}_SECRET.`,
  );
}
