import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, type GraphqlAnswer, postGraphql, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

describe('GraphQL over HTTP', () => {
  let gateway: StartedGateway;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway?.close());

  const post = <Data>(query: string, variables?: object) => postGraphql<Data>(gateway.url, query, variables);

  it('answers typed queries in all five domains in one operation', async () => {
    const { status, data, errors } = await post(`{
      sales { salesAggregate { count sum { commission } } }
      hr { employeesAggregate(where: {hireDate: {lt: "1990-01-01"}}) { count } }
      finance { allStocks5yrAggregate(where: {date: {gte: "2013-05-01", lt: "2013-06-01"}}) { max { close } min { close } } }
      legal { claimsAggregate(where: {fraud: {eq: 1}}) { count } }
      product { currentWeather(city: "New York City") { weather { observedOn temperatureMax temperatureUnit } } }
    }`);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data).toEqual({
      sales: { salesAggregate: [{ count: '172456', sum: { commission: '16614814.65' } }] },
      hr: { employeesAggregate: [{ count: '29' }] },
      finance: { allStocks5yrAggregate: [{ max: { close: '842.50' }, min: { close: '3.22' } }] },
      legal: { claimsAggregate: [{ count: '164' }] },
      product: {
        currentWeather: {
          weather: { observedOn: '2015-12-31', temperatureMax: 11.1, temperatureUnit: 'CELSIUS' },
        },
      },
    });
  });

  it('takes conditions and groups as variables, as clients send them', async () => {
    const query = `query ($where: HrEmployeesWhere, $groupBy: [HrEmployeesGroupBy!]) {
      hr { employeesAggregate(where: $where, groupBy: $groupBy) { keys { gender } count } }
    }`;
    const where = { not: { hireDate: { gte: '1990-01-01' } } };
    const { data } = await post<{
      hr: { employeesAggregate: { keys: { gender: string }; count: string }[] };
    }>(query, {
      where,
      groupBy: [{ gender: {} }],
    });
    const groups = data.hr.employeesAggregate;
    expect(groups.map(({ keys }) => keys.gender).sort()).toEqual(['F', 'M']);
    expect(groups.reduce((total, { count }) => total + Number(count), 0)).toBe(29);
  });

  it('says that a date is none, wherever it is written', async () => {
    const inline = '{ hr { employees(where: {hireDate: {lt: "1990-02-30"}}) { empNo } } }';
    const variable = 'query ($day: Date) { hr { employees(where: {hireDate: {lt: $day}}) { empNo } } }';
    for (const answer of [await post(inline), await post(variable, { day: '1990-02-30' })]) {
      expect(answer.data).toEqual({ hr: null });
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('answers questions and domain fields in one operation, under the names that it gives them', async () => {
    const { data, errors } = await post(
      `query Both($first: AskInput!, $second: AskInput!) {
        hired: ask(input: $first) { status text table { rows } }
        sold: ask(input: $second) { text }
        hr { employees(limit: 1, orderBy: [{empNo: ASC}]) { empNo } }
      }`,
      {
        first: { question: 'How many employees were hired before 1990?' },
        second: { question: 'How many ticket sales are there?' },
      },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      hired: { status: 'ANSWERED', text: expect.stringMatching(/\b29\b/), table: { rows: [['29']] } },
      sold: { text: expect.stringContaining('172,456') },
      hr: { employees: [{ empNo: expect.any(Number) }] },
    });
  });

  it("gives a sales venue's current weather, or null with a reason for a city without observations", async () => {
    const { data, errors } = await post(`{
      sales {
        seattle: venue(where: {venuecity: {eq: "Seattle"}}, limit: 1) { ...weather }
        boston: venue(where: {venuecity: {eq: "Boston"}}, limit: 1) { ...weather }
      }
    }
    fragment weather on SalesVenue {
      venuename
      currentWeather(temperatureUnit: FAHRENHEIT) { weather { observedOn temperatureMax } reason }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      sales: {
        seattle: [
          {
            venuename: 'Safeco Field',
            // 5.6 °C in the source.
            currentWeather: { weather: { observedOn: '2015-12-31', temperatureMax: 42.1 }, reason: null },
          },
        ],
        boston: [
          {
            venuename: 'Fenway Park',
            currentWeather: { weather: null, reason: expect.stringContaining('Boston') },
          },
        ],
      },
    });
  });

  it('documents its schema from the comments of the catalogs', async () => {
    const { data } = await post<IntrospectionQuery>(getIntrospectionQuery());
    const schema = buildClientSchema(data);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['ask', 'finance', 'hr', 'legal', 'product', 'sales']),
    );
    const employees = schema.getType('HrEmployees');
    if (!isObjectType(employees)) throw new Error('HrEmployees is no object type.');
    expect(employees.description).toBe('Employees of the company, past and present: one row per person.');
    expect(employees.getFields().hireDate?.description).toBe(
      'Date when the employee was hired (joined the company).',
    );
  });

  it('answers GET for reading, and never a question or a mutation', async () => {
    const get = (query: string) =>
      send(
        gateway.url,
        { headers: { 'apollo-require-preflight': 'yes' } },
        `/graphql?query=${encodeURIComponent(query)}`,
      );
    expect(await get('{ hr { employeesAggregate { count } } }')).toMatchObject({
      status: 200,
      data: { hr: { employeesAggregate: [{ count: '300' }] } },
    });
    for (const query of [
      '{ ask(input: {question: "How many ticket sales are there?"}) { text } }',
      'query Hidden { ...deep } fragment deep on Query { ... { a: ask(input: {question: "hello"}) { id } } }',
      'mutation { deleteConversation(id: "x") }',
    ]) {
      const answer = await get(query);
      expect(answer.status, query).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
      expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    }
  });

  const question = 'ask(input: {question: "How many ticket sales are there?"}) { id }';

  it.each([
    ['by aliases', `{ a: ${question} b: ${question} c: ${question} d: ${question} }`],
    [
      'through fragments',
      `{ ...two ... on Query { ...two } } fragment two on Query { a: ${question} ...one } fragment one on Query { b: ${question} }`,
    ],
  ])('refuses four questions in one operation, asked %s', async (_, query) => {
    const answer = await post(query);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['TOO_COMPLEX']);
    expect(answer.errors?.[0]?.message).toContain('at most 3 questions; this one asks 4');
    expect(answer.data).toBeUndefined();
  });

  it('names the path, the code and the request of an error, and keeps the data beside it', async () => {
    const answer = await post('{ hr { employees(limit: 100000) { empNo } departmentsAggregate { count } } }');
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ hr: { employees: null, departmentsAggregate: [{ count: '9' }] } });
    expect(answer.errors).toMatchObject([
      {
        path: ['hr', 'employees'],
        extensions: {
          code: 'BAD_USER_INPUT',
          domain: 'hr',
          requestId: answer.headers.get('x-request-id'),
        },
      },
    ]);
  });

  it('keeps answers out of shared caches', async () => {
    const { headers } = await post('{ __typename }');
    expect(headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('a gateway whose domains are partly down', () => {
  let gateway: StartedGateway;
  const home = mkdtempSync(join(tmpdir(), 'askgraph-broken-'));

  beforeAll(async () => {
    const whole = await startGateway();
    await whole.close();
    mkdirSync(join(home, 'data'));
    for (const domain of ['finance', 'legal', 'sales']) {
      symlinkSync(resolve(`.askgraph/test/data/${domain}.duckdb`), join(home, 'data', `${domain}.duckdb`));
    }
    // A folder that is not empty is a data file that can be neither read nor replaced.
    mkdirSync(join(home, 'data', 'hr.duckdb', 'in the way'), { recursive: true });
    gateway = await startGateway({
      ASKGRAPH_HOME: home,
      // Nothing listens on the port for discarding.
      SUBGRAPH_FINANCE_URL: 'http://127.0.0.1:9/graphql',
    });
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(home, { recursive: true });
  });

  it('answers what needs none of them, and says with a code what is missing', async () => {
    const answer = await postGraphql(
      gateway.url,
      `{
        hr { employeesAggregate { count } }
        finance { allStocks5yrAggregate { count } }
        legal { claimsAggregate { count } }
        sales { venue(where: {venuecity: {eq: "Seattle"}}, limit: 1) { currentWeather { weather { observedOn } } } }
      }`,
    );
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({
      hr: { employeesAggregate: null },
      finance: null,
      legal: { claimsAggregate: [{ count: '5000' }] },
      sales: { venue: [{ currentWeather: { weather: { observedOn: '2015-12-31' } } }] },
    });
    expect(faults(answer)).toEqual([
      { at: 'finance', code: 'SUBGRAPH_UNAVAILABLE' },
      { at: 'hr.employeesAggregate', code: 'DATA_CORRUPT' },
    ]);
  });

  it.each([
    ['How many employees were hired before 1990?', 'DATA_CORRUPT'],
    ['What is the average volume stocks traded in July of 2013?', 'SUBGRAPH_UNAVAILABLE'],
  ])('says why it cannot answer "%s"', async (question, code) => {
    const answer = await ask(question);
    expect(answer.data).toEqual({ ask: null });
    expect(codesOf(answer)).toEqual([code]);
  });

  it('answers questions to the others', async () => {
    const { data } = await ask('How many ticket sales are there?');
    expect(data).toMatchObject({ ask: { text: expect.stringContaining('172,456') } });
  });

  it('lives, and is not ready', async () => {
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${gateway.url}/health/ready`);
    expect(ready.status).toBe(503);
    // Nobody has said who asks: a domain's name is not for everybody.
    expect(await ready.json()).toEqual({
      status: 'unavailable',
      code: expect.stringMatching(/^DATA_CORRUPT|^SUBGRAPH_UNAVAILABLE/),
      message: 'A domain does not answer.',
    });
  });

  function ask(question: string) {
    return postGraphql(gateway.url, 'query ($input: AskInput!) { ask(input: $input) { text } }', {
      input: { question },
    });
  }
});

function faults({ errors = [] }: GraphqlAnswer<unknown>) {
  return errors
    .map(({ path, extensions }) => ({ at: path?.join('.'), code: extensions.code }))
    .sort((a, b) => String(a.at).localeCompare(String(b.at)));
}
