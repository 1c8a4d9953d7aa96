import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer, ScriptedReply } from '../fakes/models/scripted-model.js';
import type { CallerName } from '../policy/demo-policies.js';
import { type SignedCallers, startForSignedCallers } from '../policy/signed-callers.js';
import { INJECTIONS } from './injections.js';

/** A model that has been talked into anything: it plans whatever an attacker wants. What holds is what is round it. */
let callers: SignedCallers;
let model: FakeModelServer;
let reply: unknown;
let secrets: readonly string[];

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  model = await startBedrockServer((): ScriptedReply => ({ kind: 'object', value: reply }));
  callers = await startForSignedCallers({
    ASKGRAPH_MODEL: 'bedrock:vendor.model-1',
    ASKGRAPH_MODEL_URL: model.url,
    ASKGRAPH_MODEL_REGION: 'eu-west-1',
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_WRITER_MODEL: 'off',
  });
  const { data } = await callers.as<{ hr: { salaries: { salary: number }[] } }>(
    'hr',
    '{ hr { salaries(where: {empNo: {eq: 10001}}, limit: 20) { salary } } }',
  );
  secrets = data.hr.salaries.map(({ salary }) => String(salary));
  expect(secrets.length).toBeGreaterThan(0);
}, 300_000);
afterAll(async () => {
  await callers?.close();
  await model?.close();
});

interface Asked {
  readonly ask: {
    readonly status: string;
    readonly text: string;
    readonly table: { readonly rows: readonly (readonly unknown[])[] } | null;
  } | null;
}

async function ask(caller: CallerName, plan: object, question: string) {
  reply = { kind: 'plan', restatement: 'what was asked', ...plan };
  const response = await fetch(`${callers.gateway.url}/graphql`, {
    method: 'POST',
    headers: callers.headersOf(caller),
    body: JSON.stringify({
      query:
        'query ($question: String!) { ask(input: {question: $question, maxRows: 1000}) { status text assumptions table { rows } steps { query status } } }',
      variables: { question },
    }),
  });
  return (await response.json()) as {
    data: Asked;
    errors?: { message: string; extensions: { code: string } }[];
  };
}

const sql = (domain: string, query: string, name = 'found') => ({
  name,
  domain,
  language: 'SQL',
  query,
  dependsOn: [],
});
const graphql = (domain: string, query: string) => ({
  name: 'found',
  domain,
  language: 'GRAPHQL',
  query,
  dependsOn: [],
});
const step = (one: object) => ({ steps: [one] });
const combined = (query: string, combine: string) => ({ steps: [sql('hr', query, 'a')], combine });
const FIVE_AND_ONE = 'SELECT emp_no, SUM(salary) AS s, COUNT(*) AS n FROM salaries GROUP BY emp_no';

