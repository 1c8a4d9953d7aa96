import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../post-graphql.js';
import { startGateway } from '../start-gateway.js';
import type { CallerName } from './demo-policies.js';
import { type SignedCallers, startForSignedCallers } from './signed-callers.js';

let callers: SignedCallers;
beforeAll(async () => {
  callers = await startForSignedCallers();
}, 120_000);
afterAll(() => callers?.close());

const as: SignedCallers['as'] = (caller, query, variables) => callers.as(caller, query, variables);

/** An answer of any shape: whatever is read of it is there, or the test fails. */
interface Tree extends Readonly<Record<Name, Tree>> {}
type Name =
  | 'sales'
  | 'hr'
  | 'ask'
  | 'users'
  | 'usersAggregate'
  | 'usersByPk'
  | 'salesAggregate'
  | 'salariesAggregate'
  | 'event'
  | 'keys'
  | 'count'
  | 'state'
  | 'userid'
  | 'phone'
  | 'username'
  | 'avg'
  | 'salary'
  | 'id'
  | 'status'
  | 'text'
  | 'table'
  | 'rows'
  | 'columns'
  | 'name'
  | 'masked'
  | 'truncated'
  | 'usersConnection'
  | 'edges'
  | 'node'
  | 'pageInfo'
  | 'hasNextPage'
  | 'endCursor'
  | 'totalCount';

function list(tree: Tree | undefined): Tree[] {
  return [...(tree as unknown as Tree[])];
}

async function schemaOf(caller: CallerName): Promise<string> {
  const { data } = await as<IntrospectionQuery>(caller, getIntrospectionQuery());
  return JSON.stringify(data);
}

