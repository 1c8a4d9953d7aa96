import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlServer, type TestDatabase } from '../contract/servers.js';
import { codesOf, postGraphql } from '../post-graphql.js';
import { makeHome, type StartedProcess, startProcess } from '../start-process.js';

const makeDatabase = await mysqlServer();
const SECRET = '1988-07-06';

/** A domain whose engine answers every statement with an error that repeats what it was asked. */
describe.skipIf(makeDatabase === undefined)('what an engine says when it fails', () => {
  const home = makeHome('shared');
  let database: TestDatabase;
  const processes: StartedProcess[] = [];

  beforeAll(async () => {
    database = await makeDatabase!();
  });
  afterAll(async () => {
    for (const process of processes) await process.stop();
    await database?.close();
    home.remove();
  });

  async function start(environment: Record<string, string>): Promise<StartedProcess> {
    const process = await startProcess(['serve'], {
      ASKGRAPH_HOME: home.path,
      PORT: '0',
      LOG_LEVEL: 'warn',
      HR_MYSQL_HOST: '127.0.0.1',
      HR_MYSQL_USER: 'root',
      HR_MYSQL_PASSWORD: '',
      HR_MYSQL_DATABASE: 'mysql',
      HR_MYSQL_TLS: 'off',
      ...environment,
    });
    processes.push(process);
    return process;
  }
  const query = `{ hr { employees(where: {hireDate: {gt: "${SECRET}"}}) { lastName } } }`;

  it.each(['redacted', 'full'])(
    'never reaches a client, and a log that is %s only as it may',
    { timeout: 120_000 },
    async (texts) => {
      const gateway = await start({ LOG_TEXTS: texts });
      // It checks of every error that it has a code and a request id, and neither stack, SQL nor file.
      const answer = await postGraphql(gateway.url, query);
      expect(answer.data).toEqual({ hr: { employees: null } });
      expect(codesOf(answer)).toEqual(['QUERY_FAILED']);
      expect(JSON.stringify(answer.errors)).not.toMatch(/mysql\.|employees'|doesn't exist|1988/i);

      await expect.poll(() => gateway.stderr()).toContain(String(answer.headers.get('x-request-id')));
      const said = /doesn't exist/.test(gateway.stderr());
      expect(said).toBe(texts === 'full');
      if (texts === 'redacted') expect(gateway.stderr()).not.toContain(SECRET);
    },
  );
});
