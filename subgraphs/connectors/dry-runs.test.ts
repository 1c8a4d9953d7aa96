import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statementOf } from '../../test/contract/run.js';
import { type AthenaFake, startAthenaFake } from '../../test/fakes/athena-server.js';
import { FAKE_CREDENTIALS } from '../../test/fakes/aws-server.js';
import { type SnowflakeFake, startSnowflakeFake } from '../../test/fakes/snowflake-server.js';
import { SHOP_DATA } from '../../test/fixtures/shop.js';
import { athena } from './athena.js';
import type { Connector } from './connector.js';
import { snowflake, snowflakeFromEnvironment } from './snowflake.js';

const NAMES = 'SELECT name FROM customer ORDER BY name';
const CONTEXT = { domain: 'shop', dataDirectory: '', report: () => {} };

describe('a dry run on Athena', () => {
  let server: AthenaFake;
  let connector: Connector;
  beforeAll(async () => {
    server = await startAthenaFake({
      setup: SHOP_DATA,
      workgroups: { w: { output: 's3://results/' } },
      scannedBytes: 12_345_678,
    });
    connector = await athena({
      workgroup: 'w',
      region: 'eu-west-1',
      endpoint: server.url,
      credentials: FAKE_CREDENTIALS,
      scanLimitBytes: 1_000,
      reuseMinutes: 60,
    }).open(CONTEXT);
  });
  afterAll(async () => {
    await connector?.close();
    await server?.close();
  });

  it('validates the very statement, scans nothing, and is never one that ran before', async () => {
    await connector.explain(statementOf(NAMES));
    const [started] = server.executions;
    expect(started?.input).toMatchObject({ QueryString: `EXPLAIN (TYPE VALIDATE) ${NAMES}` });
    expect(started?.input).not.toHaveProperty('ResultReuseConfiguration');
    expect(server.calls.some(({ operation }) => operation === 'GetQueryResults')).toBe(false);
    await expect(connector.query(statementOf(NAMES))).rejects.toMatchObject({ code: 'TOO_COMPLEX' });
  });
});

describe('a dry run on Snowflake', () => {
  let server: SnowflakeFake;
  const open: Connector[] = [];
  beforeAll(async () => {
    server = await startSnowflakeFake({
      setup: SHOP_DATA,
      account: 'org-shop',
      users: { READER: { password: 'secret' } },
      rowsInline: 50,
      rowsInChunk: 500,
      holdMilliseconds: 150,
      bytesAssigned: 5_000,
    });
  });
  afterAll(async () => {
    await Promise.all(open.map((connector) => connector.close()));
    await server?.close();
  });

  async function connect(limit?: string): Promise<Connector> {
    const variables = {
      S_ACCOUNT: 'org-shop',
      S_URL: server.url,
      S_USER: 'reader',
      S_PASSWORD: 'secret',
      S_DATABASE: 'SHOP',
      S_SCAN_LIMIT_BYTES: limit,
    };
    const connector = await snowflake(snowflakeFromEnvironment(variables, 'S')).open(CONTEXT);
    open.push(connector);
    return connector;
  }
  /** What the server was sent, but for the settings of sessions. */
  const sent = () =>
    server.queries.map(({ sqlText }) => sqlText).filter((text) => !text.startsWith('ALTER SESSION'));

  it('takes one round trip, and none before a query where no limit is set', async () => {
    const connector = await connect();
    await connector.explain(statementOf(NAMES));
    await connector.query(statementOf(NAMES));
    expect(sent()).toEqual([`EXPLAIN USING JSON ${NAMES}`, NAMES]);
  });

  it('refuses what would read more than the limit, before any of it runs', async () => {
    const connector = await connect('4999');
    const before = sent().length;
    for (const work of [connector.query, connector.explain])
      await expect(work(statementOf(NAMES))).rejects.toMatchObject({
        code: 'TOO_COMPLEX',
        message: 'The query reads more than 4999 bytes.',
        details: { scanLimitBytes: 4_999, bytesAssigned: 5_000 },
      });
    expect(sent().slice(before)).toEqual([`EXPLAIN USING JSON ${NAMES}`, `EXPLAIN USING JSON ${NAMES}`]);
  });

  it('lets through what stays within it', async () => {
    const connector = await connect('5000');
    const { rows } = await connector.query(statementOf(NAMES));
    expect(rows.length).toBeGreaterThan(0);
  });
});
