import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, postGraphql } from '../post-graphql.js';
import { makeHome, runProcess, type StartedProcess, startProcess } from '../start-process.js';

const PROCESSES = { timeout: 180_000 };
const POLICIES = [
  {
    name: 'names in Oslo',
    for: 'everyone',
    admit: [{ tables: 'customers', columns: ['id', 'name', 'city'], rows: { city: { eq: 'Oslo' } } }],
  },
];

describe('a folder that a gateway serves which others can reach', PROCESSES, () => {
  let home: ReturnType<typeof makeHome>;
  let data: string;
  let running: StartedProcess | undefined;

  beforeEach(() => {
    home = makeHome('none');
    data = join(home.path, 'files');
    mkdirSync(join(data, 'shop'), { recursive: true });
    writeFileSync(
      join(data, 'shop/customers.csv'),
      'id,name,city,income\n1,Ann,Oslo,100\n2,Bob,Rome,200\n3,Cyd,Oslo,300\n',
    );
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    home.remove();
  });

  const environment = () => ({
    ASKGRAPH_HOME: join(home.path, 'home'),
    HOST: '0.0.0.0',
    PORT: '0',
    AUTH_ANONYMOUS: 'allowed',
    LOG_LEVEL: 'silent',
  });

  it('is not served without a policy, and said to be open', async () => {
    const { code, stdout, stderr } = await runProcess(['serve', '--data', data], environment());
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^CONFIGURATION_INVALID: Without a policy, everybody may see everything of shop\..*policy\.json/m,
    );
  });

  it('is served with one, which says what everybody sees of it', async () => {
    writeFileSync(join(data, 'shop/policy.json'), JSON.stringify({ policies: POLICIES }));
    running = await startProcess(['serve', '--data', data], environment());
    const url = running.url.replace('0.0.0.0', '127.0.0.1');
    const { data: seen, errors } = await postGraphql(
      url,
      '{ shop { customers(orderBy: [{id: ASC}]) { id name } customersAggregate { count } } }',
    );
    expect(errors).toBeUndefined();
    expect(seen).toEqual({
      shop: {
        customers: [
          { id: expect.anything(), name: 'Ann' },
          { id: expect.anything(), name: 'Cyd' },
        ],
        customersAggregate: [{ count: '2' }],
      },
    });
    const hidden = await postGraphql(url, '{ shop { customers { income } } }');
    expect(codesOf(hidden)).toEqual(['BAD_REQUEST']);
    expect(hidden.data).toBeUndefined();
  });

  it('is served without one to this machine alone', async () => {
    running = await startProcess(['serve', '--data', data], { ...environment(), HOST: '127.0.0.1' });
    const { data: seen } = await postGraphql(running.url, '{ shop { customersAggregate { count } } }');
    expect(seen).toEqual({ shop: { customersAggregate: [{ count: '3' }] } });
  });
});
