import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_KEY, startOpenaiServer } from '../../test/fakes/models/openai-server.js';
import { byWords } from '../../test/fakes/models/scripted-embeddings.js';
import {
  type FakeModelServer,
  SCRIPTED_USAGE,
  type ScriptedReply,
} from '../../test/fakes/models/scripted-model.js';

const launcher = resolve(import.meta.dirname, '../../bin/askgraph.mjs');
const TOKENS = SCRIPTED_USAGE.inputTokens + SCRIPTED_USAGE.outputTokens;
/** At 3/15/0.3 a million tokens. */
const COST =
  ((SCRIPTED_USAGE.inputTokens - SCRIPTED_USAGE.cachedInputTokens) * 3 +
    SCRIPTED_USAGE.cachedInputTokens * 0.3 +
    SCRIPTED_USAGE.outputTokens * 15) /
  1e6;

/** What the scripted model says to each question that is asked below. */
const SQL_OF: Readonly<Record<string, string>> = {
  'How many plants are there?': 'SELECT COUNT(*) AS n FROM plants',
  'Riddle me the giant of the beds.': 'SELECT plant_name FROM plants ORDER BY height DESC LIMIT 1',
  'Riddle me the dwarf of the beds.': 'SELECT plant_name FROM plants ORDER BY height DESC LIMIT 1',
};

function scripted({ text }: { readonly text: string }): ScriptedReply {
  const asked = Object.entries(SQL_OF).find(([question]) => text.includes(question));
  if (asked === undefined) return { kind: 'object', value: { kind: 'refuse', reason: 'Nothing is known.' } };
  const step = { name: 'found', domain: 'garden', language: 'SQL', query: asked[1], dependsOn: [] };
  return { kind: 'object', value: { kind: 'plan', restatement: 'what was riddled', steps: [step] } };
}

