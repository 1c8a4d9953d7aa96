import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { openStore, type Store } from '../prisma/store.js';
import { AskgraphError } from '../schema/errors.js';
import type { LoadedDefinition } from '../subgraphs/list.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { Answer } from './ask/answer-types.js';
import type { Config } from './config.js';
import { openDomains } from './open-domains.js';

/** What the gateway answers from. */
export interface Sources {
  readonly subgraphs: readonly OpenSubgraph[];
  readonly store: Store<Answer>;
}

/** Opens the domains and the store at once. What was opened is closed where the other fails: it would hold the process. */
export async function openSources(
  definitions: readonly LoadedDefinition[],
  config: Config,
  report: (message: string) => void,
): Promise<Sources> {
  makeHome(config.home);
  const [domains, answers] = await Promise.allSettled([
    openDomains(definitions, config, report),
    openAnswers(config),
  ]);
  if (domains.status === 'rejected') {
    if (answers.status === 'fulfilled') await answers.value.close();
    throw domains.reason;
  }
  if (answers.status === 'rejected') {
    await closeAll(domains.value);
    throw answers.reason;
  }
  return { subgraphs: domains.value, store: answers.value };
}

export async function closeSources({ subgraphs, store }: Sources): Promise<void> {
  await Promise.all([store.close(), closeAll(subgraphs)]);
}

async function closeAll(subgraphs: readonly OpenSubgraph[]): Promise<void> {
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
}

function openAnswers(config: Config): Promise<Store<Answer>> {
  return openStore<Answer>({
    url: config.storeUrl,
    rows: config.storeRows,
    now: () => new Date(),
    newId: randomUUID,
  });
}

function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
  } catch (cause) {
    const message = `The configuration is not valid. ASKGRAPH_HOME: the folder "${home}" cannot be made.`;
    throw new AskgraphError('CONFIGURATION_INVALID', message, { cause });
  }
}
