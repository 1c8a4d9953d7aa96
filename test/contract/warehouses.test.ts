import { afterAll, beforeAll, describe } from 'vitest';
import { athena } from '../../subgraphs/connectors/athena.js';
import { snowflake, snowflakeFromEnvironment } from '../../subgraphs/connectors/snowflake.js';
import { startAthenaFake } from '../fakes/athena-server.js';
import { FAKE_CREDENTIALS } from '../fakes/aws-server.js';
import { startSnowflakeFake } from '../fakes/snowflake-server.js';
import { cellCases } from './cell-cases.js';
import { explainCases } from './explain-cases.js';
import { lifeCases } from './life-cases.js';
import { parameterCases } from './parameter-cases.js';
import { rowCases } from './row-cases.js';
import type { ContractSetup } from './setup.js';
import { stopCases } from './stop-cases.js';
import { valuesTable } from './values.js';

const CONNECTIONS = 3;
const CONTEXT = { domain: 'contract', dataDirectory: '', report: () => {} };
const COMMON = {
  // The servers run what they are sent on DuckDB.
  engine: 'duckdb',
  connections: CONNECTIONS,
  slow: 'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 1',
  numbers: (count: number) => `SELECT range + 1 AS n FROM range(${count})`,
} as const;

async function athenaSetup(): Promise<ContractSetup> {
  const server = await startAthenaFake({
    setup: valuesTable('duckdb'),
    workgroups: { w: { output: 's3://results/' } },
    scannedBytes: 1_000,
  });
  const open = (endpoint: string, concurrency: number) =>
    athena({
      workgroup: 'w',
      region: 'eu-west-1',
      endpoint,
      credentials: FAKE_CREDENTIALS,
      concurrency,
    }).open(CONTEXT);
  const connector = await open(server.url, CONNECTIONS);
  return {
    ...COMMON,
    connector,
    // Athena takes values of 1,024 characters, two of them the quotes.
    longestText: 1_000,
    running: async () => server.executions.filter(({ state }) => state === 'RUNNING').length,
    openUnreachable: () => open('http://127.0.0.1:9', 1),
    reopen: () => open(server.url, 1),
    async close() {
      await connector.close();
      await server.close();
    },
  };
}

async function snowflakeSetup(): Promise<ContractSetup> {
  const server = await startSnowflakeFake({
    setup: valuesTable('duckdb'),
    account: 'org-contract',
    users: { READER: { password: 'secret' } },
    rowsInline: 1_000,
    rowsInChunk: 20_000,
    holdMilliseconds: 500,
  });
  const open = (url: string, connections: number) => {
    const variables = {
      S_ACCOUNT: 'org-contract',
      S_URL: url,
      S_USER: 'reader',
      S_PASSWORD: 'secret',
      S_DATABASE: 'CONTRACT',
      S_CONNECTIONS: String(connections),
    };
    return snowflake(snowflakeFromEnvironment(variables, 'S')).open(CONTEXT);
  };
  const connector = await open(server.url, CONNECTIONS);
  return {
    ...COMMON,
    connector,
    foldsNames: true,
    running: async () => server.queries.filter(({ state }) => state === 'running').length,
    async cutConnections() {
      for (const session of server.sessions) if (session.state === 'open') session.state = 'gone';
    },
    openUnreachable: () => open('http://127.0.0.1:9', 1),
    reopen: () => open(server.url, 1),
    async close() {
      await connector.close();
      await server.close();
    },
  };
}

describe.each([
  ['Athena', athenaSetup],
  ['Snowflake', snowflakeSetup],
])('the connector contract on %s, as a local server plays it', (_, setUp) => {
  let open: ContractSetup;
  beforeAll(async () => {
    open = await setUp();
  });
  afterAll(() => open.close());
  const engine = () => open;
  cellCases(engine);
  parameterCases(engine);
  rowCases(engine);
  explainCases(engine);
  stopCases(engine);
  lifeCases(engine);
});
