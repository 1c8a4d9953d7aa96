import { describe, expect, it } from 'vitest';
import { combineInSandbox } from '../../subgraphs/connectors/sandbox.js';
import { ask as pipeline } from './ask.js';
import type { Progress } from './ask-event.js';
import type { Combine } from './combine.js';
import { contextOf } from './schema/service-of.test-helper.js';
import {
  askQuietly as ask,
  countStep,
  inputOf,
  planOf,
  type Script,
  scripted,
  sqlStep,
} from './scripted.test-helper.js';

const context = contextOf('anna');
const askWith = (script: Script, input = inputOf()) => ask(input, context, scripted(script));
const counted = (count: string) => ({ data: { rows: { count } } });
const inSandbox: Combine = ({ sql, tables, rowLimit, context: { signal } }) =>
  combineInSandbox({
    sql,
    tables,
    limits: { rowLimit, signal },
    run: (statement, sandbox) => sandbox.query(statement),
  });

describe('a plan of several steps', () => {
  const columns = [
    { name: 'name', type: 'STRING' as const },
    { name: 'n', type: 'INTEGER' as const },
  ];
  const rows = {
    first: [
      ['a', 1],
      ['b', 2],
    ],
    second: [
      ['a', 10],
      ['b', 30],
    ],
  };
  const sql: Script['sql'] = async (_domain, text) => ({
    columns,
    rows: text.endsWith('first') ? rows.first : rows.second,
    truncated: false,
    executedSql: text,
  });
  const outcome = planOf({
    steps: [sqlStep('first'), sqlStep('second', { domain: 'staff', dependsOn: ['first'] })],
    combine: {
      query:
        'SELECT first.name, second.n - first.n AS rest FROM first JOIN second ON first.name = second.name ORDER BY rest',
    },
    restatement: 'rest by name',
    columns: [
      { name: 'name', label: 'name', role: 'asked' },
      { name: 'rest', label: 'rest', unit: 'USD', role: 'asked' },
    ],
  });

  it('joins their rows in a database of its own', async () => {
    const answer = await askWith({ outcome, sql, combine: inSandbox });
    expect(answer).toMatchObject({ status: 'ANSWERED', text: 'Rest by name: a: $9; b: $28.' });
    expect(answer.table?.rows.map((row) => row.map(String))).toEqual([
      ['a', '9'],
      ['b', '28'],
    ]);
    expect(answer.steps[2]).toMatchObject({
      name: 'combined',
      domain: null,
      dependsOn: ['first', 'second'],
      language: 'SQL',
      status: 'SUCCEEDED',
      rows: 2,
    });
    expect(answer.claims[0]?.cells[0]).toEqual({ step: 'combined', row: 0, column: 'name' });
  });

  it('tells whoever follows the rows of each step, no more of them than were asked for, and the answer’s last', async () => {
    const told: Progress[] = [];
    const tell = (progress: Progress) => told.push(progress);
    const { body } = await pipeline(
      inputOf({ maxRows: 1 }),
      context,
      scripted({ outcome, sql, combine: inSandbox }),
      tell,
    );
    const arrived = told.flatMap((progress) => (progress.kind === 'RowsArrived' ? [progress] : []));
    expect(arrived.map(({ stepName, rows }) => [stepName, rows])).toEqual([
      ['first', [['a', 1]]],
      ['second', [['a', 10]]],
      ['combined', body.table?.rows],
    ]);
    expect(arrived[0]?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['name', 'STRING'],
      ['n', 'INTEGER'],
    ]);
    const kinds = told.map((progress) =>
      progress.kind === 'StepChanged' ? `${progress.step.name} ${progress.step.status}` : progress.kind,
    );
    expect(kinds[kinds.indexOf('first SUCCEEDED') + 1]).toBe('RowsArrived');
  });

  it('shows as many rows as were asked for, though the steps read more', async () => {
    const answer = await askWith({ outcome, sql, combine: inSandbox }, inputOf({ maxRows: 1 }));
    expect(answer.table).toMatchObject({ truncated: true, totalRows: null });
    expect(answer.table?.rows).toHaveLength(1);
  });

  it('refuses to calculate with a part of a step’s rows', async () => {
    const cut: Script['sql'] = async (...call) => ({
      ...(await sql(...call)),
      truncated: call[1].endsWith('second'),
    });
    await expect(askWith({ outcome, sql: cut, combine: inSandbox })).rejects.toMatchObject({
      code: 'TOO_COMPLEX',
      domain: 'staff',
    });
  });

  it('holds the combining SQL to the guard', async () => {
    const combine = { query: "SELECT * FROM read_csv('/etc/passwd')" };
    await expect(
      askWith({ outcome: { ...outcome, combine }, sql, combine: inSandbox }),
    ).rejects.toMatchObject({
      code: 'STATEMENT_REFUSED',
    });
  });

  it('runs steps together where they can be, and after each other where they must', async () => {
    const log: string[] = [];
    const slow: Script['sql'] = async (...call) => {
      log.push(`${call[1]} begins`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      log.push(`${call[1]} ends`);
      return sql(...call);
    };
    const steps = [sqlStep('a'), sqlStep('b'), sqlStep('c', { dependsOn: ['a', 'b'] })] as const;
    await askWith({ outcome: planOf({ steps }), sql: slow });
    expect(log.slice(0, 2).sort()).toEqual(['SELECT a begins', 'SELECT b begins']);
    expect(log.slice(4)).toEqual(['SELECT c begins', 'SELECT c ends']);
  });
});

