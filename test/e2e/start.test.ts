import { existsSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postGraphql } from '../post-graphql.js';
import { makeHome, runProcess, type StartedProcess, startProcess } from '../start-process.js';

const HIRED = 'How many employees were hired before 1990?';
const BORN = 'Name all employees with birth date this month';
/** A stock that the slow subgraph knows. */
const SLOW = 'SLOWCOACH';
const INNER = /\n\s+at |node_modules/;

/** Processes start in a second or two; on a machine that is busy, in much more. */
const PATIENCE = 120_000;

describe('a first and a second start', { timeout: PATIENCE }, () => {
  const home = makeHome('none');
  afterAll(() => home.remove());

  it('makes the demo data once, answers, and makes again what is missing or damaged', async () => {
    const cold = await startAndAsk(home.path);
    expect(cold.stderr).toContain('making the demo data of hr');
    expect(cold.answer).toMatch(/\b29\b/);

    const second = await startAndAsk(home.path);
    expect(second.stderr).not.toContain('making the demo data');
    expect(second.answer).toBe(cold.answer);
    console.info(
      `From start to address / to first answer: cold ${cold.listening} / ${cold.answered} ms, again ${second.listening} / ${second.answered} ms.`,
    );

    const file = (domain: string) => join(home.path, 'data', `${domain}.duckdb`);
    rmSync(file('sales'));
    truncateSync(file('legal'), Math.floor(statSync(file('legal')).size / 2));
    writeFileSync(file('hr'), 'no database '.repeat(10_000));
    const third = await startAndAsk(home.path);
    expect(third.stderr).toContain('making the demo data of sales"');
    expect(third.stderr).toMatch(/making the demo data of legal again, because \S+ is damaged/);
    expect(third.stderr).toMatch(/making the demo data of hr again, because \S+ is damaged/);
    expect(third.stderr).not.toContain('of finance');
    expect(third.answer).toBe(cold.answer);
    expect(existsSync(file('sales'))).toBe(true);
  });

  async function startAndAsk(path: string) {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    const gateway = await startProcess(['serve', '--port', '0'], { ASKGRAPH_HOME: path });
    const listening = elapsed();
    const { data } = await ask(gateway.url, HIRED);
    const answered = elapsed();
    const { code, stderr } = await gateway.stop();
    expect(code).toBe(0);
    return { listening, answered, stderr, answer: data.ask.text };
  }
});

