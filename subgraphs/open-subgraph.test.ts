import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionResult, execute, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../test/fixtures/shop.js';
import { NO_AUDIT } from './audit/audit-trail.js';
import { listSubgraphs } from './list.js';
import { type OpenSubgraph, openSubgraph } from './open-subgraph.js';
import type { RequestContext } from './request-context.js';
import { compile } from './sql/compile.js';
import type { Cell } from './sql/statement.js';

const CONTEXT: RequestContext = {
  requestId: 'r',
  caller: { subject: 's', roles: [], claims: {} },
  signal: new AbortController().signal,
  asOf: new Date(0),
};
let dataDirectory: string;
const open = new Map<string, OpenSubgraph>();

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'askgraph-domains-'));
  for (const loaded of await listSubgraphs()) {
    if (loaded.catalog === undefined) continue;
    const subgraph = await openSubgraph(loaded, {
      environment: {},
      dataDirectory,
      report: () => undefined,
      audit: NO_AUDIT,
    });
    open.set(subgraph.name, subgraph);
  }
}, 120_000);

afterAll(async () => {
  for (const subgraph of open.values()) await subgraph.close();
  await rm(dataDirectory, { recursive: true });
});

function domain(name: string): OpenSubgraph {
  const subgraph = open.get(name);
  if (subgraph === undefined) throw new Error(`There is no domain ${name}.`);
  return subgraph;
}

async function ask(name: string, fields: string): Promise<Record<string, unknown>> {
  const { schema } = domain(name);
  const document = parse(`{ ${name} { ${fields} } }`);
  expect(validate(schema, document)).toEqual([]);
  const contextValue = CONTEXT;
  const { data, errors } = (await execute({ schema, document, contextValue })) as ExecutionResult;
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data))[name];
}

/** Rows of SQL that a test wrote itself, over the same data. */
async function sql(name: string, text: string): Promise<(readonly Cell[])[]> {
  const { runSql: query } = domain(name);
  if (query === undefined) throw new Error(`${name} takes no SQL.`);
  const rows = await runSql({ query: (statement) => query(statement, CONTEXT) }, text);
  expect(rows.length).toBeGreaterThan(0);
  return rows;
}

describe('the list of subgraphs', () => {
  it('finds every folder that defines a domain', async () => {
    const loaded = await listSubgraphs();
    const names = loaded.map(({ definition }) => definition.name);
    expect(names).toEqual(expect.arrayContaining(['finance', 'hr', 'legal', 'sales']));
    expect(names).toEqual([...names].sort());
    expect(loaded.find(({ definition }) => definition.name === 'hr')?.catalog?.database).toBe('hr');
  });

  it('refuses a folder whose domain has another name', async () => {
    const root = await mkdtemp(join(tmpdir(), 'askgraph-list-'));
    await mkdir(join(root, 'hr'));
    await mkdir(join(root, 'nothing'));
    await writeFile(join(root, 'hr', 'subgraph.js'), 'export default { name: "people" };');
    await expect(listSubgraphs({ root })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      domain: 'hr',
    });
    await rm(root, { recursive: true });
  });

  it('refuses a catalog that is no JSON', async () => {
    const root = await mkdtemp(join(tmpdir(), 'askgraph-list-'));
    await mkdir(join(root, 'hr'));
    await writeFile(
      join(root, 'hr', 'subgraph.js'),
      'export default { name: "hr", catalog: { database: "hr" } };',
    );
    await writeFile(join(root, 'hr', 'catalog.json'), '{');
    await expect(listSubgraphs({ root })).rejects.toMatchObject({ code: 'CATALOG_INVALID', domain: 'hr' });
    await rm(root, { recursive: true });
  });
});

describe('an open subgraph', () => {
  it('serves the schema that is committed', async () => {
    for (const subgraph of open.values()) {
      const committed = await readFile(
        new URL(`../schema/generated/${subgraph.name}.graphql`, import.meta.url),
        'utf8',
      );
      expect(committed.endsWith(subgraph.sdl)).toBe(true);
    }
  });

  it('says its engine, takes statements, and is healthy', async () => {
    const { engine, catalog, dialect, runSql: query, checkHealth } = domain('hr');
    expect(engine).toBe('duckdb');
    await checkHealth();
    if (catalog === undefined || dialect === undefined) throw new Error('hr is a catalog domain.');
    const count = { as: 'n', expression: { kind: 'aggregate', function: 'count' } } as const;
    const limits = { rowLimit: 1, signal: new AbortController().signal };
    const result = await query?.(
      compile({ table: 'departments', select: [count], groupBy: [] }, catalog, dialect, limits),
      CONTEXT,
    );
    expect(result?.rows).toEqual([['9']]);
  });
});

