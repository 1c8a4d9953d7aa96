import { postgres } from '../../subgraphs/connectors/postgres.js';
import { connectorContract } from './connector-contract.js';
import { postgresServer } from './servers.js';
import { valuesTable } from './values.js';

const CONNECTIONS = 4;
const newDatabase = await postgresServer();

connectorContract(
  'PostgreSQL',
  newDatabase &&
    (async () => {
      const database = await newDatabase();
      await database.run(valuesTable('postgres'));
      const connector = await database.connect(CONNECTIONS);
      const ours = "datname = current_database() AND application_name = 'askgraph'";
      return {
        engine: 'postgres',
        connector,
        connections: CONNECTIONS,
        slow: 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b WHERE (a * b::bigint) % 7 = 1',
        numbers: (count) => `SELECT n FROM generate_series(1, ${count}) AS n`,
        async running() {
          const [row] = await database.rows(
            `SELECT count(*)::int FROM pg_stat_activity WHERE ${ours} AND state = 'active'`,
          );
          return Number(row?.[0]);
        },
        cutConnections: () =>
          database.run([`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours}`]),
        openUnreachable: () =>
          postgres({
            host: '127.0.0.1',
            port: 1,
            database: 'none',
            schema: 'public',
            credentials: { kind: 'password', user: 'nobody', password: '' },
            tls: 'off',
            connections: 1,
            statementMilliseconds: 1_000,
          }).open({ domain: 'test', dataDirectory: '', report: () => undefined }),
        reopen: () => database.connect(1),
        async close() {
          await connector.close();
          await database.close();
        },
      };
    }),
);