describe('a start that cannot succeed', { timeout: PATIENCE }, () => {
  const home = makeHome('shared');
  let holder: Server;
  let port: number;

  beforeAll(async () => {
    holder = createServer();
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
    port = (holder.address() as AddressInfo).port;
  });
  afterAll(() => {
    holder?.close();
    home.remove();
  });

  it('says that its port is in use, and ends', async () => {
    const gateway = await runProcess(['serve', '--port', String(port)], { ASKGRAPH_HOME: home.path });
    expect(gateway.code).toBe(1);
    expect(gateway.stdout).toBe('');
    expect(gateway.stderr).toContain(`PORT_IN_USE: Port ${port} on 127.0.0.1 is in use.`);

    const subgraph = await runProcess(['subgraph', 'hr', '--port', String(port)], {
      ASKGRAPH_HOME: home.path,
    });
    expect([subgraph.code, subgraph.stderr]).toEqual([1, expect.stringContaining('PORT_IN_USE: ')]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a port in words', { PORT: 'http' }, 'PORT: must be a whole number from 0 to 65535'],
    ['an unknown level of logs', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL: '],
    [
      'a store that is no file',
      { DATABASE_URL: 'mysql://root@db/store' },
      'DATABASE_URL: must start with "file:"',
    ],
    [
      'an address that is none',
      { SUBGRAPH_HR_URL: 'hr.internal' },
      'SUBGRAPH_HR_URL: "hr.internal" is not an http',
    ],
    [
      'an address of no domain',
      { SUBGRAPH_HRR_URL: 'http://hr.internal' },
      'SUBGRAPH_HRR_URL. Did you mean "hr"?',
    ],
    ['a home that is a file', { ASKGRAPH_HOME: resolve('package.json') }, 'ASKGRAPH_HOME: '],
  ])('names the setting that is wrong: %s', async (_, setting, message) => {
    const { code, stdout, stderr } = await runProcess(['serve'], {
      PORT: '0',
      ASKGRAPH_HOME: home.path,
      ...setting,
    });
    expect(stderr).toMatch(/^CONFIGURATION_INVALID: /m);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(INNER);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('says that its store cannot be opened, and ends', async () => {
    const { code, stdout, stderr } = await runProcess(['serve'], {
      PORT: '0',
      ASKGRAPH_HOME: home.path,
      DATABASE_URL: `file:${resolve('package.json')}`,
    });
    expect(stderr).toContain('STORE_UNAVAILABLE: ');
    expect(stderr).not.toMatch(INNER);
    expect([code, stdout]).toEqual([1, '']);
  });
});

describe('a gateway that is told to stop', { timeout: PATIENCE }, () => {
  it('answers what is under way, takes nothing new, and ends with nothing left over', async () => {
    const slow = await startSlowSubgraph('finance');
    const home = makeHome('shared');
    const gateway = await startProcess(['serve', '--port', '0'], {
      ASKGRAPH_HOME: home.path,
      SUBGRAPH_FINANCE_URL: slow.url,
    });
    const answer = postGraphql(
      gateway.url,
      `{ finance { allStocks5yrAggregate(where: {name: {eq: "${SLOW}"}}) { count } } }`,
    );
    await slow.asked;
    gateway.process.kill('SIGTERM');
    await expect.poll(() => fetch(`${gateway.url}/health/live`).catch(() => 'refused')).toBe('refused');
    expect(gateway.process.exitCode).toBeNull();

    slow.reply();
    const replied = performance.now();
    expect((await answer).data).toEqual({ finance: { allStocks5yrAggregate: [{ count: '1' }] } });
    const { code, stderr } = await gateway.finished;
    expect(code).toBe(0);
    // It does not wait for the client to let go of the connection.
    expect(performance.now() - replied).toBeLessThan(8_000);
    expect(stderr).not.toMatch(INNER);
    slow.close();
    home.remove();
  });
});

describe('askgraph ask', { timeout: PATIENCE }, () => {
  const home = makeHome('shared');
  let gateway: StartedProcess;

  beforeAll(async () => {
    gateway = await startProcess(['serve', '--port', '0'], { ASKGRAPH_HOME: home.path });
  });
  afterAll(async () => {
    await gateway?.stop();
    home.remove();
  });

  const run = (...parameters: string[]) => runProcess(['ask', ...parameters], { ASKGRAPH_HOME: home.path });

  it('prints the answer, and nothing else', async () => {
    const { code, stdout, stderr } = await run(HIRED);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\b29\b/);
    expect(stdout).toContain('Source: hr.employees');
  });

  it('reads today as the day it is given, and prints the rows', async () => {
    const { code, stdout } = await run(BORN, '--as-of', '2023-05-10');
    expect(code).toBe(0);
    for (const name of ['Koblick', 'Zielinski', 'Cappelletti', 'Dredge']) {
      expect(stdout).toMatch(new RegExp(`^ .*${name}$`, 'm'));
    }
  });

  it('prints the whole answer as JSON, the same here as from a gateway elsewhere', async () => {
    const here = await run(BORN, '--json', '--as-of', '2023-05-10', '--domain', 'hr');
    const there = await run(BORN, '--json', '--as-of', '2023-05-10', '--domain', 'hr', '--url', gateway.url);
    const [answer, other] = [here, there].map(({ code, stdout }) => {
      expect(code).toBe(0);
      return JSON.parse(stdout) as Record<string, unknown>;
    });
    expect(answer).toMatchObject({ status: 'ANSWERED', question: BORN, table: { totalRows: 4 } });
    expect(Object.keys(other ?? {}).sort()).toEqual(Object.keys(answer ?? {}).sort());
    for (const part of ['text', 'table', 'sources', 'claims', 'restatement']) {
      expect(other?.[part], part).toEqual(answer?.[part]);
    }
  });

  it.each<[string, string[], string]>([
    [
      'an unknown domain',
      ['How many claims are there?', '--domain', 'legl'],
      'UNKNOWN_NAME: Unknown domain "legl"',
    ],
    ['a day in words', [BORN, '--as-of', 'tomorrow'], 'BAD_USER_INPUT: asOf is not an instant'],
    ['an empty question', [''], 'BAD_USER_INPUT: question is empty.'],
    [
      'a gateway that is not there',
      [HIRED, '--url', 'http://127.0.0.1:9'],
      'SUBGRAPH_UNAVAILABLE: No gateway answers at http://127.0.0.1:9.',
    ],
    ['no address', [HIRED, '--url', 'elsewhere'], 'BAD_USER_INPUT: "elsewhere" is not an address'],
  ])('says what is wrong with %s', async (_, parameters, message) => {
    const { code, stdout, stderr } = await run(...parameters);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });
});

it('says which version it is', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(await runProcess(['--version'], {})).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('a command line that is not understood', () => {
  it.each<[string[], string]>([
    [['fly'], "unknown command 'fly'"],
    [['serv'], 'Did you mean serve?'],
    [['serve', '--prot', '1'], 'Did you mean --port?'],
    [['ask'], "missing required argument 'question'"],
    [['ask', 'why', '--loud'], "unknown option '--loud'"],
    [['subgraph'], "missing required argument 'name'"],
  ])('ends with 2 and a hint: %j', async (parameters, hint) => {
    const { code, stdout, stderr } = await runProcess(parameters, {});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
  });
});

async function ask(url: string, question: string) {
  return postGraphql<{ ask: { text: string } }>(
    url,
    'query ($input: AskInput!) { ask(input: $input) { text } }',
    { input: { question } },
  );
}

/**
 * A server that speaks as a subgraph does. It says its schema at once, knows nothing of what the gateway samples, and
 * counts one row of SLOW, but only after it has been told to.
 */
async function startSlowSubgraph(domain: string) {
  const sdl = await readFile(`schema/generated/${domain}.graphql`, 'utf8');
  let reply = (): void => {};
  const replied = new Promise<void>((done) => {
    reply = done;
  });
  let wasAsked = (): void => {};
  const asked = new Promise<void>((done) => {
    wasAsked = done;
  });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    // What it is asked beside GraphQL (which SQL it speaks), it does not know.
    const { query = '' } = JSON.parse(body) as { query?: string };
    const send = (result: object) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    };
    if (query.includes('_service')) return send({ data: { _service: { sdl } } });
    if (!query.includes(SLOW)) return send({ errors: [{ message: 'Nothing is known.' }] });
    wasAsked();
    await replied;
    const [, alias] = /(\w+): *allStocks5yrAggregate/.exec(query) ?? [];
    send({ data: { finance: { [alias ?? 'allStocks5yrAggregate']: [{ count: '1' }] } } });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, asked, reply, close: () => server.close() };
}
