import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, describe, expect, it } from 'vitest';
import { codesOf, type GraphqlError, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const COUNT = '{ hr { employeesAggregate { count } } }';
const QUESTION = '{ ask(input: {question: "How many employees were hired before 1990?"}) { text } }';

let gateway: StartedGateway | undefined;
let folder: string | undefined;
afterEach(async () => {
  await gateway?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  gateway = undefined;
  folder = undefined;
});

/** A gateway whose store a test may look into. */
async function start(environment: Record<string, string>): Promise<StartedGateway> {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-limits-'));
  gateway = await startGateway({ DATABASE_URL: `file:${join(folder, 'store.db')}`, ...environment });
  return gateway;
}

async function rows(sql: string) {
  const client = createClient({ url: `file:${join(folder ?? '', 'store.db')}`, timeout: 2_000 });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
}

function post(url: string, query: string, forwardedFor?: string) {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
    },
    body: JSON.stringify({ query }),
  });
}

describe('a caller who asks too much', () => {
  it('is told to wait before anything of the request is read or run, and it is on record once', async () => {
    const { url } = await start({ RATE_LIMIT_POINTS: '3', RATE_LIMIT_SECONDS: '3600' });
    for (let time = 0; time < 3; time += 1) expect((await post(url, COUNT)).status).toBe(200);
    const ran = `SELECT count(*) AS n FROM "AuditEvent" WHERE kind = 'statement' AND "requestId" <> 'profile'`;
    const before = await rows(ran);

    for (let time = 0; time < 5; time += 1) {
      const response = await post(url, time === 0 ? '{ this is no GraphQL' : COUNT);
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(3_500);
      const { errors } = (await response.json()) as { errors: GraphqlError[] };
      expect(errors).toEqual([
        {
          message: expect.stringContaining('Too many requests'),
          extensions: { code: 'RATE_LIMITED', requestId: response.headers.get('x-request-id') },
        },
      ]);
    }
    expect(await rows(ran)).toEqual(before);
    await gateway?.close();
    gateway = undefined;
    expect(
      await rows(`SELECT json_extract(event, '$.code') AS code FROM "AuditEvent" WHERE kind = 'refusal'`),
    ).toEqual([{ code: 'RATE_LIMITED' }]);
  });

  it('has more questions counted than queries, and may go on with queries', async () => {
    const { url } = await start({ RATE_LIMIT_POINTS: '30', RATE_LIMIT_ASK_POINTS: '20' });
    expect(codesOf(await postGraphql(url, QUESTION))).toEqual([]);
    const refused = await post(url, QUESTION);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const { data, errors } = (await refused.json()) as { data?: unknown; errors: GraphqlError[] };
    expect(data).toBeUndefined();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['RATE_LIMITED']);
  });

  it('is told apart by address, which only a trusted proxy may say', async () => {
    const { url } = await start({ RATE_LIMIT_POINTS: '2', TRUSTED_PROXIES: '127.0.0.1, ::1' });
    const statuses = async (address: string, times: number) => {
      const seen: number[] = [];
      for (let time = 0; time < times; time += 1) seen.push((await post(url, COUNT, address)).status);
      return seen;
    };
    expect(await statuses('203.0.113.7', 3)).toEqual([200, 200, 429]);
    expect(await statuses('203.0.113.8', 1)).toEqual([200]);
    // What the client itself put before the proxy's own entry counts for nothing.
    expect(await statuses('198.51.100.1, 203.0.113.7', 1)).toEqual([429]);
  });

  it('cannot give itself another address where no proxy is trusted', async () => {
    const { url } = await start({ RATE_LIMIT_POINTS: '2' });
    const seen: number[] = [];
    for (let time = 0; time < 3; time += 1) seen.push((await post(url, COUNT, `203.0.113.${time}`)).status);
    expect(seen).toEqual([200, 200, 429]);
  });

  it('has so many requests answered at a time', async () => {
    const { url } = await start({ CONCURRENT_REQUESTS: '1' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(url, COUNT)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
    expect((await post(url, COUNT)).status).toBe(200);
  });

  it('may not guess at credentials for ever, and each guess is on record', async () => {
    const { url } = await start({ RATE_LIMIT_POINTS: '3', AUTH_API_KEYS: 'accepted' });
    const guess = (key: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: COUNT }),
      });
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await guess(`guess-${time}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await guess('guess')).headers.get('retry-after')).toMatch(/^\d+$/);
    await gateway?.close();
    gateway = undefined;
    const codes = await rows(
      `SELECT json_extract(event, '$.code') AS code FROM "AuditEvent" WHERE kind = 'refusal' ORDER BY sequence`,
    );
    expect(codes.map(({ code }) => code)).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'RATE_LIMITED',
    ]);
  });

  it('is refused for the rest of the day when the budget is used up', async () => {
    const { url } = await start({ BUDGET_BYTES_SCANNED: '1000' });
    expect((await post(url, COUNT)).status).toBe(200);
    const day = new Date().toISOString().slice(0, 10);
    const client = createClient({ url: `file:${join(folder ?? '', 'store.db')}`, timeout: 2_000 });
    await client.execute({
      sql: `INSERT INTO "BudgetUse" VALUES ('address:127.0.0.1', ?, 0, 1000, 0)`,
      args: [day],
    });
    client.close();
    const refused = await post(url, COUNT);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(86_400);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BUDGET_EXCEEDED' } }] });
  });
});
