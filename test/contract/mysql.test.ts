import { mysql } from '../../subgraphs/connectors/mysql.js';
import { connectorContract } from './connector-contract.js';
import { mysqlServer } from './servers.js';
import { valuesTable } from './values.js';

const CONNECTIONS = 4;
const newDatabase = await mysqlServer();

connectorContract(
  'MariaDB',
  newDatabase &&
    (async () => {
      const database = await newDatabase();
      const digits =
        'SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9';
      await database.run([
        ...valuesTable('mysql'),
        'CREATE TABLE digits (d INTEGER)',
        `INSERT INTO digits ${digits}`,
      ]);
      const connector = await database.connect(CONNECTIONS);
      const ours = 'db = database() AND id <> connection_id()';
      return {
        engine: 'mysql',
        connector,
        connections: CONNECTIONS,
        slow: `SELECT count(*) FROM ${'abcdefghijkl'
          .split('')
          .map((name) => `digits ${name}`)
          .join(', ')} WHERE (a.d * b.d + c.d) % 7 = l.d`,
        numbers: (count) =>
          `SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1000000 * h.d AS n
           FROM digits h, digits g, digits f, digits e, digits c, digits b, digits a
           WHERE h.d <= ${Math.floor(count / 1e6)} AND 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1000000 * h.d <= ${count}
           ${count <= 120_000 ? 'ORDER BY n' : ''}`,
        async running() {
          const [row] = await database.rows(
            `SELECT count(*) FROM information_schema.processlist WHERE ${ours} AND command <> 'Sleep'`,
          );
          return Number(row?.[0]);
        },
        async cutConnections() {
          const rows = await database.rows(`SELECT id FROM information_schema.processlist WHERE ${ours}`);
          for (const [id] of rows) await database.run([`KILL ${Number(id)}`]).catch(() => undefined);
        },
        openUnreachable: () =>
          mysql({
            host: '127.0.0.1',
            port: 1,
            database: 'none',
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
