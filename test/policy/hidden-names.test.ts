import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../post-graphql.js';
import type { CallerName } from './demo-policies.js';
import { type SignedCallers, startForSignedCallers } from './signed-callers.js';

let callers: SignedCallers;

/** Sales says what is not permitted; the other domains hide it. */
beforeAll(async () => {
  callers = await startForSignedCallers({}, { sales: { hiddenNames: 'notPermitted' } });
}, 120_000);
afterAll(() => callers?.close());

const as: SignedCallers['as'] = (caller, query, variables) => callers.as(caller, query, variables);

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

  it.each([
    [
      'query ($where: SalesUsersWhere) { sales { users(where: $where) { userid } } }',
      { where: { or: [{ state: { eq: 'NY' } }, { not: { email: { eq: 'x' } } }] } },
    ],
    [
      'query ($by: [SalesUsersOrderBy!]) { sales { users(orderBy: $by) { userid } } }',
      { by: [{ userid: 'ASC' }, { email: 'ASC' }] },
    ],
    [
      'query ($columns: [SalesUsersColumn!]!) { sales { users(distinct: $columns) { userid } } }',
      { columns: ['state', 'email'] },
    ],
    [
      'query ($by: [SalesUsersOrderBy!]) { sales { users(orderBy: $by) { userid } } }',
      { by: { email: 'ASC' } },
    ],
  ])('says so of what is given in variables: %s', async (query, variables) => {
    const answer = await as('clerk', query, variables);
    expect(answer.data).toBeUndefined();
    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([
      {
        message: '"email" is not permitted.',
        extensions: { code: 'FORBIDDEN', requestId: expect.any(String), details: { name: 'email' } },
      },
    ]);
  });

  it('says of other mistakes in variables what it says to everybody', async () => {
    const query = 'query ($where: SalesUsersWhere) { sales { users(where: $where) { userid } } }';
    const answer = await as('clerk', query, { where: { emial: { eq: 'x' } } });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).not.toMatch(/email/);
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
