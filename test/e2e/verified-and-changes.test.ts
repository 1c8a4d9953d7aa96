import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const QUESTION = 'How many plants have the color red?';
const WITH_COLOR = 'plant_id,name,color\n1,rose,red\n2,tulip,red\n3,lily,white\n4,iris,blue\n';
const WITHOUT_COLOR = 'plant_id,name,height\n1,rose,5\n2,tulip,6\n3,lily,7\n4,iris,8\n';

interface Answer {
  readonly id: string;
  readonly status: string;
  readonly trust: string | null;
  readonly table: { readonly rows: readonly unknown[] } | null;
  readonly steps: readonly { readonly language: string }[];
}

let folder: string;
let issuer: TokenIssuer;
let gateway: StartedGateway;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-verified-'));
  await put(WITH_COLOR);
  issuer = await startTokenIssuer();
  token = await issuer.token({ sub: 'stu', roles: ['steward'] });
  gateway = await startGateway({
    ASKGRAPH_DATA: join(folder, 'data'),
    ASKGRAPH_HOME: join(folder, 'home'),
    ASKGRAPH_BREAKING_CHANGES: 'apply',
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: issuer.issuer,
    AUTH_AUDIENCE: 'askgraph',
  });
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function put(plants: string): Promise<void> {
  await mkdir(join(folder, 'data', 'garden'), { recursive: true });
  writeFileSync(join(folder, 'data', 'garden', 'plants.csv'), plants);
}

async function post<Data>(query: string, variables: object): Promise<Data> {
  const { data, errors } = await send<Data>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  expect(errors).toBeUndefined();
  return data;
}

async function ask(question: string): Promise<Answer> {
  const query = `query ($input: AskInput!) {
    ask(input: $input) { id status trust table { rows } steps { language } }
  }`;
  return (await post<{ ask: Answer }>(query, { input: { question } })).ask;
}

/** What stewards are told of the verified queries. */
async function reported(): Promise<object[]> {
  const { verifiedQueries } = await post<{
    verifiedQueries: { edges: { node: object }[] };
  }>('{ verifiedQueries { edges { node { question inUse queries { domain } } } } }', {});
  return verifiedQueries.edges.map(({ node }) => node);
}

describe('a verified query, while the catalog changes', () => {
  it('is the plan that the embedded planner made, for other values too', async () => {
    const answer = await ask(QUESTION);
    expect(answer).toMatchObject({ trust: 'COMPUTED', steps: [{ language: 'GRAPHQL' }] });
    const feedback = await post<{ giveFeedback: { feedbackId: string } }>(
      'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
      { input: { answerId: answer.id, right: true } },
    );
    await post('mutation ($id: ID!) { approveVerifiedQuery(feedbackId: $id) { verifiedQueryId } }', {
      id: feedback.giveFeedback.feedbackId,
    });
    expect(await ask(QUESTION)).toMatchObject({ trust: 'VERIFIED', table: { rows: [['2']] } });
    expect(await ask('How many plants have the color white?')).toMatchObject({
      trust: 'VERIFIED',
      table: { rows: [['1']] },
    });
  });

  it('is left out while the catalog lacks what it names, and is there again with it', async () => {
    await put(WITHOUT_COLOR);
    expect(await gateway.refresh()).toBe('replaced');
    const without = await ask(QUESTION);
    expect(without.trust).not.toBe('VERIFIED');
    expect(await reported()).toEqual([{ question: QUESTION, inUse: false, queries: [] }]);
    await put(`${WITH_COLOR}5,poppy,red\n`);
    expect(await gateway.refresh()).toBe('replaced');
    expect(await ask(QUESTION)).toMatchObject({ trust: 'VERIFIED', table: { rows: [['3']] } });
    expect(await reported()).toMatchObject([{ inUse: true, queries: [{ domain: 'garden' }] }]);
  });
});
