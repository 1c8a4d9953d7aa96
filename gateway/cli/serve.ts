import { randomUUID } from 'node:crypto';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { type Config, readConfig } from '../config.js';
import { describeIdentity, requireIdentity } from '../identity/require-identity.js';
import { makeDomainLister } from '../list-domains.js';
import { makeLogger } from '../logger.js';
import { openGateway } from '../open-gateway.js';
import { startServer } from '../server.js';
import { webRoot } from '../web-root.js';
import { followChanges } from './follow-changes.js';
import { untilStopped } from './until-stopped.js';

/** Configuration → domains and gateway → listen; then until a signal comes. */
export async function serve(environment: Environment): Promise<void> {
  const config = readConfig(environment);
  requireIdentity(config);
  const logger = makeLogger(config.logLevel, config.logTexts);
  const report = (message: string) => logger.info(message);
  const warn = (message: string, error?: unknown) => logger.warn({ error }, message);
  const list = makeDomainLister(config);
  const definitions = await list(report);
  const gateway = await openGateway({ config, definitions, list, report, warn });
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer({
      config,
      gateway,
      logger,
      webRoot: webRoot(),
      newId: randomUUID,
    });
  } catch (error) {
    await gateway.close();
    throw error;
  }
  const names = definitions.map(({ definition }) => definition.name);
  process.stdout.write(welcome(server.url, names, config));
  gateway.warm().catch((error: unknown) => logger.warn({ error }, 'not everything could be loaded ahead'));
  const unfollow = followChanges(gateway.refresh, config.refreshInterval);
  await untilStopped(async () => {
    unfollow();
    await server.close();
    await gateway.close();
  });
}

const NAMED_DOMAINS = 10;

function welcome(url: string, domains: readonly string[], config: Config): string {
  const more = domains.length - NAMED_DOMAINS;
  const names = `${domains.slice(0, NAMED_DOMAINS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const what =
    config.dataFolder === undefined
      ? `with the domains ${names}`
      : `with the data of ${config.dataFolder} (${names}), without the demo domains`;
  return [
    '',
    `  Askgraph is ready, ${what}.`,
    '',
    `  Ask page             ${url}/`,
    `  GraphQL${config.graphiql === 'on' ? ', GraphiQL    ' : '              '}${url}/graphql`,
    '',
    `  ${describeIdentity(config)}`,
    '',
    '',
  ].join('\n');
}
