import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, send } from '../post-graphql.js';
import type { CallerName } from './demo-policies.js';
import { type SignedCallers, startForSignedCallers } from './signed-callers.js';

let callers: SignedCallers;
beforeAll(async () => {
  callers = await startForSignedCallers();
}, 300_000);
afterAll(() => callers?.close());

/** An operation with `NAME` in it, a hidden name, and one that no domain has; both come to the same but for the name. */
type Attempt = [caller: CallerName, operation: string, hidden: string, absent: string, variables?: string];
const ATTEMPTS: Attempt[] = [
  ['clerk', '{ NAME { __typename } }', 'hr', 'hq'],
  ['clerk', '{ sales { users { NAME } } }', 'email', 'emule'],
  ['clerk', '{ sales { users(where: {NAME: {eq: "x"}}) { userid } } }', 'email', 'emule'],
  ['clerk', '{ sales { users(orderBy: [{NAME: ASC}]) { userid } } }', 'email', 'emule'],
  ['clerk', '{ sales { users(distinct: [NAME]) { userid } } }', 'email', 'emule'],
  ['clerk', '{ sales { usersAggregate(groupBy: [{NAME: {}}]) { count } } }', 'email', 'emule'],
  ['clerk', '{ sales { usersAggregate { min { NAME } } } }', 'email', 'emule'],
  ['clerk', '{ sales { usersAggregate(having: {min: {NAME: {gt: "a"}}}) { count } } }', 'email', 'emule'],
  ['clerk', '{ sales { usersAggregate(orderBy: [{max: {NAME: ASC}}]) { count } } }', 'email', 'emule'],
  ['clerk', '{ sales { usersConnection(orderBy: [{NAME: ASC}]) { totalCount } } }', 'email', 'emule'],
  ['clerk', '{ sales { sales(where: {buyer: {NAME: {eq: "x"}}}) { salesid } } }', 'email', 'emule'],
  ['clerk', '{ sales { event { sales { buyer { NAME } } } } }', 'email', 'emule'],
  ['nobody', '{ sales { sales { NAME { __typename } } } }', 'buyer', 'boyer'],
  ['nobody', '{ sales { NAME { count } } }', 'usersAggregate', 'usersAggregrate'],
  ['nobody', '{ sales { NAME(userid: 1) { __typename } } }', 'usersByPk', 'uzersByPk'],
  ['clerk', '{ sales { ... on NAME { __typename } } }', 'HrQuery', 'HqQuery'],
  ['clerk', '{ sales { ...f } } fragment f on NAME { empNo }', 'HrEmployees', 'HrEmployeez'],
  ['clerk', 'query ($where: NAME) { sales { __typename } }', 'HrEmployeesWhere', 'HrEmployeezWhere'],
  ['clerk', '{ sales { users(where: $where) { userid } } }', 'email', 'emule', '{"where": {"NAME": {}}}'],
  [
    'clerk',
    'query ($where: SalesUsersWhere) { sales { users(where: $where) { userid } } }',
    'email',
    'emule',
    '{"where": {"or": [{"NAME": {"eq": "x"}}]}}',
  ],
  [
    'clerk',
    'query ($by: [SalesUsersOrderBy!]) { sales { users(orderBy: $by) { userid } } }',
    'email',
    'emule',
    '{"by": [{"NAME": "ASC"}]}',
  ],
  [
    'clerk',
    'query ($by: [SalesUsersColumn!]) { sales { users(distinct: $by) { userid } } }',
    'email',
    'emule',
    '{"by": ["NAME"]}',
  ],
  ['clerk', '{ ask(input: {question: "How many are there?", domains: ["NAME"]}) { text } }', 'hr', 'hq'],
  [
    'clerk',
    '{ ask(input: {question: "How many are there?", domains: ["sales", "NAME"]}) { text } }',
    'legal',
    'regal',
  ],
];

