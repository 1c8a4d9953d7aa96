import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, postGraphql, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** The thirteen things that graphql-cop tries, and what else is sent to bring a GraphQL server down. */
describe('a gateway that is attacked', () => {
  let open: StartedGateway;
  let closed: StartedGateway;

  beforeAll(async () => {
    [open, closed] = await Promise.all([startGateway(), startGateway({ INTROSPECTION: 'off' })]);
  });
  afterAll(() => Promise.all([open?.close(), closed?.close()]));

  const JSON_TYPE = { 'content-type': 'application/json' };
  const postBody = (body: unknown, headers: Record<string, string> = JSON_TYPE) =>
    send(open.url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const get = (query: string, headers: Record<string, string> = {}) =>
    send(open.url, { headers }, `/graphql?query=${encodeURIComponent(query)}`);
  const PREFLIGHTED = { 'apollo-require-preflight': 'yes' };

  it('refuses a field under a hundred aliases', async () => {
    const aliases = Array.from({ length: 101 }, (_, number) => `alias${number}: __typename`).join(' ');
    const answer = await postGraphql(open.url, `query cop { ${aliases} }`);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
    expect(answer.errors?.[0]?.message).toBe('One document may hold at most 100 aliases.');
    expect(answer.data).toBeUndefined();
  });

  it('refuses a batch of operations', async () => {
    const answer = await postBody(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it('refuses introspection that goes round in circles', async () => {
    const answer = await postGraphql(
      open.url,
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    );
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect(answer.data).toBeUndefined();
  });

  it('refuses directives over directives, with one error for them all', async () => {
    const answer = await postGraphql(open.url, `query cop { __typename ${'@aa'.repeat(10)} }`);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
    const spread = `query cop { ${'__typename @skip(if: true) x: __typename @skip(if: false) '.repeat(10)} }`;
    expect(codesOf(await postGraphql(open.url, spread))).toEqual([]);
  });

  it('refuses a field that is written five hundred times', async () => {
    const answer = await postGraphql(open.url, `query cop { ${'__typename '.repeat(500)} }`);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
  });

  it('suggests no field where introspection is off', async () => {
    const wrong = '{ hr { employes { lastName } } __schem { x } }';
    const shown = await postGraphql(open.url, wrong);
    expect(JSON.stringify(shown.errors)).toContain('Did you mean');
    const hidden = await postGraphql(closed.url, wrong);
    expect(codesOf(hidden)).toEqual(['BAD_REQUEST', 'BAD_REQUEST']);
    expect(JSON.stringify(hidden.errors)).not.toMatch(/did you mean|employees|__schema\b/i);
    const input = await postGraphql(
      closed.url,
      '{ hr { employees(limt: 1, orderBy: [{empN: ASC}]) { empNo } } }',
    );
    expect(JSON.stringify(input.errors)).not.toMatch(/did you mean|"limit"|empNo/i);
    const variable = await postGraphql(
      closed.url,
      'query ($where: HrEmployeesWhere) { hr { employees(where: $where) { empNo } } }',
      { where: { empN: { eq: 1 } } },
    );
    expect(JSON.stringify(variable.errors)).not.toMatch(/did you mean|empNo/i);
  });

  it('takes no mutation by GET', async () => {
    const answer = await get('mutation cop { deleteConversation(id: "x") }', PREFLIGHTED);
    expect(answer.status).toBe(405);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it('answers no GET that a form or an image of another page may send', async () => {
    const answer = await get('query cop { __typename }');
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    const asked = await get('query cop { __typename }', { ...PREFLIGHTED });
    expect(asked.data).toEqual({ __typename: 'Query' });
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'takes no POST that another page may send without asking: %s',
    async (type) => {
      const answer = await postBody('query=query+cop+%7B__typename%7D', { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(answer.data).toBeUndefined();
    },
  );

  it('serves GraphiQL to browsers only as a page that can neither be framed nor loads from elsewhere', async () => {
    const response = await fetch(`${open.url}/graphql`, { headers: { accept: 'text/html' } });
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'self'");
    for (const path of ['/graphiql', '/playground', '/console', '/altair', '/voyager']) {
      expect((await fetch(`${open.url}${path}`)).status).toBe(404);
    }
  });

  it('has no trace mode', async () => {
    const { headers, ...answer } = await postBody(
      { query: 'query cop { __typename }' },
      { ...JSON_TYPE, 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' },
    );
    expect(JSON.stringify(answer)).not.toMatch(/trac(e|ing)|ftv1/);
    const response = await fetch(`${open.url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'apollo-federation-include-trace': 'ftv1' },
      body: '{"query": "{ __typename }"}',
    });
    expect(Object.keys(((await response.json()) as { extensions: object }).extensions)).toEqual(['cost']);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('tells nothing of what is inside when it is sent nonsense', async () => {
    for (const body of [
      'qwerty cop { abc }',
      '{ __typename',
      '\u0000',
      'query { hr { employees(where: 5) { x } } }',
    ]) {
      const answer = await postGraphql(open.url, body);
      expect(answer.status).toBe(400);
      expect(codesOf(answer).every((code) => code === 'BAD_REQUEST')).toBe(true);
    }
  });

  it('shows its schema only where introspection is on', async () => {
    const query = '{ __schema { queryType { name } } __type(name: "HrEmployees") { name } }';
    expect((await postGraphql(open.url, query)).data).toMatchObject({ __schema: { queryType: {} } });
    const refused = await postGraphql(closed.url, query);
    expect(refused.status).toBe(400);
    expect(refused.data).toBeUndefined();
    expect((await postGraphql(closed.url, '{ hr { __typename } }')).data).toEqual({
      hr: { __typename: 'HrQuery' },
    });
  });
});

describe('the limits of one operation', () => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      OPERATION_TOKENS: '300',
      OPERATION_ROOT_FIELDS: '3',
      OPERATION_FIELDS: '20',
      OPERATION_COST: '20000',
      OPERATION_LEVELS: '8',
      RESPONSE_LIMIT_BYTES: '20000',
    });
  });
  afterAll(() => gateway?.close());

  const lists = (limit: number, inner: number) =>
    `{ hr { employees(limit: ${limit}) { titles(limit: ${inner}) { title } } } }`;

  it.each([
    ['tokens', `{ ${'__typename '.repeat(300)} }`, 'The operation has too many tokens.'],
    [
      'root fields',
      '{ a: hr { __typename } b: hr { __typename } ...f } fragment f on Query { c: hr { __typename } d: hr { __typename } }',
      'at most 3 fields at its root',
    ],
    [
      'fields',
      `{ hr { ${Array.from({ length: 21 }, (_, n) => `a${n}: __typename`).join(' ')} } }`,
      'at most 20 fields',
    ],
    [
      'levels',
      `{ hr { ${'... on HrQuery { '.repeat(8)} __typename ${'}'.repeat(8)} } }`,
      'more than 8 levels',
    ],
    ['rows', lists(1_000, 1_000), 'may cost 1001001; at most 20000'],
    [
      'rows of lists without a limit',
      '{ hr { employees { titles { title } dept: titles { title } } } }',
      'may cost',
    ],
  ])('bound its %s', async (_, query, message) => {
    const answer = await postGraphql(gateway.url, query);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
    expect(answer.errors?.[0]?.message).toContain(message);
  });

  it('read a limit from a variable and its default', async () => {
    const query = 'query ($n: Int = 5000) { hr { employees(limit: $n) { titles(limit: 10) { title } } } }';
    expect(codesOf(await postGraphql(gateway.url, query))).toEqual(['TOO_COMPLEX']);
    expect(codesOf(await postGraphql(gateway.url, query, { n: 2_000 }))).toEqual(['TOO_COMPLEX']);
    expect(codesOf(await postGraphql(gateway.url, query, { n: 2 }))).toEqual([]);
  });

  it('are the same by GET and by the hash of a persisted query', async () => {
    const query = lists(1_000, 1_000);
    const { createHash } = await import('node:crypto');
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const search = new URLSearchParams({ query });
    const byGet = await send(
      gateway.url,
      { headers: { 'apollo-require-preflight': 'yes' } },
      `/graphql?${search}`,
    );
    expect(codesOf(byGet)).toEqual(['TOO_COMPLEX']);
    const post = (body: object) =>
      send(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(codesOf(await post({ query, extensions }))).toEqual(['TOO_COMPLEX']);
    // What was refused is not kept under its hash either.
    expect(codesOf(await post({ extensions }))).toEqual(['BAD_REQUEST']);
  });

  it('tell what an operation was reckoned to cost', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: lists(5, 3) }),
    });
    // The namespace, and five employees, each with three titles.
    const { extensions } = (await response.json()) as { extensions: unknown };
    expect(extensions).toEqual({ cost: { estimated: 1 + 5 * (1 + 3), limit: 20_000 } });
  });

  it('bound the answer by its bytes', async () => {
    const answer = await postGraphql(
      gateway.url,
      '{ hr { employees(limit: 300) { lastName firstName hireDate empNo } } }',
    );
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
    expect(answer.errors?.[0]?.message).toContain('larger than 20000 bytes');
  });
});
