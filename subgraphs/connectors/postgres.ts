import type { Dialect } from '../sql/dialects/dialect.js';
import { postgresDialect } from '../sql/dialects/postgres.js';
import type { Connector, Source } from './connector.js';
import { signIn } from './credentials.js';
import { openPostgresSession } from './postgres-session.js';
import { type ServerAddress, tlsOptions } from './server-options.js';
import { openServer } from './sessions.js';

export interface PostgresOptions extends ServerAddress {
  /** The schema that holds the catalog's tables. */
  readonly schema: string;
}

/** PostgreSQL, or Aurora PostgreSQL. */
export function postgres(options: PostgresOptions): Source {
  return {
    engine: 'postgres',
    open: async () =>
      openPostgres(options, {
        engine: 'postgres',
        dialect: postgresDialect,
        // The guard and the dialect take a backslash for a letter like any other.
        settings: ['SET standard_conforming_strings = on'],
        setRole: (role) => `SET LOCAL ROLE ${role}`,
      }),
  };
}

/** Opens what speaks PostgreSQL's protocol. Connections are made when they are first needed. */
export function openPostgres(
  options: PostgresOptions,
  kind: {
    readonly engine: string;
    readonly dialect: Dialect;
    readonly settings: readonly string[];
    readonly setRole: (quotedRole: string) => string;
  },
): Connector {
  const { host, port, database, credentials, tls, connections, schema, statementMilliseconds } = options;
  const { engine, dialect, setRole } = kind;
  const { runAs } = options;
  const settings = [
    ...kind.settings,
    `SET search_path = ${postgresDialect.quote(schema)}`,
    `SET statement_timeout = ${statementMilliseconds}`,
  ];
  return openServer({
    engine,
    dialect,
    connections,
    async connect() {
      const [identity, ssl] = await Promise.all([signIn(credentials, { host, port }), tlsOptions(tls)]);
      return openPostgresSession({
        client: { host, port, database, ...identity, ssl: ssl ?? false },
        settings,
        runAs: runAs === undefined ? undefined : { runAs, setRole },
      });
    },
  });
}
