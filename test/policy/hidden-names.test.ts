import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { codesOf, type GraphqlAnswer, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { CALLERS, type CallerName, demoWithPolicies } from './demo-policies.js';

let gateway: StartedGateway;
let issuer: TokenIssuer;
const tokens = new Map<CallerName, string>();

/** Sales says what is not permitted; the other domains hide it. */
beforeAll(async () => {
  issuer = await startTokenIssuer();
  for (const name of ['clerk', 'nobody', 'analyst'] as const) {
    const { roles, ...claims } = CALLERS[name];
    tokens.set(name, await issuer.token({ roles: [...roles], ...claims }));
  }
  gateway = await startGateway(
    {
      ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
    },
    await demoWithPolicies({ sales: { hiddenNames: 'notPermitted' } }),
  );
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
});

function as<Data>(caller: CallerName, query: string, variables?: object): Promise<GraphqlAnswer<Data>> {
  return send<Data>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(caller)}` },
    body: JSON.stringify({ query, variables }),
  });
}

async function statusOf(caller: CallerName, question: string): Promise<string> {
  const { data } = await as<{ ask: { status: string } }>(
    caller,
    'query ($question: String!) { ask(input: {question: $question}) { status text } }',
    { question },
  );
  return data.ask.status;
}

describe('a domain that says what is not permitted', () => {
  it.each([
    ['clerk', '{ sales { users { email } } }', 'email'],
    ['nobody', '{ sales { users { userid } } }', 'users'],
    ['nobody', '{ sales { usersAggregate { count } } }', 'usersAggregate'],
    ['clerk', '{ sales { users(where: {email: {eq: "x"}}) { userid } } }', 'email'],
    [
      'clerk',
      'query ($where: SalesUsersWhere) { sales { users(where: $where, orderBy: [{email: ASC}]) { userid } } }',
      'email',
    ],
  ] as const)('says so to %s, of %s', async (caller, query, name) => {
    const answer = await as(caller, query);
    expect(answer.data).toBeUndefined();
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(answer.errors?.[0]).toMatchObject({
      message: `"${name}" is not permitted.`,
      extensions: { requestId: expect.any(String), details: { name } },
    });
  });

  it('says of a name that is not there what it says to everybody', async () => {
    const answer = await as('clerk', '{ sales { users { emial email } } }');
    expect(codesOf(answer)).toEqual(['BAD_REQUEST', 'FORBIDDEN']);
    expect(answer.errors?.[0]?.message).toMatch(/Cannot query field "emial"/);
    expect(answer.errors?.[0]?.message).not.toMatch(/email/);
  });

  it('tells nothing of the domains that hide theirs', async () => {
    const answer = await as('nobody', '{ hr { employees { empNo } } legal { claims { claimId } } }');
    expect(new Set(codesOf(answer))).toEqual(new Set(['BAD_REQUEST']));
  });

  it('answers a question for it as one that is not permitted, and no other', async () => {
    expect(await statusOf('nobody', 'List the phone numbers of users')).toBe('NOT_PERMITTED');
    expect(await statusOf('clerk', 'List the emails of users')).toBe('NOT_PERMITTED');
    expect(await statusOf('clerk', 'How many users are there?')).toBe('ANSWERED');
    expect(await statusOf('nobody', 'How many employees were hired before 1990?')).toBe('NOT_UNDERSTOOD');
    expect(await statusOf('nobody', 'How many zebras sing at dawn?')).toBe('NOT_UNDERSTOOD');
  });
});
