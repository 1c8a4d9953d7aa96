import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../gateway/audit/audit-event.js';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import { type FakeModelServer, SCRIPTED_USAGE } from '../fakes/models/scripted-model.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { codesOf, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** What a caller may spend on models in a day, and what is kept of what models are sent. */
let issuer: TokenIssuer;
let model: FakeModelServer;
let gateway: StartedGateway | undefined;
let trail: string;

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  issuer = await startTokenIssuer();
  model = await startBedrockServer(() => ({
    kind: 'object',
    value: {
      kind: 'plan',
      restatement: 'venues',
      steps: [
        {
          name: 'found',
          domain: 'sales',
          language: 'SQL',
          query: 'SELECT COUNT(*) AS n FROM venue',
          dependsOn: [],
        },
      ],
    },
  }));
});
afterAll(async () => {
  await model?.close();
  await issuer?.close();
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
  rmSync(trail, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>>): Promise<void> {
  trail = mkdtempSync(join(tmpdir(), 'askgraph-model-trail-'));
  gateway = await startGateway({
    ASKGRAPH_MODEL: 'bedrock:vendor.model-1',
    ASKGRAPH_MODEL_URL: model.url,
    ASKGRAPH_MODEL_REGION: 'eu-west-1',
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_WRITER_MODEL: 'off',
    ASKGRAPH_AUDIT: 'file',
    ASKGRAPH_AUDIT_DIRECTORY: trail,
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: issuer.issuer,
    AUTH_AUDIENCE: 'askgraph',
    ...settings,
  });
}

let asked = 0;
/** A question that nobody has asked before: a remembered plan costs nothing. */
async function ask(sub: string, question = `Riddle me venues, number ${++asked}.`) {
  return send<{ ask: { status: string } | null }>(gateway!.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token({ sub })}` },
    body: JSON.stringify({
      query: 'query ($question: String!) { ask(input: {question: $question}) { status } }',
      variables: { question },
    }),
  });
}

/** Questions of one caller until one is refused, at most so many. */
async function askUntilRefused(sub: string, most: number): Promise<{ answered: number; code: unknown }> {
  for (let answered = 0; answered < most; answered += 1) {
    const answer = await ask(sub);
    if (answer.errors !== undefined) return { answered, code: codesOf(answer)[0] };
    expect(answer.data.ask?.status).toBe('ANSWERED');
  }
  return { answered: most, code: undefined };
}

describe('what a caller may spend on models in a day', () => {
  it.each([
    ['tokens', { BUDGET_TOKENS: '12000' }],
    ['money', { BUDGET_MONEY: '12', ASKGRAPH_MODEL_PRICE: '1000/1000 USD' }],
  ])(
    'is bounded in %s, for each caller by themselves, and nothing is sent beyond',
    async (_, settings) => {
      await start(settings);
      const before = model.calls.length;
      const { answered, code } = await askUntilRefused('ann', 40);
      expect(answered).toBeGreaterThan(0);
      expect(code).toBe('BUDGET_EXCEEDED');
      expect(model.calls.length - before).toBe(answered);
      // Somebody else's day is their own.
      const other = await ask('bob');
      expect(codesOf(other)).toEqual([]);
    },
    300_000,
  );
});

describe('what a model is sent', () => {
  const events = () =>
    readdirSync(trail)
      .flatMap((name) => readFileSync(join(trail, name), 'utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(({ kind }) => kind === 'model');

  it.each(['digest', 'full'])('is on record before it is sent, with who asked, as its %s', async (texts) => {
    await start({ ASKGRAPH_AUDIT_TEXTS: texts });
    const question = `Riddle me the venues of hush-${texts}.`;
    const answer = await ask('ann', question);
    expect(answer.errors).toBeUndefined();
    await expect.poll(() => events().length).toBe(2);
    const [sent, used] = events();
    const requestId = answer.headers.get('x-request-id');
    expect(sent).toMatchObject({
      decision: 'allowed',
      subject: 'ann',
      requestId,
      facts: { purpose: 'plan' },
      digests: { prompt: expect.any(String) },
    });
    expect(used).toMatchObject({
      decision: 'succeeded',
      requestId,
      facts: { outputTokens: SCRIPTED_USAGE.outputTokens },
    });
    expect(JSON.stringify(events()).includes(`hush-${texts}`)).toBe(texts === 'full');
  });
});
