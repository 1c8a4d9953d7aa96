import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../gateway/audit/audit-event.js';
import { codesOf, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { makeHome, runProcess, startProcess } from '../start-process.js';

const HIRED = 'How many employees were hired before 1990?';
/** Several processes start and end. */
const PROCESSES = { timeout: 180_000 };
const COUNT = '{ hr { employeesAggregate { count } } }';

describe('the audit trail of a gateway', () => {
  let folder: string;
  let gateway: StartedGateway;
  const environment = () => ({
    ASKGRAPH_AUDIT: 'file',
    ASKGRAPH_AUDIT_DIRECTORY: join(folder, 'trail'),
    ASKGRAPH_AUDIT_TEXTS: 'full',
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'askgraph-audit-'));
    gateway = await startGateway({ ...environment(), OPERATION_COST: '50000' });
    // Questions wait for what is sampled first, which is on record too.
    await ask(HIRED);
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = (query: string, variables?: object) => postGraphql(gateway.url, query, variables);
  const ask = (question: string) =>
    postGraphql<{ ask: { id: string; text: string } | null }>(
      gateway.url,
      'query ($input: AskInput!) { ask(input: $input) { id text } }',
      { input: { question } },
    );
  /** The events of one request, once its last one is written. */
  async function eventsOf(headers: Headers, last: string): Promise<AuditEvent[]> {
    for (let attempt = 0; ; attempt += 1) {
      const events = readEvents(join(folder, 'trail')).filter(
        ({ requestId }) => requestId === headers.get('x-request-id'),
      );
      if (events.some(({ kind }) => kind === last) || attempt === 100) return events;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('has each statement before it runs, with the columns that it touches, and what came of it after', async () => {
    const { headers, data } = await post(
      '{ hr { employees(where: {hireDate: {lt: "1990-01-01"}}, limit: 3) { lastName } } }',
    );
    expect(data).toMatchObject({ hr: { employees: [{}, {}, {}] } });
    const [statement, result, ...others] = await eventsOf(headers, 'result');
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      kind: 'statement',
      decision: 'allowed',
      subject: 'anonymous',
      domain: 'hr',
      facts: { engine: 'duckdb', rowLimit: 3, reads: { employees: ['emp_no', 'hire_date', 'last_name'] } },
      texts: {
        sql: expect.stringContaining('FROM "employees"'),
        parameters: expect.stringContaining('1990-01-01'),
      },
    });
    expect(statement?.digests?.sql).toBe(
      createHash('sha256')
        .update(statement?.texts?.sql ?? '')
        .digest('hex'),
    );
    expect(result).toMatchObject({
      kind: 'result',
      decision: 'succeeded',
      facts: { statement: statement?.sequence, rows: 3, milliseconds: expect.any(Number) },
    });
  });

  it('has the tables and columns of relations, and of aggregates that count rows', async () => {
    const { headers } = await post(
      '{ hr { employees(limit: 1) { titles { title } } departmentsAggregate { count } } }',
    );
    const events = await eventsOf(headers, 'result');
    const reads = new Map<string, unknown>();
    for (const { kind, facts } of events) {
      if (kind !== 'statement') continue;
      // Whether nested rows are read by the same statement or by one of their own is the engine's affair.
      for (const [table, columns] of Object.entries(facts?.reads ?? {})) reads.set(table, columns);
    }
    expect(reads.get('departments')).toEqual([]);
    expect(reads.get('titles')).toEqual(expect.arrayContaining(['emp_no', 'title']));
    expect(reads.get('employees')).toEqual(['emp_no']);
  });

  it('has each question, its statements and its answer', async () => {
    const { headers, data } = await ask(HIRED);
    const events = await eventsOf(headers, 'answer');
    expect(events.map(({ kind }) => kind)).toEqual(['question', 'statement', 'result', 'answer']);
    const [question, , , answer] = events;
    expect(question?.texts).toEqual({ question: HIRED });
    expect(answer).toMatchObject({
      decision: 'succeeded',
      facts: { question: question?.sequence, answerId: data.ask?.id, status: 'ANSWERED', domains: ['hr'] },
    });
  });

  it('has what an API was asked for a question, and the statement that worked on its answers', async () => {
    const { headers, data } = await ask('How much rain fell in Seattle in November 2014?');
    const events = await eventsOf(headers, 'answer');
    const statements = events.filter(({ kind }) => kind === 'statement');
    expect(statements.map(({ domain, facts }) => [domain, facts?.engine, facts?.path])).toEqual([
      ['product', 'http', '/v1/search'],
      ['product', 'http', '/v1/archive'],
      [undefined, 'sandbox', undefined],
    ]);
    expect(statements[1]?.texts?.query).toContain('2014-11-01');
    expect(statements[2]?.texts?.sql).toMatch(/sum\(/i);
    expect(statements[2]?.facts?.reads).toEqual({ rows_read: ['precipitation'] });
    const results = events.filter(({ kind }) => kind === 'result');
    expect(results.map(({ decision, facts }) => [decision, facts?.statement])).toEqual(
      statements.map(({ sequence }) => ['succeeded', sequence]),
    );
    expect(events.at(-1)).toMatchObject({ kind: 'answer', facts: { answerId: data.ask?.id } });
  });

  it('has feedback and deletions', async () => {
    const { data } = await ask(HIRED);
    const { headers } = await post(
      `mutation { giveFeedback(input: {answerId: "${data.ask?.id}", right: false, comment: "odd"}) { feedbackId } }`,
    );
    expect(await eventsOf(headers, 'feedback')).toMatchObject([
      { kind: 'feedback', facts: { answerId: data.ask?.id, verdict: 'wrong' }, texts: { comment: 'odd' } },
    ]);
  });

  it('has what the gateway refuses, and nothing of it runs', async () => {
    const { headers, errors } = await post(
      '{ hr { employees(limit: 10000) { titles(limit: 1000) { title } } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    expect(await eventsOf(headers, 'refusal')).toMatchObject([
      { kind: 'refusal', decision: 'refused', code: 'TOO_COMPLEX' },
    ]);
  });
});

describe('where the trail cannot be written', () => {
  let folder: string;
  let gateway: StartedGateway;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'askgraph-audit-'));
    gateway = await startGateway({ DATABASE_URL: `file:${join(folder, 'store.db')}` });
    await postGraphql(gateway.url, `{ ask(input: {question: "${HIRED}"}) { text } }`);
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('no statement runs and no question is read, until it can be again', async () => {
    const client = createClient({ url: `file:${join(folder, 'store.db')}`, timeout: 2_000 });
    await client.execute('ALTER TABLE "AuditEvent" RENAME TO "Aside"');
    const refused = await postGraphql(gateway.url, COUNT);
    expect(codesOf(refused)).toEqual(['AUDIT_UNAVAILABLE']);
    expect(refused.data).toEqual({ hr: { employeesAggregate: null } });
    const asked = await postGraphql(gateway.url, `{ ask(input: {question: "${HIRED}"}) { text } }`);
    expect(asked.data).toEqual({ ask: null });
    expect(codesOf(asked)).toEqual(['AUDIT_UNAVAILABLE']);
    await client.execute('ALTER TABLE "Aside" RENAME TO "AuditEvent"');
    client.close();
    expect((await postGraphql(gateway.url, COUNT)).data).toEqual({
      hr: { employeesAggregate: [{ count: '300' }] },
    });
  });
});

