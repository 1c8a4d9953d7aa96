import { redshiftDialect } from '../sql/dialects/redshift.js';
import type { Source } from './connector.js';
import { openPostgres, type PostgresOptions } from './postgres.js';

/** Amazon Redshift, which speaks PostgreSQL's protocol with SQL of its own. */
export function redshift(options: PostgresOptions): Source {
  return {
    engine: 'redshift',
    open: async () =>
      openPostgres(options, {
        engine: 'redshift',
        dialect: redshiftDialect,
        settings: [],
        // Redshift's roles are granted to users and not taken; who signs in must be a superuser to do this.
        setRole: (user) => `SET LOCAL SESSION AUTHORIZATION ${user}`,
      }),
  };
}