describe('askgraph eval with a language model', { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-eval-model-'));
  const set = join(folder, 'sets');
  let server: FakeModelServer;

  const run = (options: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
    new Promise<{ status: number | null; stdout: string; stderr: string }>((done) => {
      const child = spawn(process.execPath, [launcher, 'eval', '--set', set, ...options], {
        env: {
          ...process.env,
          ASKGRAPH_HOME: join(folder, 'home'),
          LOG_LEVEL: 'silent',
          ASKGRAPH_MODEL: 'openai:vendor-1',
          ASKGRAPH_MODEL_URL: server.url,
          ASKGRAPH_MODEL_API_KEY: FAKE_KEY,
          ASKGRAPH_MODEL_PRICE: '3/15/0.3 USD',
          ASKGRAPH_WRITER_MODEL: 'off',
          ASKGRAPH_MODEL_RETRIES: '0',
          // However busy the machine is: nothing here is about deadlines.
          REQUEST_TIMEOUT_MS: '500000',
          ASKGRAPH_MODEL_TIMEOUT_MS: '500000',
          ASKGRAPH_EMBEDDING_TIMEOUT_MS: '500000',
          ...settings,
        },
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk) => {
        stdout += String(chunk);
      });
      child.stderr.on('data', (chunk) => {
        stderr += String(chunk);
      });
      child.on('close', (status) => done({ status, stdout, stderr }));
    });
  const outcomes = (report: { verdicts: { id: string; outcome: string; planner: string }[] }) =>
    report.verdicts.map(({ id, outcome, planner }) => [id, outcome, planner]);

  beforeAll(async () => {
    server = await startOpenaiServer(({ messages }) => scripted(messages.at(-1)!));
    mkdirSync(join(set, 'garden'), { recursive: true });
    writeFileSync(
      join(set, 'garden', 'plants.csv'),
      'plant_id,plant_name,height\n1,Rose,120\n2,Tulip,40\n3,Lily,80\n',
    );
    writeFileSync(
      join(set, 'garden', 'questions.json'),
      JSON.stringify([
        { id: 'count', question: 'How many plants are there?', expected: { rows: [[3]] } },
        { id: 'giant', question: 'Riddle me the giant of the beds.', expected: { rows: [['Rose']] } },
        { id: 'dwarf', question: 'Riddle me the dwarf of the beds.', expected: { rows: [['Tulip']] } },
        { id: 'strange', question: 'Why do whales sing?', expected: { rows: [[1]] } },
      ]),
    );
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks the model alone, and tells its calls, tokens, cost and time by database', async () => {
    const { status, stdout } = await run(['--planner', 'model', '--json']);
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(outcomes(report)).toEqual([
      ['count', 'right', 'openai:vendor-1'],
      ['giant', 'right', 'openai:vendor-1'],
      ['dwarf', 'wrong', 'openai:vendor-1'],
      ['strange', 'abstained', 'openai:vendor-1'],
    ]);
    expect(report.databases.garden).toMatchObject({
      asked: 4,
      answered: 3,
      right: 2,
      accuracy: 0.5,
      routing: 0.25,
      modelCalls: 4,
      tokens: 4 * TOKENS,
    });
    expect(report.databases.garden.cost).toBeCloseTo(4 * COST, 9);
    expect(report.databases.garden.p99Milliseconds).toBeGreaterThanOrEqual(
      report.databases.garden.medianMilliseconds,
    );
    expect(report.verdicts[2]).toMatchObject({ expected: [['Tulip']], actual: [['Rose']] });
    expect(report.verdicts[2].confidence).toBeUndefined();
  });

  it('asks the model only for what the embedded planner does not read, unless told otherwise', async () => {
    const before = server.calls.length;
    const { stdout } = await run(['--json']);
    expect(outcomes(JSON.parse(stdout))).toEqual([
      ['count', 'right', 'embedded'],
      ['giant', 'right', 'openai:vendor-1'],
      ['dwarf', 'wrong', 'openai:vendor-1'],
      ['strange', 'abstained', 'openai:vendor-1'],
    ]);
    expect(server.calls.length - before).toBe(3);
    const alone = await run(['--json'], { ASKGRAPH_PLANNER: 'embedded' });
    expect(JSON.parse(alone.stdout).total).toMatchObject({ answered: 1, modelCalls: 0, cost: 0 });
    expect(server.calls.length - before).toBe(3);
  });

  it('prints the figures, writes the failures, and fails below a minimum', async () => {
    const page = join(folder, 'report.html');
    const { status, stdout, stderr } = await run([
      '--planner',
      'model',
      '--report',
      page,
      '--minimum-accuracy',
      '0.6',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('accuracy 50.0 % is below 60.0 %');
    const [head, garden] = stdout.split('\n');
    expect(head?.trim().split(/\s{2,}/)).toEqual(
      expect.arrayContaining(['p99 ms', 'calls', 'tokens', 'cost']),
    );
    expect(
      garden
        ?.trim()
        .split(/\s{2,}/)
        .slice(-3),
    ).toEqual(['4', String(4 * TOKENS), (4 * COST).toFixed(4)]);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('Riddle me the dwarf of the beds.');
    expect(html).toContain('openai:vendor-1');
    expect(html).toContain('expected [&quot;Tulip&quot;]\nactual   [&quot;Rose&quot;]');
  });

  it('counts what the model fails to plan, and goes on', async () => {
    const broken = await startOpenaiServer(({ messages }, index) =>
      index === 0 ? { kind: 'denied' } : scripted(messages.at(-1)!),
    );
    const { stdout, status } = await run(['--planner', 'model'], { ASKGRAPH_MODEL_URL: broken.url });
    await broken.close();
    expect(status).toBe(0);
    expect(stdout).toContain('1 failed; what their calls used is not among the figures.');
    expect(stdout).toMatch(/garden\s+4\s+2\s+1\s/);
  });

  it('tells recorded exchanges again without a model, and says what was never recorded', async () => {
    const exchanges = join(folder, 'exchanges');
    const day = ['--planner', 'model', '--json', '--as-of', '2026-05-01'];
    const recorded = await run([...day, '--record', exchanges]);
    const before = server.calls.length;
    const replayed = await run([...day, '--replay', exchanges], { ASKGRAPH_MODEL_URL: 'http://127.0.0.1:9' });
    expect(server.calls.length).toBe(before);
    expect(outcomes(JSON.parse(replayed.stdout))).toEqual(outcomes(JSON.parse(recorded.stdout)));
    expect(JSON.parse(replayed.stdout).total.tokens).toBe(4 * TOKENS);
    const later = await run(['--planner', 'model', '--json', '--as-of', '2026-05-02', '--replay', exchanges]);
    const { verdicts } = JSON.parse(later.stdout);
    expect(verdicts[0]).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('No exchange') });
  });

  it('asks nothing before the tables have been placed by their meaning', async () => {
    const place = byWords();
    const slow = await startOpenaiServer(
      ({ messages }) => scripted(messages.at(-1)!),
      (call, index) => (index === 0 ? 'throttled' : place(call, index)),
    );
    const { status } = await run(['--planner', 'model'], {
      ASKGRAPH_MODEL_URL: slow.url,
      ASKGRAPH_MODEL_RETRIES: '2',
      ASKGRAPH_EMBEDDING_MODEL: 'openai:meanings-1',
      ASKGRAPH_EMBEDDING_URL: slow.url,
      ASKGRAPH_EMBEDDING_API_KEY: FAKE_KEY,
    });
    await slow.close();
    expect(status).toBe(0);
    // The table twice, then every question.
    expect(slow.embeddings.map(({ texts }) => texts[0]).slice(2)).toEqual([
      'How many plants are there?',
      'Riddle me the giant of the beds.',
      'Riddle me the dwarf of the beds.',
      'Why do whales sing?',
    ]);
  });

  it('says what is missing where a model is wanted and none is named', async () => {
    const { status, stderr } = await run(['--planner', 'model'], { ASKGRAPH_MODEL: '' });
    expect(status).toBe(1);
    expect(stderr).toContain('ASKGRAPH_MODEL names no model');
  });

  it('takes no day that is not on the calendar, and no exchanges to keep and to tell at once', async () => {
    const day = await run(['--planner', 'embedded', '--as-of', '2026-02-31']);
    expect(day).toMatchObject({ status: 1, stderr: expect.stringContaining('BAD_USER_INPUT: asOf is not') });
    const both = await run(['--planner', 'model', '--record', 'here', '--replay', 'there']);
    expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be used with') });
  });
});