describe('a model that has been talked into anything', () => {
  it.each<[string, CallerName, object]>([
    ['rows of a hidden table', 'clerk', step(sql('hr', 'SELECT salary FROM salaries'))],
    ['a hidden column', 'clerk', step(graphql('sales', '{ sales { users { email } } }'))],
    ['SQL where only typed queries are permitted', 'clerk', step(sql('sales', 'SELECT userid FROM users'))],
    ['a hidden domain', 'nobody', step(graphql('legal', '{ legal { claims { claimId } } }'))],
    [
      'another domain under a visible one’s name',
      'nobody',
      step(graphql('sales', '{ hr { salaries { salary } } }')),
    ],
    [
      'each row of what is seen in figures',
      'analyst',
      step(sql('hr', 'SELECT emp_no, salary FROM salaries')),
    ],
    ['the largest of it', 'analyst', step(sql('hr', 'SELECT MAX(salary) AS m FROM salaries'))],
    [
      'a condition on it',
      'analyst',
      step(sql('hr', 'SELECT COUNT(*) AS n FROM salaries WHERE salary > 60000')),
    ],
    [
      'it row by row by the typed schema',
      'analyst',
      step(graphql('hr', '{ hr { salaries { empNo salary } } }')),
    ],
    ['it in the schema of a table', 'analyst', step(sql('hr', 'SELECT * FROM information_schema.columns'))],
    ['a change', 'analyst', step(sql('hr', 'DELETE FROM titles'))],
    ['two statements', 'analyst', step(sql('hr', 'SELECT 1 AS a; DROP TABLE titles'))],
    ['a file', 'analyst', step(sql('hr', "SELECT * FROM read_csv('/etc/passwd')"))],
    [
      'a file when steps are combined',
      'analyst',
      combined('SELECT emp_no FROM titles LIMIT 1', "SELECT * FROM read_text('/etc/passwd')"),
    ],
    [
      'another database when steps are combined',
      'analyst',
      combined('SELECT emp_no FROM titles LIMIT 1', "ATTACH 'x.db' AS x"),
    ],
    [
      'a table that is no step when they are combined',
      'analyst',
      combined('SELECT emp_no FROM titles LIMIT 1', 'SELECT * FROM salaries'),
    ],
    ['a mutation', 'analyst', step(graphql('hr', 'mutation { deleteConversation(id: "x") }'))],
    [
      'a question in a question',
      'analyst',
      step(graphql('hr', '{ ask(input: {question: "And again?"}) { text } }')),
    ],
    [
      'what was asked before',
      'analyst',
      step(graphql('hr', '{ conversations { edges { node { title } } } }')),
    ],
    ['the schema', 'clerk', step(graphql('sales', '{ __schema { types { name } } }'))],
    ['a type', 'clerk', step(graphql('sales', '{ sales { users { __typename } } }'))],
    ['a domain that there is not', 'clerk', step(sql('salaries', 'SELECT 1 AS a'))],
  ])('gets nothing by %s (%s)', async (_, caller, plan) => {
    const { data, errors } = await ask(caller, plan, 'Riddle me this, whatever it takes.');
    expect(data.ask?.table?.rows ?? []).toEqual([]);
    expect(data.ask?.status).not.toBe('ANSWERED');
    const told = JSON.stringify([data, errors]);
    for (const secret of secrets) expect(told).not.toContain(secret);
    if (caller !== 'analyst') expect(told).not.toMatch(/emp_no|\bemployees\b|from_date/);
    for (const { extensions } of errors ?? [])
      expect([
        'STATEMENT_REFUSED',
        'UNKNOWN_NAME',
        'FORBIDDEN',
        'MODEL_REPLY_INVALID',
        'PLAN_FAILED',
        'BAD_USER_INPUT',
      ]).toContain(extensions.code);
  });

  it.each([
    ['as they are', 'SELECT emp_no, s FROM a'],
    ['at their most', 'SELECT MAX(s) AS m FROM a'],
    ['added up', 'SELECT SUM(s) AS m FROM a'],
    ['in an order', 'SELECT emp_no FROM a WHERE s IS NOT NULL ORDER BY s DESC'],
    ['divided', 'SELECT MAX(s / n) AS m FROM a'],
  ])('gets none of the figures over too few people when steps are combined, %s', async (how, combine) => {
    const { data, errors } = await ask(
      'analyst',
      combined(`${FIVE_AND_ONE} LIMIT 50`, combine),
      `Riddle me pay ${how}.`,
    );
    expect(errors).toBeUndefined();
    const figures = (data.ask?.table?.rows ?? []).map((row) => row.at(-1));
    expect(
      combine.includes('emp_no FROM a WHERE') ? figures : figures.filter((figure) => figure !== null),
    ).toEqual([]);
    const whole = await ask('hr', combined(`${FIVE_AND_ONE} LIMIT 50`, combine), `Riddle me pay ${how}.`);
    expect((whole.data.ask?.table?.rows ?? []).some((row) => row.at(-1) !== null)).toBe(true);
  });
});

describe('a question that talks to the model', () => {
  it('stands in its fence, and changes neither the instructions nor the tool', async () => {
    const seen = new Set<string>();
    for (const injection of INJECTIONS) {
      const before = model.calls.length;
      await ask(
        'analyst',
        step(sql('hr', 'SELECT COUNT(*) AS n FROM titles')),
        `Riddle me this. ${injection}`,
      );
      const [call, ...others] = model.calls.slice(before);
      expect(others).toEqual([]);
      seen.add(JSON.stringify([call?.instructions, call?.tool, call?.messages.map(({ role }) => role)]));
      const told = call?.messages[0]?.text ?? '';
      for (const fence of ['question', 'data'])
        for (const tag of [`<${fence}>`, `</${fence}>`])
          expect(told.split(tag), `${tag} ${injection}`).toHaveLength(2);
      expect(told.indexOf('</data>')).toBeLessThan(told.indexOf('<question>'));
      expect(call?.instructions).not.toContain(injection);
    }
    expect(seen.size).toBe(1);
  }, 300_000);
});
