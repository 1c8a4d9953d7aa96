import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const launcher = resolve(import.meta.dirname, '../../bin/askgraph.mjs');

describe('askgraph eval', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-eval-'));
  const set = join(folder, 'sets');
  const run = (...options: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [launcher, 'eval', '--set', set, ...options],
      {
        encoding: 'utf8',
        env: { ...process.env, ASKGRAPH_HOME: join(folder, 'home'), LOG_LEVEL: 'silent' },
      },
    );
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    mkdirSync(join(set, 'garden'), { recursive: true });
    writeFileSync(
      join(set, 'garden', 'plants.csv'),
      'plant_id,plant_name,height\n1,Rose,120\n2,Tulip,40\n3,Lily,80\n',
    );
    writeFileSync(
      join(set, 'garden', 'questions.json'),
      JSON.stringify([
        {
          id: 'count',
          question: 'How many plants are there?',
          expected: { rows: [[3]] },
          difficulty: 'easy',
        },
        {
          id: 'names',
          question: 'List the names of all plants.',
          expected_any: [{ rows: [['x']] }, { rows: [['Lily'], ['Rose'], ['Tulip']] }],
        },
        { id: 'mistaken', question: 'What is the average height of plants?', expected: { rows: [[1]] } },
        { id: 'strange', question: 'Why do whales sing?', expected: { rows: [[1]] } },
      ]),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells how many questions were answered, and how many of these rightly', () => {
    const { status, stdout } = run('--json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.total).toMatchObject({
      asked: 4,
      answered: 3,
      right: 2,
      coverage: 0.75,
      accuracy: 0.5,
      modelCalls: 0,
      tokens: 0,
    });
    expect(report.total.precision).toBeCloseTo(2 / 3);
    expect(report.databases.garden.asked).toBe(4);
    expect(report.difficulties.easy).toMatchObject({ asked: 1, right: 1 });
    expect(
      report.verdicts.map((verdict: { id: string; outcome: string }) => [verdict.id, verdict.outcome]),
    ).toEqual([
      ['count', 'right'],
      ['names', 'right'],
      ['mistaken', 'wrong'],
      ['strange', 'abstained'],
    ]);
    expect(report.verdicts[2]).toMatchObject({ expected: [[1]], actual: [[80]] });
    expect(report.curve[0]).toMatchObject({ confidence: 0, coverage: 0.75 });
  });

  it('fails below the minimums that are set', () => {
    expect(run('--minimum-precision', '0.9')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('precision 66.7 % is below 90.0 %'),
    });
    expect(run('--minimum-precision', '0.5', '--minimum-accuracy', '0.5').status).toBe(0);
  });

  it('writes a page with every failure', () => {
    const page = join(folder, 'report.html');
    expect(run('--report', page).status).toBe(0);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('What is the average height of plants?');
    expect(html).toContain('expected [1]\nactual   [80]');
  });

  it('says what it does not understand', () => {
    expect(run('--planner', 'embeded')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Did you mean "embedded"?'),
    });
    expect(run('--minimum-precision', '2').status).toBe(2);
    writeFileSync(join(set, 'garden', 'questions.json'), '[{"id": "a"}]');
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('questions.json') });
  });
});