describe('a question that can be read in two ways', () => {
  const clarify = {
    kind: 'clarify' as const,
    prompt: 'Which one is meant?',
    choices: [
      { id: 'one', label: 'the first', plan: planOf() },
      {
        id: 'two',
        label: 'the second',
        plan: planOf({ steps: [countStep('second')], restatement: 'number of others' }),
      },
    ],
  };

  it('is put back with its choices, and nothing is run', async () => {
    const dependencies = scripted({ outcome: clarify });
    expect(await ask(inputOf(), context, dependencies)).toMatchObject({
      status: 'CLARIFICATION',
      text: 'Which one is meant?',
      clarification: {
        prompt: 'Which one is meant?',
        choices: [
          { id: 'one', label: 'the first' },
          { id: 'two', label: 'the second' },
        ],
      },
      table: null,
      steps: [],
    });
    expect(dependencies.ran).toEqual([]);
  });

  it('is answered by the choice that is sent', async () => {
    const dependencies = scripted({ outcome: clarify, graphql: () => counted('5') });
    expect(await ask(inputOf({ choiceId: 'two' }), context, dependencies)).toMatchObject({
      status: 'ANSWERED',
      text: 'The number of others is 5.',
    });
    expect(dependencies.ran).toEqual(['{ second }']);
  });

  it.each([
    ['that it never offered', clarify],
    ['where there was nothing to choose', planOf()],
  ])(
    'takes no choice %s',
    async (_, outcome) =>
      await expect(askWith({ outcome }, inputOf({ choiceId: 'three' }))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      }),
  );
});

describe('a question that is not answered', () => {
  it('names the words that found no place, once each, and what can be asked', async () => {
    const outcome = {
      kind: 'notUnderstood' as const,
      unplaced: ['blorp', 'zib', 'blorp'],
      understood: 'number of things',
    };
    expect(await askWith({ outcome })).toMatchObject({
      status: 'NOT_UNDERSTOOD',
      text: 'I could not place “blorp”, “zib”. The nearest I can read is: number of things. I can answer from: shop (Things that are sold); staff (People).',
      restatement: 'number of things',
      followUps: ['What is in shop?', 'What is in staff?'],
      trust: null,
    });
  });

  it('says so also where nothing at all was understood', async () => {
    const outcome = { kind: 'notUnderstood' as const, unplaced: [], understood: undefined };
    expect(await askWith({ outcome })).toMatchObject({
      status: 'NOT_UNDERSTOOD',
      text: 'I could not read this question. I can answer from: shop (Things that are sold); staff (People).',
      restatement: null,
    });
  });

  it('is refused with the reason', async () =>
    expect(await askWith({ outcome: { kind: 'refuse', reason: 'Askgraph only reads.' } })).toMatchObject({
      status: 'REFUSED',
      text: 'Askgraph only reads.',
      steps: [],
    }));
});

describe('the domains of a question', () => {
  it('must be known, before anything is planned', async () => {
    const dependencies = scripted({ outcome: planOf() });
    await expect(ask(inputOf({ domains: ['shop', 'stuff'] }), context, dependencies)).rejects.toMatchObject({
      code: 'UNKNOWN_NAME',
      message: 'Unknown domain "stuff" in this gateway. Did you mean "staff"?',
    });
    expect(dependencies.planned).toEqual([]);
  });

  it('are the only ones that the planner is given', async () => {
    const dependencies = scripted({ outcome: planOf(), graphql: () => counted('1') });
    await ask(inputOf({ domains: ['staff'] }), context, dependencies);
    expect(dependencies.planned[0]?.candidates.domains.every(({ domain }) => domain.name === 'staff')).toBe(
      true,
    );
  });
});