describe('what a caller may see, through HTTP', () => {
  it('shows each caller the schema of what they may see, and no other name', async () => {
    const [analyst, clerk, nobody] = await Promise.all(
      (['analyst', 'clerk', 'nobody'] as const).map(schemaOf),
    );
    expect(analyst).toContain('HrEmployees');
    expect(analyst).toContain('SalesUsers');
    expect(analyst).not.toContain('LegalClaims');
    expect(analyst).not.toContain('HrDeptManager');
    expect(clerk).toContain('SalesUsers');
    expect(clerk).not.toMatch(/"Hr[A-Z]|email|likebroadway|currentWeather/i);
    expect(nobody).toContain('SalesEvent');
    expect(nobody).not.toMatch(/SalesUsers|"Hr[A-Z]/);
    expect(nobody).toContain('"ask"');
  });

  it('says of a hidden name what it says of a name that is not there, without a word of it', async () => {
    const hidden = await as('clerk', '{ sales { users { email } } }');
    const absent = await as('clerk', '{ sales { users { nothing } } }');
    expect(hidden.errors?.[0]?.message).toBe(absent.errors?.[0]?.message.replace('nothing', 'email'));
    const near = await as('nobody', '{ sales { user { userid } } }');
    expect(near.errors?.[0]?.message).not.toMatch(/users/);
    const type = await as<{ __type: unknown }>('clerk', '{ __type(name: "HrEmployees") { name } }');
    expect(type.data.__type).toBeNull();
  });

  it('gives the rows that the claims admit: in lists, by key, in aggregates, in relations, in conditions', async () => {
    const all = await as<Tree>(
      'analyst',
      '{ sales { usersAggregate(groupBy: [{state: {}}], limit: 100) { keys { state } count } } }',
    );
    const countOf = (state: string) =>
      list(all.data.sales.usersAggregate).find((group) => String(group.keys.state) === state)?.count;
    for (const [caller, state] of [
      ['clerk', 'NY'],
      ['clerkOfTexas', 'TX'],
    ] as const) {
      const { data, errors } = await as<Tree>(
        caller,
        `{ sales {
        usersAggregate { count }
        users(limit: 50) { state }
        salesAggregate(where: {seller: {state: {isNull: false}}}, groupBy: [{seller: {state: {}}}]) { keys { seller { state } } }
      } }`,
      );
      expect(errors).toBeUndefined();
      expect(data.sales.usersAggregate).toEqual([{ count: countOf(state) }]);
      expect(new Set(list(data.sales.users).map((user) => user.state))).toEqual(new Set([state]));
      expect(data.sales.salesAggregate).toEqual([{ keys: { seller: { state } } }]);
    }
    const other = await as<Tree>(
      'analyst',
      '{ sales { users(where: {state: {ne: "NY"}}, limit: 1) { userid } } }',
    );
    const { userid } = list(other.data.sales.users)[0]!;
    const byKey = await as<Tree>('clerk', `{ sales { usersByPk(userid: ${userid}) { userid } } }`);
    expect(byKey.data.sales.usersByPk).toBeNull();
    expect((await as<Tree>('clerkWithoutStates', '{ sales { users { userid } } }')).data.sales.users).toEqual(
      [],
    );
  });

  it('masks cells everywhere, also where they are compared', async () => {
    const { data } = await as<Tree>(
      'clerk',
      '{ sales { users(limit: 5, orderBy: [{userid: ASC}]) { userid phone username } } }',
    );
    const ids = list(data.sales.users).map((user) => user.userid);
    const plain = await as<Tree>(
      'analyst',
      `{ sales { users(where: {userid: {in: [${ids}]}}, orderBy: [{userid: ASC}]) { phone username } } }`,
    );
    list(plain.data.sales.users).forEach((user, index) => {
      expect(list(data.sales.users)[index]?.phone).toBe(`****${String(user.phone).slice(-4)}`);
      expect(list(data.sales.users)[index]?.username).toMatch(/^[0-9a-f]{64}$/);
    });
    const { phone } = list(plain.data.sales.users)[0]!;
    const guessed = await as<Tree>(
      'clerk',
      `{ sales { usersAggregate(where: {phone: {eq: "${phone}"}}) { count } } }`,
    );
    expect(guessed.data.sales.usersAggregate).toEqual([{ count: '0' }]);
  });

  it('gives figures of what is seen in aggregates only, and none over too few', async () => {
    const total = '{ hr { salariesAggregate { count avg { salary } sum { salary } } } }';
    expect((await as<Tree>('analyst', total)).data).toEqual((await as<Tree>('hr', total)).data);
    const small =
      '{ hr { salariesAggregate(where: {empNo: {lt: 10004}}, groupBy: [{empNo: {}}], limit: 3) { keys { empNo } avg { salary } } } }';
    const groups = (await as<Tree>('analyst', small)).data.hr.salariesAggregate;
    expect(list(groups).length).toBeGreaterThan(0);
    expect(list(groups).every((group) => group.avg.salary === null)).toBe(true);
    expect(list((await as<Tree>('hr', small)).data.hr.salariesAggregate)[0]?.avg.salary).not.toBeNull();
    const ordered =
      '{ hr { salariesAggregate(groupBy: [{empNo: {}}], having: {sum: {salary: {gt: "0"}}}, orderBy: [{sum: {salary: DESC}}]) { keys { empNo } } } }';
    expect((await as<Tree>('analyst', ordered)).data.hr.salariesAggregate).toEqual([]);
    for (const query of [
      '{ hr { salaries { salary } } }',
      '{ hr { salariesAggregate { max { salary } } } }',
      '{ hr { salariesAggregate(where: {salary: {gt: 1}}) { count } } }',
      '{ hr { salariesAggregate(groupBy: [{salary: {}}]) { count } } }',
      '{ hr { salaries(orderBy: [{salary: ASC}]) { empNo } } }',
      '{ hr { employees(where: {salaries: {some: {salary: {gt: 1}}}}) { empNo } } }',
    ]) {
      const { errors } = await as('analyst', query);
      expect(errors?.[0]?.message, query).toMatch(/Cannot query field|is not defined/);
    }
  });

  it('keeps a caller to the rows that the policy allows', async () => {
    expect(
      list((await as<Tree>('clerk', '{ sales { event(limit: 500) { eventid } } }')).data.sales.event).length,
    ).toBe(50);
    expect(
      list((await as<Tree>('nobody', '{ sales { event(limit: 500) { eventid } } }')).data.sales.event).length,
    ).toBe(500);
  });

  it('says in a connection that there are more rows than the policy allows', async () => {
    const page = (last: string) =>
      `{ sales { usersConnection(${last}) { edges { cursor node { userid } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } } }`;
    const { usersConnection: first } = (await as<Tree>('clerk', page('first: 500'))).data.sales;
    expect(Number(first.totalCount)).toBeGreaterThan(50);
    expect(list(first.edges)).toHaveLength(50);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const seen = new Set<unknown>();
    for (let after = ''; ; ) {
      const { usersConnection } = (
        await as<Tree>('clerk', page(`first: 500${after === '' ? '' : `, after: "${after}"`}`))
      ).data.sales;
      for (const { node } of list(usersConnection.edges)) seen.add(node.userid);
      if (String(usersConnection.pageInfo.hasNextPage) === 'false') break;
      after = String(usersConnection.pageInfo.endCursor);
    }
    expect(seen.size).toBe(Number(first.totalCount));
    const { usersConnection: end } = (await as<Tree>('clerk', page('last: 500'))).data.sales;
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('counts related rows against the allowed ones in total, and cuts no list of them unseen', async () => {
    const nested = (limit: number) =>
      as<Tree>('clerk', `{ sales { event(limit: 10) { eventid sales(limit: ${limit}) { salesid } } } }`);
    const few = await nested(5);
    expect(few.errors).toBeUndefined();
    const rows = list(few.data.sales.event).flatMap((event) => list(event.sales));
    expect(rows.length).toBeGreaterThan(10);
    const many = await nested(100);
    expect(codesOf(many)[0]).toBe('TOO_COMPLEX');
    expect(many.errors?.[0]?.message).toMatch(/more than 50 rows/);
    expect(list(many.data.sales.event).every((event) => (event.sales as unknown) === null)).toBe(true);
  });

  it('says of an answer’s columns which are masked, and that a list was cut', async () => {
    const question =
      'query ($question: String!) { ask(input: {question: $question}) { status table { columns { name masked } rows truncated } } }';
    const tableOf = async (caller: CallerName, text: string) =>
      (await as<Tree>(caller, question, { question: text })).data.ask.table;
    const users = await tableOf('clerk', 'List the users');
    expect(list(users.columns)).toEqual([{ name: 'user_name', masked: true }]);
    expect(list(users.rows)).toHaveLength(50);
    expect(users.truncated).toBe(true);
    for (const [caller, masked] of [
      ['analyst', true],
      ['hr', false],
    ] as const) {
      const births = await tableOf(caller, 'Show the birth dates of employees');
      expect(list(births.columns)).toEqual([{ name: 'birth_date', masked }]);
      const count = await tableOf(caller, 'How many employees were born before 1960?');
      expect(list(count.columns).map((column) => column.masked)).toEqual([false]);
    }
  });

  it('answers questions from what the asker may see, and from nothing else', async () => {
    const question =
      'query ($question: String!) { ask(input: {question: $question}) { id status text table { rows } } }';
    const ask = (caller: CallerName, text: string) => as<Tree>(caller, question, { question: text });
    const fraud = await ask('analyst', 'How many frauds happened in the year 2023?');
    expect(fraud.data.ask.status).not.toBe('ANSWERED');
    expect(JSON.stringify(fraud.data)).not.toMatch(/legal|claims/i);
    const staff = await ask('hr', 'How many employees were hired before 1990?');
    expect(staff.data.ask.status).toBe('ANSWERED');
    const again = await as('clerk', `{ answer(id: "${staff.data.ask.id}") { text } }`);
    expect(codesOf(again)).toEqual(['NOT_FOUND']);
    const users = await ask('clerk', 'How many users are there?');
    const seen = list(
      (await as<Tree>('clerk', '{ sales { usersAggregate { count } } }')).data.sales.usersAggregate,
    )[0]?.count;
    expect(users.data.ask.table.rows).toEqual([[seen]]);
  });

  it('offers only the domains that the caller may see', async () => {
    const response = await fetch(new URL('/ask/examples.json', callers.gateway.url), {
      headers: callers.headersOf('clerk'),
    });
    const { domains } = (await response.json()) as { domains: { name: string }[] };
    expect(domains.map(({ name }) => name)).toEqual(['finance', 'sales']);
  });
});

describe('a gateway that others can reach', () => {
  it('does not start with a domain that has no policy', async () => {
    await expect(startGateway({ HOST: '0.0.0.0', AUTH_ANONYMOUS: 'allowed' })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringMatching(/Without a policy, everybody may see everything of finance, hr, legal/),
    });
  });
});
