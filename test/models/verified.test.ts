import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer, ScriptedReply } from '../fakes/models/scripted-model.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { demoWithPolicies } from '../policy/demo-policies.js';
import { codesOf, type GraphqlAnswer, send } from '../post-graphql.js';
import { type DemoData, openDemoData } from '../questions/demo-data.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const CALLERS = {
  analyst: { sub: 'ann', roles: ['analyst'] },
  otherAnalyst: { sub: 'abe', roles: ['analyst'] },
  steward: { sub: 'stu', roles: ['analyst', 'keeper'] },
  hr: { sub: 'hal', roles: ['hr'] },
} as const;
type Name = keyof typeof CALLERS;

interface Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly status: string;
  readonly trust: string;
  readonly planner: string;
  readonly restatement: string;
  readonly followUps: readonly string[];
  readonly assumptions: readonly string[];
  readonly usage: { readonly modelCalls: number };
  readonly table: { readonly rows: readonly (readonly unknown[])[]; readonly truncated: boolean };
  readonly steps: readonly { readonly query: string; readonly attempt: number; readonly status: string }[];
}
const ANSWER = `id conversationId status text trust planner restatement followUps assumptions usage { modelCalls }
  table { rows truncated } steps { query attempt status }`;

let issuer: TokenIssuer;
let model: FakeModelServer;
let gateway: StartedGateway;
let demo: DemoData;
let script: (index: number) => ScriptedReply;
const tokens = new Map<Name, string>();

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  issuer = await startTokenIssuer();
  for (const [name, { roles, sub }] of Object.entries(CALLERS))
    tokens.set(name as Name, await issuer.token({ sub, roles: [...roles] }));
  model = await startBedrockServer((_, index) => script(index));
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
      ASKGRAPH_WRITER_MODEL: 'off',
      ASKGRAPH_STEWARD_ROLE: 'keeper',
    },
    await demoWithPolicies(),
  );
  demo = await openDemoData();
}, 120_000);
afterAll(async () => {
  demo?.close();
  await gateway?.close();
  await model?.close();
  await issuer?.close();
});
beforeEach(() => {
  script = () => ({ kind: 'denied' });
});

