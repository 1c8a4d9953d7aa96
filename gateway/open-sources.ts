import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { openStore, type Store } from '../prisma/store.js';
import { AskgraphError } from '../schema/errors.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { Answer } from './ask/answer-types.js';
import { type OpenAudit, openAudit } from './audit/open-audit.js';
import { type AccessOf, makeAccessOf } from './caller-access.js';
import type { Config } from './config.js';
import { type OpenLimits, openLimits } from './limits/open-limits.js';
import { type OpenDomainsOptions, openDomains } from './open-domains.js';
import { keepRetention, type Retention } from './retention.js';

/** What the gateway answers from, and what it keeps of that. */
export interface Sources {
  readonly subgraphs: readonly OpenSubgraph[];
  readonly store: Store<Answer>;
  readonly audit: OpenAudit;
  readonly limits: OpenLimits;
  readonly retention: Retention;
}

export interface OpenSourcesOptions extends OpenDomainsOptions {
  readonly warn: (message: string, error?: unknown) => void;
  /** By the edition that is served now; undefined before the first one is. */
  readonly currentAccess: () => AccessOf | undefined;
}

const now = () => new Date();

/**
 * Opens the trail first, since no domain runs a statement without it, then the domains, the store and the limits at
 * once. What was opened is closed where another fails: it would hold the process.
 */
export async function openSources(options: OpenSourcesOptions): Promise<Sources> {
  const { config, warn, currentAccess } = options;
  makeHome(config.home);
  let accessOf: AccessOf | undefined;
  const audit = await openAudit({
    config: config.audit,
    // Entries about callers begin when there are domains to ask.
    policyDigestOf: (caller) => (currentAccess() ?? accessOf)?.(caller).digest ?? '',
    now,
    newId: randomUUID,
    stdout: process.stdout,
    warn,
  });
  const [domains, answers, limits] = await Promise.allSettled([
    openDomains(options, audit.trail),
    openAnswers(config),
    openLimits({
      config: config.limits,
      storeUrl: config.storeUrl,
      requestMilliseconds: config.requestTimeoutMilliseconds,
      now,
      warn,
    }),
  ]);
  if (domains.status === 'rejected' || answers.status === 'rejected' || limits.status === 'rejected') {
    if (answers.status === 'fulfilled') await answers.value.close();
    if (limits.status === 'fulfilled') await limits.value.close();
    if (domains.status === 'fulfilled') await closeAll(domains.value);
    await audit.close();
    throw [domains, answers, limits].find((result) => result.status === 'rejected')?.reason;
  }
  accessOf = makeAccessOf(domains.value);
  const store = answers.value;
  const retention = keepRetention({ days: config.retention, store, audit, limits: limits.value, now, warn });
  return { subgraphs: domains.value, store, audit, limits: limits.value, retention };
}

/** The trail is closed last: what the others still do is on record. */
export async function closeSources({ subgraphs, store, audit, limits, retention }: Sources): Promise<void> {
  await retention.close();
  await Promise.all([store.close(), limits.close(), closeAll(subgraphs)]);
  await audit.close();
}

async function closeAll(subgraphs: readonly OpenSubgraph[]): Promise<void> {
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
}

function openAnswers(config: Config): Promise<Store<Answer>> {
  return openStore<Answer>({ url: config.storeUrl, rows: config.storeRows, now, newId: randomUUID });
}

function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
  } catch (cause) {
    const message = `The configuration is not valid. ASKGRAPH_HOME: the folder "${home}" cannot be made.`;
    throw new AskgraphError('CONFIGURATION_INVALID', message, { cause });
  }
}
