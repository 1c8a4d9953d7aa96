import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer } from '../fakes/models/scripted-model.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { CALLERS, type CallerName, demoWithPolicies } from '../policy/demo-policies.js';
import { send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

let issuer: TokenIssuer;
let model: FakeModelServer;
let gateway: StartedGateway;
let planned = 'SELECT salary FROM salaries';

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  issuer = await startTokenIssuer();
  model = await startBedrockServer(() => ({
    kind: 'object',
    value: {
      kind: 'plan',
      restatement: 'salaries',
      steps: [{ name: 'found', domain: 'hr', language: 'SQL', query: planned, dependsOn: [] }],
    },
  }));
  gateway = await startGateway(
    {
      ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
      ASKGRAPH_MODEL: 'bedrock:vendor.model-1',
      ASKGRAPH_MODEL_URL: model.url,
      ASKGRAPH_MODEL_REGION: 'eu-west-1',
      ASKGRAPH_PLANNER: 'model',
    },
    await demoWithPolicies(),
  );
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await model?.close();
  await issuer?.close();
});

interface Asked {
  readonly status: string;
  readonly table: { readonly columns: readonly object[] } | null;
}

/** Asks as a caller, and gives what the model was told of the data and what became of the question. */
async function askAs(name: CallerName, question: string) {
  const { roles, ...claims } = CALLERS[name];
  const token = await issuer.token({ roles: [...roles], ...claims });
  const before = model.calls.length;
  const { data, errors } = await send<{ ask: Asked | null }>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query:
        'query ($question: String!) { ask(input: {question: $question}) { status table { columns { name masked } } } }',
      variables: { question },
    }),
  });
  return { told: model.calls[before]?.messages[0]?.text ?? '', asked: data?.ask, errors };
}

it('hears of no table and no value that the asker may not see', async () => {
  const { told } = await askAs('clerk', 'Which users in Seattle bought tickets, and what do employees earn?');
  expect(told).toContain('Table users');
  expect(told).toContain('phone');
  for (const hidden of ['Table salaries', 'Table employees', 'email', 'lastname'])
    expect(told).not.toContain(hidden);
}, 60_000);

it('hears none of the values of a domain that withholds them', async () => {
  const question = 'How many users live in Seattle?';
  const { told } = await askAs('analyst', question);
  expect(told).toContain('Table users');
  expect(told.replace(question, '')).not.toMatch(/Seattle|values? such as/);
}, 60_000);

it('plans over nothing that the asker may not see, whatever it was told', async () => {
  const { errors } = await askAs('clerk', 'What do employees earn?');
  expect(errors).toMatchObject([{ extensions: { code: 'UNKNOWN_NAME' } }]);
  expect(JSON.stringify(errors)).not.toMatch(/salaries|emp_no/);
}, 60_000);

it('does not hide that a column is masked for the asker', async () => {
  planned = 'SELECT birth_date, last_name FROM employees ORDER BY emp_no LIMIT 2';
  const { told, asked } = await askAs('analyst', 'When were employees born?');
  expect(told).toMatch(/birth_date \w+ — masked for the asker/);
  expect(asked).toEqual({
    status: 'ANSWERED',
    table: {
      columns: [
        { name: 'birth_date', masked: true },
        { name: 'last_name', masked: false },
      ],
    },
  });
}, 60_000);
