import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import { type OpenSubgraph, openSubgraph } from '../../subgraphs/open-subgraph.js';
import { openRemoteSubgraph } from '../../subgraphs/remote-subgraph.js';
import { type SubgraphServer, serveSubgraphHttp } from '../../subgraphs/serve.js';
import { requestSigner } from '../../subgraphs/signature/sign-request.js';
import { runSqlDoor } from '../../subgraphs/sql-door.js';
import { type OpenShop, openShop, shopCatalog } from '../fixtures/shop.js';
import { codesOf, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const KEY = 'k'.repeat(32);
/** What the domain's engine says that each statement reads. */
const BYTES = 1_000;
const TWO_STATEMENTS = '{ shop { orders(limit: 1) { orderId } customerAggregate { count } } }';

describe('the bytes that a domain reads that runs elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-bytes-'));
  let shop: OpenShop;
  let loaded: LoadedDefinition;
  let local: OpenSubgraph;
  let server: SubgraphServer;
  let gateway: StartedGateway;

  beforeAll(async () => {
    shop = await openShop();
    const query: OpenShop['connector']['query'] = async (statement) => ({
      ...(await shop.connector.query(statement)),
      bytesScanned: String(BYTES),
    });
    loaded = {
      folder: '',
      catalog: shopCatalog,
      definition: {
        name: 'shop',
        description: 'A little shop.',
        production: 'Athena',
        catalog: { database: 'shop' },
        source: () => ({ engine: 'duckdb', open: async () => ({ ...shop.connector, query }) }),
      },
    };
    local = await openSubgraph(loaded, {
      environment: {},
      dataDirectory: '',
      report: () => {},
      audit: NO_AUDIT,
    });
    const limits = { host: '127.0.0.1', port: 0, bodyLimitBytes: 100_000, timeoutMilliseconds: 60_000 };
    server = await serveSubgraphHttp(local, { ...limits, keys: [KEY], now: () => new Date() });
    gateway = await startGateway(
      {
        DATABASE_URL: `file:${join(folder, 'store.db')}`,
        SUBGRAPH_SHOP_URL: server.url,
        SUBGRAPH_SHOP_KEY: KEY,
        BUDGET_BYTES_SCANNED: String(4 * BYTES),
      },
      [loaded],
    );
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.close();
    await local?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function charged(): Promise<number> {
    const client = createClient({ url: `file:${join(folder, 'store.db')}`, timeout: 2_000 });
    const { rows } = await client.execute('SELECT coalesce(sum("bytes"), 0) AS n FROM "BudgetUse"');
    client.close();
    return Number(rows[0]?.n);
  }

  it('are charged to the budget of whoever asked, and to nobody where the gateway samples', async () => {
    expect(await charged()).toBe(0);
    const { errors } = await postGraphql(gateway.url, TWO_STATEMENTS);
    expect(errors).toBeUndefined();
    await expect.poll(charged).toBe(2 * BYTES);
    await postGraphql(gateway.url, TWO_STATEMENTS);
    await expect.poll(charged).toBe(4 * BYTES);
    expect(codesOf(await postGraphql(gateway.url, TWO_STATEMENTS))).toEqual(['BUDGET_EXCEEDED']);
  });

  it('are counted of SQL too', async () => {
    const remote = await openRemoteSubgraph(loaded, {
      url: server.url,
      environment: {},
      sign: requestSigner({ audience: 'shop', key: KEY, now: () => new Date(), newNonce: randomUUID }),
      timeoutMilliseconds: 60_000,
      maximumResponseBytes: 1_000_000,
      memory: folder,
      report: () => {},
    });
    const counted: number[] = [];
    await runSqlDoor(remote, 'shop', 'SELECT count(*) AS n FROM orders', 10, {
      requestId: randomUUID(),
      caller: { subject: 'ann', roles: [], claims: {} },
      signal: new AbortController().signal,
      asOf: new Date(),
      meter: { scanned: (bytes) => void counted.push(bytes) },
    });
    expect(counted).toEqual([BYTES]);
    await remote.close();
  });
});
