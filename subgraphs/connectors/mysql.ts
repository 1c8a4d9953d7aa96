import { mysqlDialect } from '../sql/dialects/mysql.js';
import type { Source } from './connector.js';
import { signIn } from './credentials.js';
import { openMysqlSession } from './mysql-session.js';
import { refuseRunAs } from './run-as.js';
import { type ServerAddress, tlsOptions } from './server-options.js';
import { openServer } from './sessions.js';

/** MySQL 8.0, Aurora MySQL 3 or MariaDB. Connections are made when they are first needed. */
export function mysql(options: ServerAddress): Source {
  const { host, port, database, credentials, tls, connections, statementMilliseconds, runAs } = options;
  if (runAs !== undefined) refuseRunAs('MySQL');
  return {
    engine: 'mysql',
    open: async () =>
      openServer({
        engine: 'mysql',
        dialect: mysqlDialect,
        connections,
        async connect() {
          const [identity, ssl] = await Promise.all([signIn(credentials, { host, port }), tlsOptions(tls)]);
          return openMysqlSession(
            {
              host,
              port,
              database,
              ...identity,
              ...(ssl === undefined ? {} : { ssl: { ...certificates(ssl), verifyIdentity: true } }),
              // A token is no password that could be hashed; it goes over an encrypted connection only.
              enableCleartextPlugin: credentials.kind === 'iam' && ssl !== undefined,
            },
            statementMilliseconds,
          );
        },
      }),
  };
}

function certificates({ ca }: { ca?: unknown }): { ca?: string } {
  return typeof ca === 'string' ? { ca } : {};
}