describe('the demo domains', () => {
  it('hr: employees hired before 1990', async () => {
    const { employees } = await ask(
      'hr',
      'employees(where: {hireDate: {lt: "1990-01-01"}}, orderBy: [{lastName: ASC}]) { firstName lastName hireDate }',
    );
    const rows = await sql(
      'hr',
      'SELECT first_name, last_name, hire_date FROM employees WHERE year(hire_date) < 1990 ORDER BY last_name, emp_no',
    );
    expect(employees).toEqual(
      rows.map(([firstName, lastName, hireDate]) => ({ firstName, lastName, hireDate })),
    );
    expect(rows).toHaveLength(29);
  });

  it('hr: employees with some salary above a limit', async () => {
    const { employees } = await ask(
      'hr',
      'employees(where: {salaries: {some: {salary: {gt: 90000}}}}, limit: 10000) { empNo }',
    );
    const rows = await sql('hr', 'SELECT DISTINCT emp_no FROM salaries WHERE salary > 90000 ORDER BY 1');
    expect(employees).toEqual(rows.map(([empNo]) => ({ empNo })));
  });

  it('hr: average salary by department, over two relations', async () => {
    const { employees } = await ask(
      'hr',
      'employees(limit: 5) { empNo salaries(orderBy: [{fromDate: DESC}], limit: 1) { salary } deptEmp { departments { deptName } } }',
    );
    const rows = await sql(
      'hr',
      `SELECT emp_no, (SELECT salary FROM salaries s WHERE s.emp_no = e.emp_no ORDER BY from_date DESC LIMIT 1),
         (SELECT list(dept_name ORDER BY d.dept_no) FROM dept_emp JOIN departments d USING (dept_no) WHERE emp_no = e.emp_no)
       FROM employees e ORDER BY emp_no LIMIT 5`,
    );
    expect(employees).toEqual(
      rows.map(([empNo, salary, departments]) => ({
        empNo,
        salaries: [{ salary }],
        deptEmp: (departments as string[]).map((deptName) => ({ departments: { deptName } })),
      })),
    );
  });

  it('sales: the five events with the most revenue', async () => {
    const { salesAggregate } = await ask(
      'sales',
      'salesAggregate(groupBy: [{event: {eventname: {}}}], orderBy: [{sum: {pricepaid: DESC}}], limit: 5) { keys { event { eventname } } sum { pricepaid } count }',
    );
    const rows = await sql(
      'sales',
      'SELECT eventname, sum(pricepaid), count(*) FROM sales JOIN event USING (eventid) GROUP BY 1 ORDER BY 2 DESC LIMIT 5',
    );
    expect(salesAggregate).toEqual(
      rows.map(([eventname, pricepaid, count]) => ({
        keys: { event: { eventname } },
        sum: { pricepaid },
        count,
      })),
    );
  });

  it('sales: users of a city who like jazz, and the venue of a key', async () => {
    const data = await ask(
      'sales',
      'users(where: {city: {startsWith: "San "}, likejazz: {eq: true}}, limit: 20, orderBy: [{username: DESC}]) { username city } venueByPk(venueid: 1) { venuename venuecity venueseats }',
    );
    const users = await sql(
      'sales',
      "SELECT username, city FROM users WHERE city LIKE 'San %' AND likejazz ORDER BY username DESC, userid LIMIT 20",
    );
    const [[venuename, venuecity, venueseats] = []] = await sql(
      'sales',
      'SELECT venuename, venuecity, venueseats FROM venue WHERE venueid = 1',
    );
    expect(data).toEqual({
      users: users.map(([username, city]) => ({ username, city })),
      venueByPk: { venuename, venuecity, venueseats },
    });
  });

  it('legal: claims by incident severity', async () => {
    const { claimsAggregate } = await ask(
      'legal',
      'claimsAggregate(groupBy: [{incidentSeverity: {}}], orderBy: [{count: DESC}]) { keys { incidentSeverity } count avg { totalClaimAmount } }',
    );
    const rows = await sql(
      'legal',
      'SELECT incident_severity, count(*), avg(total_claim_amount) FROM claims GROUP BY 1 ORDER BY 2 DESC, 1',
    );
    expect(claimsAggregate).toEqual(
      rows.map(([incidentSeverity, count, average]) => ({
        keys: { incidentSeverity },
        count,
        avg: { totalClaimAmount: expect.closeTo(average as number, 6) },
      })),
    );
  });

  it('finance: volume by month of a year', async () => {
    const { allStocks5yrAggregate } = await ask(
      'finance',
      'allStocks5yrAggregate(where: {date: {year: {eq: 2014}}}, groupBy: [{date: {grain: MONTH}}]) { keys { date } sum { volume } max { close } }',
    );
    const rows = await sql(
      'finance',
      `SELECT date_trunc('month', date)::DATE, sum(volume), max(close) FROM all_stocks_5yr WHERE date BETWEEN '2014-01-01' AND '2014-12-31' GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toHaveLength(12);
    expect(allStocks5yrAggregate).toEqual(
      rows.map(([date, volume, close]) => ({ keys: { date }, sum: { volume }, max: { close } })),
    );
  });
});