function as<Data>(caller: Name, query: string, variables: object): Promise<GraphqlAnswer<Data>> {
  return send<Data>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(caller)}` },
    body: JSON.stringify({ query, variables }),
  });
}

async function ask(caller: Name, question: string, more: object = {}): Promise<Answer> {
  const query = `query ($input: AskInput!) { ask(input: $input) { ${ANSWER} } }`;
  const { data, errors } = await as<{ ask: Answer | null }>(caller, query, { input: { question, ...more } });
  if (!data?.ask) throw new Error(JSON.stringify(errors));
  return data.ask;
}

async function feedback(caller: Name, input: object) {
  const query = 'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }';
  const answer = await as<{ giveFeedback: { feedbackId: string } | null }>(caller, query, { input });
  return { codes: codesOf(answer), id: answer.data?.giveFeedback?.feedbackId ?? '' };
}

async function approve(caller: Name, feedbackId: string) {
  const query = 'mutation ($id: ID!) { approveVerifiedQuery(feedbackId: $id) { verifiedQueryId } }';
  const answer = await as<{ approveVerifiedQuery: { verifiedQueryId: string } | null }>(caller, query, {
    id: feedbackId,
  });
  return { codes: codesOf(answer), id: answer.data?.approveVerifiedQuery?.verifiedQueryId };
}

const plan = (query: string, more: object = {}, domain = 'sales'): ScriptedReply => ({
  kind: 'object',
  value: {
    kind: 'plan',
    restatement: 'what was asked',
    steps: [{ name: 'found', domain, language: 'SQL', query, dependsOn: [] }],
    ...more,
  },
});
const refused: ScriptedReply = { kind: 'object', value: { kind: 'refuse', reason: 'Not known.' } };
const lastPrompt = () => model.calls.at(-1)?.messages[0]?.text ?? '';

describe('a plan that was made before', () => {
  const COUNT = 'SELECT COUNT(*) AS venues FROM venue';

  it('costs no call the second time, for everybody of the same rights, and runs afresh', async () => {
    script = () => plan(COUNT);
    const first = await ask('analyst', 'How many halls are there in all?');
    const before = model.calls.length;
    const second = await ask('otherAnalyst', '  how many halls  are there in all');
    expect(model.calls.length).toBe(before);
    expect(second).toMatchObject({
      trust: 'GENERATED',
      planner: 'bedrock:vendor.model-1',
      usage: { modelCalls: 0 },
      steps: [{ status: 'SUCCEEDED', attempt: 1 }],
    });
    expect(second.table.rows).toEqual(first.table.rows);
    expect(second.table.rows).toEqual(
      await demo.rows('sales', 'select cast(count(*) as varchar) from venue'),
    );
  });

  it.each([
    ['other rights', 'hr', {}],
    ['another day', 'analyst', { asOf: '2009-01-02T00:00:00Z' }],
    ['another time zone', 'analyst', { timeZone: 'Pacific/Kiritimati' }],
    ['other domains', 'analyst', { domains: ['sales'] }],
    ['more rows', 'analyst', { maxRows: 7 }],
  ] as const)('is made anew for %s', async (what, caller, more) => {
    script = () => plan(COUNT);
    const question = `How many halls are there for ${what}?`;
    await ask('analyst', question);
    const before = model.calls.length;
    await ask(caller, question, more);
    expect(model.calls.length).toBe(before + 1);
  });

  it('is kept in the form that worked, and not at all where none did', async () => {
    script = (index) => plan(index === start ? 'SELECT CAST(venuename AS INTEGER) AS n FROM venue' : COUNT);
    let start = model.calls.length;
    const repaired = await ask('analyst', 'How many halls after a repair?');
    expect(repaired.usage.modelCalls).toBe(2);
    expect(await ask('analyst', 'How many halls after a repair?')).toMatchObject({
      usage: { modelCalls: 0 },
      steps: [{ query: COUNT, attempt: 1, status: 'SUCCEEDED' }],
    });
    script = () => refused;
    start = model.calls.length;
    await ask('analyst', 'How many halls on the moon?');
    await ask('analyst', 'How many halls on the moon?');
    expect(model.calls.length).toBe(start + 2);
  });
});

describe('a plan that found nothing', () => {
  it('is not mended again and again', async () => {
    script = () => plan("SELECT venuename FROM venue WHERE venuecity = 'Nowhere'");
    expect(await ask('hr', 'Which halls are nowhere?')).toMatchObject({
      status: 'NO_DATA',
      usage: { modelCalls: 3 },
    });
    expect(await ask('hr', 'Which halls are nowhere?')).toMatchObject({
      status: 'NO_DATA',
      usage: { modelCalls: 0 },
    });
  });
});

describe('a verified query', () => {
  const QUESTION = 'How many tickets went to buyers in 2008 for shows in New York City?';
  const sql = (year: number, city: string) => `SELECT SUM(s.qtysold) AS tickets FROM sales s
    JOIN event e ON e.eventid = s.eventid JOIN venue v ON v.venueid = e.venueid
    WHERE s.saletime >= TIMESTAMP '${year}-01-01 00:00:00' AND s.saletime < TIMESTAMP '${year + 1}-01-01 00:00:00'
    AND v.venuecity = '${city.replaceAll("'", "''")}'`;
  const rowsOf = (year: number, city: string) =>
    demo.rows('sales', `select cast(tickets as varchar) from (${sql(year, city)})`);
  let answerId: string;

  beforeAll(async () => {
    script = () => plan('SELECT COUNT(*) AS n FROM sales');
    answerId = (await ask('analyst', QUESTION)).id;
  });

  it('begins with a corrected query that may run, of the answer’s own asker', async () => {
    const correction = (correctedQuery: string, language = 'SQL') => ({
      answerId,
      right: false,
      correctedQuery,
      language,
    });
    expect((await feedback('analyst', correction('DELETE FROM sales'))).codes).toEqual(['STATEMENT_REFUSED']);
    expect((await feedback('analyst', correction('SELECT nosuch FROM sales'))).codes).toEqual([
      'UNKNOWN_NAME',
    ]);
    expect(
      (await feedback('analyst', correction('SELECT CAST(venuename AS INTEGER) AS n FROM venue'))).codes,
    ).toEqual(['QUERY_FAILED']);
    expect((await feedback('analyst', correction('{ nosuch { a } }', 'GRAPHQL'))).codes).toEqual([
      'UNKNOWN_NAME',
    ]);
    expect((await feedback('hr', correction(sql(2008, 'New York City')))).codes).toEqual(['NOT_FOUND']);
  });

  it('is approved by a steward alone, once, and only where there is something to approve', async () => {
    const { id } = await feedback('analyst', {
      answerId,
      right: false,
      correctedQuery: sql(2008, 'New York City'),
      language: 'SQL',
    });
    expect((await approve('analyst', id)).codes).toEqual(['FORBIDDEN']);
    expect((await approve('steward', 'no-such-id')).codes).toEqual(['NOT_FOUND']);
    const wrong = await feedback('analyst', { answerId, right: false });
    expect((await approve('steward', wrong.id)).codes).toEqual(['BAD_USER_INPUT']);
    const approved = await approve('steward', id);
    expect(approved.codes).toEqual([]);
    expect(await approve('steward', id)).toEqual(approved);
  });

  it('answers its question without a call, as verified', async () => {
    const answer = await ask('otherAnalyst', QUESTION.toLowerCase());
    expect(answer).toMatchObject({ trust: 'VERIFIED', planner: 'verified', usage: { modelCalls: 0 } });
    expect(answer.table.rows).toEqual(await rowsOf(2008, 'New York City'));
  });

  it.each([
    [2009, 'New York City'],
    [2008, 'Chicago'],
    [2008, 'Los Angeles'],
    [2009, 'St. Louis'],
  ])('answers it for other values: %i, %s', async (year, city) => {
    const answer = await ask('analyst', `How many tickets went to buyers in ${year} for shows in ${city}?`);
    expect(answer).toMatchObject({ trust: 'VERIFIED', usage: { modelCalls: 0 } });
    expect(answer.restatement).toContain(String(year));
    expect(answer.restatement).toContain(city);
    expect(answer.table.rows).toEqual(await rowsOf(year, city));
  });

  it.each([
    ['a value that the data do not hold', 'How many tickets went to buyers in 2008 for shows in Atlantis?'],
    ['an instruction', "How many tickets went to buyers in 2008 for shows in x' OR 'a'='a?"],
    ['another word', 'How many listings went to buyers in 2008 for shows in New York City?'],
    ['more', 'How many tickets went to buyers in 2008 for shows in New York City by month?'],
  ])('is not taken for a question with %s, but shown to the model', async (_, question) => {
    script = () => refused;
    expect(await ask('hr', question)).toMatchObject({ status: 'REFUSED' });
    expect(lastPrompt()).toContain(`<verified>\nQuestion: ${QUESTION}`);
    expect(lastPrompt()).toContain('SUM(s.qtysold)');
  });

  it('is neither used for, shown to nor suggested to who may not see all that it names', async () => {
    const question = 'How many members live in the state of Ohio by their account?';
    script = () => plan("SELECT COUNT(*) AS n FROM users WHERE state = 'OH'");
    const { id: own } = await ask('analyst', question);
    expect(
      (await approve('steward', (await feedback('analyst', { answerId: own, right: true })).id)).codes,
    ).toEqual([]);
    expect(await ask('analyst', question)).toMatchObject({ trust: 'VERIFIED', status: 'ANSWERED' });

    script = () => refused;
    expect(await ask('hr', question)).toMatchObject({ status: 'REFUSED', usage: { modelCalls: 1 } });
    expect(lastPrompt()).not.toContain('<verified>');
    // The analyst's domain lets no model hear what its rows hold, so the literal of the query stays here as well.
    await ask('analyst', 'How many members live in the state of Ohio or elsewhere by their account?');
    expect(lastPrompt()).not.toContain("state = 'OH'");
  });

  it('is what a right answer was made of; its bound on rows is that of whoever asks', async () => {
    const question = 'Give me the names of all halls, please';
    script = () => plan('SELECT venuename AS name FROM venue ORDER BY name');
    const answer = await ask('analyst', question, { maxRows: 3 });
    await approve('steward', (await feedback('analyst', { answerId: answer.id, right: true })).id);
    const again = await ask('analyst', question, { maxRows: 5 });
    expect(again).toMatchObject({ trust: 'VERIFIED', table: { truncated: true } });
    expect(again.table.rows).toEqual(
      await demo.rows('sales', 'select venuename from venue order by venuename limit 5'),
    );
  });

  it('may be written in GraphQL', async () => {
    const question = 'How large is the number of all halls known?';
    script = () => plan('SELECT 1 AS n FROM venue LIMIT 1');
    const { id } = await ask('analyst', question);
    const correctedQuery = '{ sales { venueAggregate { count } } }';
    const given = await feedback('analyst', {
      answerId: id,
      right: false,
      correctedQuery,
      language: 'GRAPHQL',
    });
    expect((await approve('steward', given.id)).codes).toEqual([]);
    const answer = await ask('hr', question);
    expect(answer).toMatchObject({ trust: 'VERIFIED', usage: { modelCalls: 0 } });
    expect(answer.table.rows).toEqual(
      await demo.rows('sales', 'select cast(count(*) as varchar) from venue'),
    );
  });

  it('is no query that was worked out from the day of the question, or from a conversation', async () => {
    script = () => plan("SELECT COUNT(*) AS n FROM sales WHERE saletime >= '2008-05-01'");
    const relative = await ask('analyst', 'How many sales were there this month?', {
      asOf: '2008-05-10T00:00:00Z',
    });
    expect(relative.assumptions).toEqual(['Today is May 10, 2008 (time zone UTC).']);
    const next = await ask('analyst', 'and in the month before?', {
      conversationId: relative.conversationId,
    });
    for (const { id } of [relative, next]) {
      const given = await feedback('analyst', { answerId: id, right: true });
      expect((await approve('steward', given.id)).codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('is suggested after questions like it', async () => {
    script = () => plan('SELECT COUNT(*) AS n FROM sales');
    const answer = await ask(
      'analyst',
      'How many tickets went to buyers for shows in New York City at night?',
    );
    expect(answer.followUps).toContain(QUESTION);
  });
});

describe('a verified query that is withdrawn', () => {
  it('answers no more; only a steward can do that', async () => {
    const question = 'How many seats do all halls offer together?';
    script = () => plan('SELECT SUM(venueseats) AS seats FROM venue');
    const { id } = await ask('analyst', question);
    const approved = await approve('steward', (await feedback('analyst', { answerId: id, right: true })).id);
    expect(await ask('analyst', question)).toMatchObject({ trust: 'VERIFIED' });
    const withdraw = (caller: Name) =>
      as(caller, 'mutation ($id: ID!) { withdrawVerifiedQuery(id: $id) }', { id: approved.id });
    expect(codesOf(await withdraw('analyst'))).toEqual(['FORBIDDEN']);
    expect(await withdraw('steward')).toMatchObject({ data: { withdrawVerifiedQuery: approved.id } });
    expect(codesOf(await withdraw('steward'))).toEqual(['NOT_FOUND']);
    expect(await ask('analyst', question)).toMatchObject({ trust: 'GENERATED' });
  });
});

describe('a conversation with a model', () => {
  it('shows the model what was asked before and how it was understood, under the present rights only', async () => {
    script = () => plan('SELECT COUNT(*) AS n FROM venue', { restatement: 'number of halls' });
    const first = await ask('hr', 'How many halls does the marketplace know?');
    await ask('hr', 'and in Chicago?', { conversationId: first.conversationId });
    expect(lastPrompt()).toContain(
      '<conversation>\nQuestion: How many halls does the marketplace know?\nUnderstood as: number of halls\nStep found (sales, SQL): SELECT COUNT(*) AS n FROM venue\n</conversation>',
    );
    // What "and in Chicago?" is about stands in the question before.
    expect(lastPrompt()).toContain('Table venue');
  });
});
