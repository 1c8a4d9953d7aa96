import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { connectorContract } from './connector-contract.js';
import { valuesTable } from './values.js';

connectorContract('DuckDB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'askgraph-contract-'));
  const path = join(folder, 'contract.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of valuesTable('duckdb')) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  const connector = await openDuckdb({ path });
  return {
    engine: 'duckdb',
    connector,
    connections: 4,
    slow: 'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 1',
    numbers: (count) => `SELECT range + 1 AS n FROM range(${count}) ORDER BY n`,
    reopen: () => openDuckdb({ path }),
    async close() {
      await connector.close();
      await rm(folder, { recursive: true });
    },
  };
});
