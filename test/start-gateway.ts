import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../gateway/config.js';
import type { Refreshed } from '../gateway/edition/refresh.js';
import { makeDomainLister } from '../gateway/list-domains.js';
import { makeLogger } from '../gateway/logger.js';
import { openGateway } from '../gateway/open-gateway.js';
import { startServer } from '../gateway/server.js';
import { webRoot } from '../gateway/web-root.js';
import type { Environment } from '../subgraphs/define-subgraph.js';
import type { LoadedDefinition } from '../subgraphs/list.js';

export interface StartedGateway {
  readonly url: string;
  /** What was reported, in its order. */
  readonly reports: readonly string[];
  refresh(): Promise<Refreshed>;
  close(): Promise<void>;
}

/**
 * The real gateway on a port of its own, with a store of its own. The demo data is shared by all tests: it is made
 * once, and only read. Its domains are the demo's where no others are given; those of a function are followed.
 */
export async function startGateway(
  environment: Environment = {},
  domains?: readonly LoadedDefinition[] | (() => Promise<LoadedDefinition[]>),
): Promise<StartedGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-'));
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    // Tests ask more in a minute than people do.
    RATE_LIMIT_POINTS: '0',
    ASKGRAPH_HOME: '.askgraph/test',
    DATABASE_URL: `file:${join(folder, 'store.db')}`,
    ...environment,
  });
  const reports: string[] = [];
  const report = (message: string) => void reports.push(message);
  const list = typeof domains === 'function' ? domains : makeDomainLister(config);
  const gateway = await openGateway({
    config,
    ...(Array.isArray(domains)
      ? { definitions: domains as readonly LoadedDefinition[] }
      : { definitions: await list(report), list }),
    report,
    warn: () => {},
  });
  const server = await startServer({
    config,
    gateway,
    logger: makeLogger(config.logLevel, config.logTexts),
    webRoot: webRoot(),
    newId: randomUUID,
  });
  return {
    url: server.url,
    reports,
    refresh: gateway.refresh,
    async close() {
      await server.close();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
