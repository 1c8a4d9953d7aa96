import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, type GraphqlAnswer, postGraphql, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const LIMIT = 50_000;

describe('bad input', () => {
  let gateway: StartedGateway;

  beforeAll(async () => {
    gateway = await startGateway({ REQUEST_LIMIT_BYTES: String(LIMIT) });
  });
  afterAll(() => gateway?.close());
  afterEach(async () => {
    const { data } = await postGraphql(gateway.url, '{ hr { employeesAggregate { count } } }');
    expect(data).toEqual({ hr: { employeesAggregate: [{ count: '300' }] } });
  });

  const post = (query: string, variables?: object) => postGraphql(gateway.url, query, variables);
  const sendBody = (body: string, type = 'application/json') =>
    send(gateway.url, { method: 'POST', headers: { 'content-type': type }, body });
  const ask = (input: object) =>
    postGraphql<{ ask: { id: string } | null }>(
      gateway.url,
      'query ($input: AskInput!) { ask(input: $input) { id text } }',
      { input: { question: HIRED, ...input } },
    );

  describe('that only the field can judge leaves the operation well, with data beside the error', () => {
    it.each<[string, object, string, string]>([
      ['an empty question', { question: '  \n ' }, 'BAD_USER_INPUT', 'question is empty.'],
      [
        'a question of 10,000 characters',
        { question: 'why '.repeat(2_500) },
        'BAD_USER_INPUT',
        'question has 9,999 characters; at most 2,000 are read.',
      ],
      ['an unknown domain', { domains: ['hr', 'sale'] }, 'UNKNOWN_NAME', 'Did you mean "sales"?'],
      ['no domain at all', { domains: [] }, 'BAD_USER_INPUT', 'domains is empty'],
      ['an instant in words', { asOf: 'yesterday' }, 'BAD_USER_INPUT', 'asOf is not an instant'],
      ['a day that is not in the calendar', { asOf: '2023-02-30T00:00:00Z' }, 'BAD_USER_INPUT', 'asOf'],
      ['an unknown time zone', { timeZone: 'Mars/Base' }, 'BAD_USER_INPUT', 'not an IANA time zone'],
      ['no rows', { maxRows: 0 }, 'BAD_USER_INPUT', 'from 1 to 10,000'],
      ['too many rows', { maxRows: 20_000 }, 'BAD_USER_INPUT', 'from 1 to 10,000'],
      ['an unknown conversation', { conversationId: 'nobodys' }, 'NOT_FOUND', 'no conversation "nobodys"'],
      ['a choice that was not given', { choiceId: 'third' }, 'BAD_USER_INPUT', 'not one of this question'],
    ])('%s', async (_, input, code, message) => {
      const answer = await ask(input);
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ ask: null });
      expect(codesOf(answer)).toEqual([code]);
      expect(answer.errors?.[0]?.message).toContain(message);
    });

    it.each([
      ['an unknown answer', '{ answer(id: "nobodys") { id } }'],
      ['an unknown conversation', '{ conversation(id: "nobodys") { id } }'],
      [
        'feedback on an unknown answer',
        'mutation { giveFeedback(input: {answerId: "nobodys", right: true}) { feedbackId } }',
      ],
      ['an unknown conversation to delete', 'mutation { deleteConversation(id: "nobodys") }'],
    ])('%s', async (_, operation) => {
      const answer = await post(operation);
      expect(answer.status).toBe(200);
      expect(codesOf(answer)).toEqual(['NOT_FOUND']);
      expect(Object.values(answer.data as object)).toEqual([null]);
    });
  });

  it('gives one answer for one idempotency key, and refuses the key for another question', async () => {
    const first = await ask({ idempotencyKey: 'once' });
    const second = await ask({ idempotencyKey: 'once' });
    expect(first.data.ask?.id).toBeTruthy();
    expect(second.data).toEqual(first.data);

    const other = await ask({ idempotencyKey: 'once', question: 'How many ticket sales are there?' });
    expect(other.status).toBe(200);
    expect(other.data).toEqual({ ask: null });
    expect(codesOf(other)).toEqual(['BAD_USER_INPUT']);
  });

  describe('that is no operation of this schema is refused as a whole', () => {
    it.each<[string, string, object | undefined, string, string]>([
      ['nothing but an opening brace', '{', undefined, 'BAD_REQUEST', 'Syntax Error'],
      [
        'an unknown field',
        '{ hr { employes { lastName } } }',
        undefined,
        'BAD_REQUEST',
        'Did you mean "employees"?',
      ],
      [
        'an unknown argument',
        '{ hr { employees(limt: 1) { lastName } } }',
        undefined,
        'BAD_REQUEST',
        '"limit"',
      ],
      [
        'a field without its selection',
        '{ hr { employees } }',
        undefined,
        'BAD_REQUEST',
        'selection of subfields',
      ],
      [
        'an input of the wrong type',
        'query ($input: AskInput!) { ask(input: $input) { id } }',
        { input: { question: 5 } },
        'BAD_USER_INPUT',
        'String cannot represent',
      ],
      [
        'a missing variable',
        'query ($id: ID!) { answer(id: $id) { id } }',
        {},
        'BAD_USER_INPUT',
        'not provided',
      ],
      [
        'a number past 32 bits',
        'query ($input: AskInput!) { ask(input: $input) { id } }',
        { input: { question: 'why', maxRows: 99_999_999_999 } },
        'BAD_USER_INPUT',
        '32-bit',
      ],
      [
        'several operations and no name',
        'query A { __typename } query B { __typename }',
        undefined,
        'BAD_REQUEST',
        'operationName',
      ],
      [
        'a subscription',
        'subscription { ask(input: {question: "why"}) { __typename } }',
        undefined,
        'BAD_REQUEST',
        'an event stream',
      ],
      [
        'fields below fields below fields',
        `{ hr { ${'... on HrQuery { '.repeat(100)} __typename ${'}'.repeat(100)} } }`,
        undefined,
        'TOO_COMPLEX',
        'nested more than 40 levels',
      ],
      [
        'levels that no parser can count',
        `{ hr ${'{ hr '.repeat(8_000)} }`,
        undefined,
        'TOO_COMPLEX',
        'nested too deeply',
      ],
      [
        'conditions within conditions',
        'query ($where: HrEmployeesWhere) { hr { employees(where: $where) { empNo } } }',
        { where: JSON.parse(`${'{"not":'.repeat(100)}{}${'}'.repeat(100)}`) },
        'TOO_COMPLEX',
        'variables are nested',
      ],
      ['fragments that double each other', fragmentBomb(24), undefined, 'TOO_COMPLEX', 'at most 5000 fields'],
    ])('%s', async (_, query, variables, code, message) => {
      const answer = await post(query, variables);
      expect(answer.status).toBe(400);
      expect(answer.data).toBeUndefined();
      expect(codesOf(answer)).toEqual([code]);
      expect(answer.errors?.[0]?.message).toContain(message);
      expect(answer.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
    });

    it('a name that no operation has', async () => {
      const answer = await sendBody('{"query": "query A { __typename }", "operationName": "B"}');
      expect(answer.status).toBe(400);
      expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
      expect(answer.errors?.[0]?.message).toBe('The document has no operation "B".');
    });
  });

  describe('that is no GraphQL request at all', () => {
    it.each<[string, string, string, number, string]>([
      ['half of a JSON text', '{"query": "{ __type', 'application/json', 400, 'BAD_REQUEST'],
      ['an empty body', '', 'application/json', 400, 'BAD_REQUEST'],
      ['an empty object', '{}', 'application/json', 400, 'BAD_REQUEST'],
      ['a list of operations', '[{"query": "{ __typename }"}]', 'application/json', 400, 'BAD_REQUEST'],
      ['a query that is a number', '{"query": 5}', 'application/json', 400, 'BAD_REQUEST'],
      [
        'variables in a text',
        '{"query": "{ __typename }", "variables": "{}"}',
        'application/json',
        400,
        'BAD_REQUEST',
      ],
      [
        'another prototype',
        '{"query": "{ __typename }", "__proto__": {}}',
        'application/json',
        400,
        'BAD_REQUEST',
      ],
      ['plain text', '{"query": "{ __typename }"}', 'text/plain', 415, 'BAD_REQUEST'],
      ['a form', 'query={__typename}', 'application/x-www-form-urlencoded', 415, 'BAD_REQUEST'],
      ['bare GraphQL', '{ __typename }', 'application/graphql', 415, 'BAD_REQUEST'],
      [
        'a body past the limit',
        JSON.stringify({ query: ' '.repeat(LIMIT) }),
        'application/json',
        413,
        'PAYLOAD_TOO_LARGE',
      ],
    ])('%s', async (_, body, type, status, code) => {
      const answer = await sendBody(body, type);
      expect(answer.status).toBe(status);
      expect(codesOf(answer)).toEqual([code]);
      expect(answer.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
    });

    it.each<[string, RequestInit, string, number, string]>([
      [
        'GET without a query',
        { headers: { 'apollo-require-preflight': 'yes' } },
        '/graphql',
        400,
        'BAD_REQUEST',
      ],
      ['another method', { method: 'DELETE' }, '/graphql', 405, 'BAD_REQUEST'],
      ['an unknown path', {}, '/nowhere', 404, 'NOT_FOUND'],
      ['a way out of the pages', {}, '/..%2f..%2fpackage.json', 404, 'NOT_FOUND'],
      ['a path that is not encoded', {}, '/%zz', 400, 'BAD_REQUEST'],
    ])('%s', async (_, init, path, status, code) => {
      const answer = await send(gateway.url, init, path);
      expect(answer.status).toBe(status);
      expect(codesOf(answer)).toEqual([code]);
    });
  });

  it('never fails inside or hangs, whatever is sent', async () => {
    const next = randomNumbers(20_260_101);
    const failed: { body: string; answer: GraphqlAnswer<unknown> }[] = [];
    for (let count = 0; count < 200; count += 1) {
      const body = mutate(SEEDS[next(SEEDS.length)] ?? '', next);
      const answer = await sendBody(body);
      const inside = codesOf(answer).some((code) => code === 'INTERNAL' || code === 'PLAN_FAILED');
      if (answer.status >= 500 || inside) failed.push({ body, answer });
    }
    expect(failed).toEqual([]);
  });
});

