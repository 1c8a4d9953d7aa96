import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

let folder: string;
let gateway: StartedGateway | undefined;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-follow-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await gateway?.close();
  gateway = undefined;
  rmSync(folder, { recursive: true });
});

async function put(path: string, content: string): Promise<void> {
  const file = join(folder, 'data', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

const start = async (environment: Record<string, string> = {}) => {
  gateway = await startGateway({
    ASKGRAPH_DATA: join(folder, 'data'),
    ASKGRAPH_HOME: join(folder, 'home'),
    ...environment,
  });
  return gateway;
};

async function query(text: string, url = gateway!.url) {
  const { data, errors } = await postGraphql<Record<string, unknown>>(url, text);
  return errors === undefined ? data : errors.map(({ message }) => message);
}

async function ask(question: string, url = gateway!.url) {
  const { data } = await postGraphql<{ ask: { text: string; status: string } }>(
    url,
    'query ($input: AskInput!) { ask(input: $input) { text status } }',
    { input: { question } },
  );
  return data?.ask;
}

const ORDERS = 'id,amount\n1,10\n2,20\n';

describe('a running gateway', () => {
  it('serves new rows and new tables after a refresh: typed, asked and on the page', async () => {
    await put('shop/orders.csv', ORDERS);
    const { refresh, url } = await start();
    expect(await query('{ shop { ordersAggregate { count sum { amount } } } }')).toEqual({
      shop: { ordersAggregate: [{ count: '2', sum: { amount: '30' } }] },
    });
    await put('shop/orders.csv', `${ORDERS}3,30\n`);
    await put('shop/customers.csv', 'id,name\n1,Ann\n2,Bob\n3,Zoe\n4,Kim\n5,Lee\n');
    await put('people/staff.csv', 'id,name\n1,Ann\n');
    expect(await refresh()).toBe('replaced');
    expect(
      await query(
        '{ shop { ordersAggregate { sum { amount } } customers { name } } people { staff { name } } }',
      ),
    ).toMatchObject({
      shop: { ordersAggregate: [{ sum: { amount: '60' } }], customers: { length: 5 } },
      people: { staff: [{ name: 'Ann' }] },
    });
    expect(await ask('How many customers are there?')).toMatchObject({
      status: 'ANSWERED',
      text: expect.stringContaining('5'),
    });
    const examples = (await (await fetch(`${url}/ask/examples.json`)).json()) as {
      domains: { name: string }[];
    };
    expect(examples.domains.map(({ name }) => name)).toEqual(['people', 'shop']);
    expect(await refresh()).toBe('unchanged');
  });

  it('holds a change back that would break queries, says so once, and serves what it served', async () => {
    await put('shop/orders.csv', ORDERS);
    await put('shop/customers.csv', 'id\n1\n');
    const { refresh, reports } = await start();
    await put('shop/orders.csv', 'id,total\n1,5\n');
    await rm(join(folder, 'data', 'shop', 'customers.csv'));
    const told = reports.length;
    expect(await refresh()).toBe('unchanged');
    expect(await refresh()).toBe('unchanged');
    const news = reports.slice(told).filter((report) => !report.startsWith('importing'));
    expect(news).toEqual([
      expect.stringMatching(/^shop: its new state is held back.*ShopOrders.amount was removed/),
    ]);
    expect(await query('{ shop { orders { id amount } customers { id } } }')).toMatchObject({
      shop: { orders: [{ amount: '10' }, { amount: '20' }], customers: [{ id: '1' }] },
    });
    // What comes back, and more with it, is served.
    await put('shop/orders.csv', 'id,amount,total\n1,10,5\n');
    await put('shop/customers.csv', 'id\n1\n');
    expect(await refresh()).toBe('replaced');
    expect(await query('{ shop { orders { amount total } } }')).toEqual({
      shop: { orders: [{ amount: '10', total: '5' }] },
    });
  });

  it('serves such a change where it is told to, and tells what it breaks', async () => {
    await put('shop/orders.csv', ORDERS);
    await put('old/t.csv', 'id\n1\n');
    const { refresh, reports } = await start({ ASKGRAPH_BREAKING_CHANGES: 'apply' });
    await put('shop/orders.csv', 'id,total\n1,5\n');
    await rm(join(folder, 'data', 'old'), { recursive: true });
    expect(await refresh()).toBe('replaced');
    expect(await query('{ shop { orders { total } } }')).toEqual({ shop: { orders: [{ total: '5' }] } });
    expect(await query('{ old { t { id } } }')).toEqual([
      expect.stringContaining('Cannot query field "old"'),
    ]);
    expect(reports).toContainEqual(
      expect.stringMatching(/^shop: its new state breaks queries: .*amount was removed/),
    );
    expect(reports).toContain('old is gone');
  });

  it('keeps a domain whose folder is gone, or whose data cannot be read any more', async () => {
    await put('shop/orders.csv', ORDERS);
    await put('old/t.csv', 'id\n1\n');
    const { refresh, reports } = await start({ ASKGRAPH_BREAKING_CHANGES: 'hold' });
    await rm(join(folder, 'data', 'old'), { recursive: true });
    await put('shop/catalog.json', '{ broken');
    expect(await refresh()).toBe('unchanged');
    expect(await query('{ old { t { id } } shop { orders { id } } }')).toMatchObject({
      old: { t: [{ id: '1' }] },
      shop: { orders: { length: 2 } },
    });
    expect(reports).toContainEqual(expect.stringContaining('old is gone, and is served all the same'));
    expect(reports).toContainEqual(expect.stringContaining('shop stays as it was: The catalog.json'));
    await rm(join(folder, 'data'), { recursive: true });
    expect(await refresh()).toBe('failed');
    expect(await query('{ shop { orders { id } } }')).toMatchObject({ shop: { orders: { length: 2 } } });
  });

  it('fails no request while it changes what it serves, and closes what was served before', async () => {
    await put('shop/orders.csv', ORDERS);
    const { refresh } = await start();
    let stop = false;
    let answered = 0;
    const failures: unknown[] = [];
    const client = async (question: boolean) => {
      while (!stop) {
        const answer = question
          ? await ask('How many orders are there?')
          : await query('{ shop { orders { id amount } ordersAggregate { count } } }');
        answered += 1;
        const failed = question
          ? (answer as { status?: string } | undefined)?.status !== 'ANSWERED'
          : Array.isArray(answer);
        if (failed) failures.push(answer);
      }
    };
    const clients = [false, false, false, true].map(client);
    for (let round = 0; round < 3; round++) {
      await put('shop/orders.csv', `${ORDERS}${round + 3},1\n`);
      await put(`shop/more${round}.csv`, 'id\n1\n');
      expect(await refresh()).toBe('replaced');
    }
    stop = true;
    await Promise.all(clients);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(5);
    await expect.poll(openDataFiles, { timeout: 10_000 }).toHaveLength(process.platform === 'linux' ? 1 : 0);
  }, 180_000);
});

/** The imported files that this process has open, of which one is current and any other is left over. */
function openDataFiles(): string[] {
  if (process.platform !== 'linux') return [];
  const links = readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
  return [...new Set(links.filter((link) => link.startsWith(folder) && link.includes('.duckdb')))];
}

describe('the process', () => {
  async function serve(environment: Record<string, string>): Promise<{ url: string; output: () => string }> {
    const env = {
      PATH: process.env.PATH ?? '',
      ASKGRAPH_HOME: join(folder, 'home'),
      PORT: '0',
      ...environment,
    };
    const running = spawn(process.execPath, ['bin/askgraph.mjs', 'serve', '--data', join(folder, 'data')], {
      env,
    });
    child = running;
    let output = '';
    running.stderr.on('data', (text: Buffer) => {
      output += text.toString();
    });
    const url = await new Promise<string>((resolve, reject) => {
      running.stdout.on('data', (text: Buffer) => {
        output += text.toString();
        const found = /Ask page\s+(http:\S+?)\/\s/.exec(output);
        if (found !== null) resolve(found[1]!);
      });
      running.on('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)));
    });
    return { url, output: () => output };
  }

  it('says whose data it serves, and looks for changes when it is sent SIGHUP', async () => {
    await put('shop/orders.csv', ORDERS);
    const { url, output } = await serve({ ASKGRAPH_REFRESH_SECONDS: '0' });
    expect(output()).toContain('without the demo domains');
    await put('shop/customers.csv', 'id,name\n1,Ann\n');
    await setTimeout(1_500);
    expect(await query('{ shop { customers { name } } }', url)).toEqual([
      expect.stringContaining('Cannot query field "customers"'),
    ]);
    child?.kill('SIGHUP');
    await expect
      .poll(() => query('{ shop { customers { name } } }', url), { timeout: 20_000 })
      .toEqual({ shop: { customers: [{ name: 'Ann' }] } });
  });

  it('looks for changes at its interval', async () => {
    await put('shop/orders.csv', ORDERS);
    const { url } = await serve({ ASKGRAPH_REFRESH_SECONDS: '1' });
    writeFileSync(join(folder, 'data', 'shop', 'orders.csv'), `${ORDERS}3,30\n`);
    await expect
      .poll(() => query('{ shop { ordersAggregate { sum { amount } } } }', url), { timeout: 20_000 })
      .toEqual({ shop: { ordersAggregate: [{ sum: { amount: '60' } }] } });
  });
});