describe('a name that a caller may not see', () => {
  it.each<Attempt>(ATTEMPTS)(
    'comes to what comes of no name: %s, %s, %s',
    async (caller, operation, hidden, absent, variables) => {
      const answerFor = async (name: string) => {
        const { status, data, errors } = await callers.as(
          caller,
          operation.replaceAll('NAME', name),
          variables === undefined ? undefined : (JSON.parse(variables.replaceAll('NAME', name)) as object),
        );
        const told = (errors ?? []).map(({ message, path, extensions: { requestId: _, ...extensions } }) => ({
          message,
          path,
          extensions,
        }));
        expect(told.length).toBeGreaterThan(0);
        return JSON.stringify({ status, data, told }).replace(new RegExp(`\\b${name}\\b`, 'g'), 'NAME');
      };
      expect(await answerFor(hidden)).toBe(await answerFor(absent));
    },
  );

  it.each([
    'HrEmployees',
    'HrEmployeesWhere',
    'HrQuery',
    'HrSalariesAvgOrderBy',
    'LegalClaims',
    'LegalQuery',
    'ProductQuery',
  ])('is no type: %s', async (name) => {
    const { data } = await callers.as('clerk', `{ __type(name: "${name}") { name fields { name } } }`);
    expect(data).toEqual({ __type: null });
  });

  it('is in no type that is seen, of whichever kind', async () => {
    const { data } = await callers.as<{ __schema: { types: { name: string }[] } }>(
      'clerk',
      `{ __schema { types { name description
        fields { name description args { name description } }
        inputFields { name description } enumValues { name description } possibleTypes { name } } } }`,
    );
    const users = data.__schema.types.filter(({ name }) => name.startsWith('SalesUsers'));
    expect(users.length).toBeGreaterThan(5);
    expect(JSON.stringify(users)).not.toMatch(/email|lastname|likejazz/i);
    expect(JSON.stringify(data)).not.toMatch(/\bHr[A-Z]|\bLegal[A-Z]|salaries|dept_manager/);
  });

  it('is told by no message of a question, whatever it asks for', async () => {
    for (const question of [
      'What is the average salary of employees?',
      'How many salaries are there?',
      'List the email of users',
      'Show employees by department',
      'Which insurance claims are fraudulent?',
      'How many rows does dept_manager have?',
      'What did I ask you about hr.salaries?',
    ]) {
      const answer = await callers.as(
        'nobody',
        `query ($question: String!) { ask(input: {question: $question}) {
          status text restatement assumptions followUps facts { label } missing { domain }
          sources { domain table columns } clarification { prompt choices { label } } steps { domain query } } }`,
        { question },
      );
      expect(answer.errors).toBeUndefined();
      // The asker's own words come back, as what was not understood.
      const told = question
        .split(/[^\w.]+/)
        .reduce(
          (text, word) => (word === '' ? text : text.replaceAll(word, '')),
          JSON.stringify(answer.data),
        );
      expect(told, question).not.toMatch(/salar|emp_no|dept|email|claims|fraud|\bhr\b|legal/i);
    }
  });

  it('is not found by GET, nor by the hash of what somebody else may ask', async () => {
    const { createHash } = await import('node:crypto');
    const query = '{ hr { employees(limit: 1) { lastName } } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const post = (caller: CallerName, body: object) =>
      send<{ hr: unknown }>(callers.gateway.url, {
        method: 'POST',
        headers: callers.headersOf(caller),
        body: JSON.stringify(body),
      });
    const kept = await post('hr', { query, extensions });
    expect(kept.errors).toBeUndefined();
    expect((await post('hr', { extensions })).data.hr).toBeTruthy();
    expect((await post('clerk', { extensions })).data).toBeUndefined();
    const search = new URLSearchParams({ query });
    const { 'content-type': _, ...headers } = callers.headersOf('clerk');
    const got = await send(
      callers.gateway.url,
      { headers: { ...headers, 'apollo-require-preflight': 'yes' } },
      `/graphql?${search}`,
    );
    expect([got.status, codesOf(got), got.data]).toEqual([400, ['BAD_REQUEST'], undefined]);
    const batch = await send(callers.gateway.url, {
      method: 'POST',
      headers: callers.headersOf('clerk'),
      body: JSON.stringify([{ query: '{ sales { __typename } }' }, { query }]),
    });
    expect([batch.status, batch.data]).toEqual([400, undefined]);
  });
});