const HIRED = 'How many employees were hired before 1990?';

/** A few hundred characters that stand for millions of fields. */
function fragmentBomb(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment f${level} on HrQuery { ...f${level + 1} ...f${level + 1} }`,
  );
  return `{ hr { ...f0 } } ${fragments.join(' ')} fragment f${levels} on HrQuery { employees(limit: 1) { empNo } }`;
}

const SEEDS = [
  `{"query": "{ ask(input: {question: \\"${HIRED}\\"}) { text table { rows } } }"}`,
  '{"query": "query Q($input: AskInput!) { ask(input: $input) { text } }", "variables": {"input": {"question": "Top 5 events by revenue", "maxRows": 5, "asOf": "2023-05-01T00:00:00Z"}}, "operationName": "Q"}',
  '{"query": "{ hr { employees(where: {hireDate: {lt: \\"1990-01-01\\"}, gender: {in: [\\"M\\"]}}, orderBy: [{empNo: DESC}], limit: 3) { empNo lastName titles { title } } } }"}',
  '{"query": "{ sales { salesAggregate(groupBy: [{saletime: {grain: MONTH}}], having: {count: {gt: 5}}) { keys { saletime } count avg { pricepaid } } } }"}',
  '{"query": "{ sales { venue(limit: 2) { ...v } } } fragment v on SalesVenue { venuename currentWeather { reason } }", "variables": {}}',
  '{"query": "{ conversations(first: 3) { edges { cursor node { answers(last: 1) { id } } } } __schema { queryType { name } } }"}',
];
const PIECES = [
  '{',
  '}',
  '"',
  '\\',
  '[',
  ']',
  '(',
  ')',
  ':',
  ',',
  '$',
  '...',
  '@skip(if: true)',
  '-1',
  '1e99',
  'null',
  '\u0000',
  '\u{1F4A5}',
  ' on ',
  '\\u0000',
  "'",
  ';--',
  '%',
  '9999999999',
];

/** Up to four changes: a piece put in, some characters taken out, doubled or swapped with others. */
function mutate(text: string, next: (below: number) => number): string {
  let changed = text;
  for (let change = next(4); change >= 0; change -= 1) {
    const at = next(changed.length + 1);
    const length = next(12);
    const piece = PIECES[next(PIECES.length)] ?? '';
    const put = [
      piece,
      '',
      changed.slice(at, at + length).repeat(2),
      changed.slice(next(changed.length + 1)).slice(0, length),
    ];
    changed = changed.slice(0, at) + (put[next(put.length)] ?? '') + changed.slice(at + length);
  }
  return changed;
}

/** The same numbers for the same seed (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