describe('askgraph audit verify', () => {
  it(
    'checks the trails of a gateway and of a subgraph that runs elsewhere, and says where one is broken',
    PROCESSES,
    async () => {
      const home = makeHome('shared');
      try {
        const environment = { ASKGRAPH_HOME: home.path, PORT: '0', LOG_LEVEL: 'silent' };
        const hr = await startProcess(['subgraph', 'hr'], environment);
        const gateway = await startProcess(['serve'], {
          ...environment,
          SUBGRAPH_HR_URL: `${hr.url}/graphql`,
        });
        expect((await postGraphql(gateway.url, COUNT)).data).toEqual({
          hr: { employeesAggregate: [{ count: '300' }] },
        });
        await gateway.stop();
        await hr.stop();

        const verified = await runProcess(['audit', 'verify'], environment);
        expect(verified.stderr).toBe('');
        expect(verified.stdout).toMatch(/\d+ events in 2 chains: every link holds\.\n$/);
        expect(verified.code).toBe(0);

        const client = createClient({ url: `file:${join(home.path, 'store.db')}`, timeout: 2_000 });
        const { rows } = await client.execute(
          `SELECT chain, count(*) AS n FROM "AuditEvent" WHERE domain = 'hr' AND kind = 'statement' GROUP BY chain`,
        );
        expect(rows).toHaveLength(1);
        await client.execute('DROP TRIGGER "AuditEvent_is_never_changed"');
        await client.execute(
          `UPDATE "AuditEvent" SET subject = 'nobody' WHERE kind = 'statement' AND domain = 'hr'`,
        );
        client.close();
        const broken = await runProcess(['audit', 'verify'], environment);
        expect(broken.code).toBe(1);
        expect(broken.stderr).toMatch(/^DATA_CORRUPT: The audit trail is broken at store \S+\/\d+: /);
      } finally {
        home.remove();
      }
    },
  );

  it('reads a file that was collected from standard output', PROCESSES, async () => {
    const home = makeHome('shared');
    try {
      const environment = { ASKGRAPH_HOME: home.path, LOG_LEVEL: 'silent', ASKGRAPH_AUDIT: 'stdout' };
      const { stdout } = await runProcess(['ask', HIRED], environment);
      const lines = stdout.split('\n').filter((line) => line.startsWith('{"at"'));
      expect(lines.length).toBeGreaterThan(5);
      const file = join(home.path, 'collected.jsonl');
      writeFileSync(file, `${lines.join('\n')}\n`);
      const verified = await runProcess(['audit', 'verify', '--file', file], environment);
      expect(verified.stdout).toContain(`${lines.length} events in 1 chain: every link holds.`);

      writeFileSync(file, `${lines.toSpliced(3, 1).join('\n')}\n`);
      const broken = await runProcess(['audit', 'verify', '--file', file], environment);
      expect(broken.stderr).toContain('broken at collected.jsonl:4: event 5 of chain');
      expect((await runProcess(['audit', 'verify'], environment)).stderr).toContain(
        'Name a file with --file',
      );
    } finally {
      home.remove();
    }
  });
});

function readEvents(directory: string): AuditEvent[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as AuditEvent);
}
