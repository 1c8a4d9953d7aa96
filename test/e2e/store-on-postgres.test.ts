import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_URL, postgresServer, type TestDatabase } from '../contract/servers.js';
import { type GraphqlAnswer, send } from '../post-graphql.js';
import { makeHome, runProcess, type StartedProcess, startProcess } from '../start-process.js';

const PROCESSES = 120_000;
const QUESTION = 'How many employees were hired before 1990?';
const newDatabase = await postgresServer();

describe.skipIf(newDatabase === undefined)('gateways that share a store on PostgreSQL', () => {
  const home = makeHome('shared');
  let database: TestDatabase;
  let environment: Record<string, string>;
  let gateways: StartedProcess[] = [];

  beforeAll(async () => {
    database = await newDatabase!();
    environment = {
      ASKGRAPH_HOME: home.path,
      DATABASE_URL: database.url,
      AUTH_API_KEYS: 'accepted',
      PORT: '0',
      LOG_LEVEL: 'silent',
      BUDGET_BYTES_SCANNED: '1000000000000',
    };
    gateways = await Promise.all([
      startProcess(['serve'], environment),
      startProcess(['serve'], environment),
    ]);
  }, PROCESSES);
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await database?.close();
    home.remove();
  });

  async function makeKey(): Promise<string> {
    const { code, stdout, stderr } = await runProcess(
      ['key', 'create', '--subject', 'ann', '--expires', '1d'],
      environment,
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('is shown this once')]);
    return stdout.trim();
  }
  const [first, second] = [() => gateways[0]!.url, () => gateways[1]!.url];

  it(
    'start on it at the same time, know the same keys, and give each other’s answers again',
    async () => {
      const key = await makeKey();
      const asked = await post<{ ask: { id: string; text: string } }>(
        first(),
        key,
        `{ ask(input: {question: "${QUESTION}"}) { id text } }`,
      );
      expect(asked.errors).toBeUndefined();
      const found = await post(second(), key, `{ answer(id: "${asked.data.ask.id}") { id text } }`);
      expect(found.data).toEqual({ answer: asked.data.ask });
      const [[answers] = []] = await database.rows('SELECT count(*)::int FROM "Answer"');
      expect(answers).toBe(1);
    },
    PROCESSES,
  );

  it(
    'are not ready while it lets nobody in, and are again afterwards',
    async () => {
      const name = new URL(database.url).pathname.slice(1);
      const server = new pg.Client({ connectionString: POSTGRES_URL });
      await server.connect();
      const ready = async () => {
        const response = await fetch(`${second()}/health/ready`);
        return [response.status, ((await response.json()) as { code?: string }).code];
      };
      expect(await ready()).toEqual([200, undefined]);
      await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await server.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'askgraph'`,
        [name],
      );
      expect(await ready()).toEqual([503, 'STORE_UNAVAILABLE']);
      expect((await fetch(`${second()}/health/live`)).status).toBe(200);
      await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      expect(await ready()).toEqual([200, undefined]);
      await server.end();
    },
    PROCESSES,
  );

  it(
    'write trails that hold, each a chain of its own',
    async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
      const { code, stdout } = await runProcess(['audit', 'verify'], environment);
      expect(code).toBe(0);
      expect(stdout).toMatch(/events in [2-9] chains: every link holds/);
    },
    PROCESSES,
  );
});

function post<Data>(url: string, key: string, query: string): Promise<GraphqlAnswer<Data>> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query }),
  });
}
