import { randomUUID } from 'node:crypto';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { listSubgraphs } from '../../subgraphs/list.js';
import { readConfig } from '../config.js';
import { makeLogger } from '../logger.js';
import { openGateway } from '../open-gateway.js';
import { startServer } from '../server.js';
import { webRoot } from '../web-root.js';
import { untilStopped } from './until-stopped.js';

/** Configuration → domains and gateway → listen; then until a signal comes. */
export async function serve(environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const logger = makeLogger(config.logLevel);
  const definitions = await listSubgraphs();
  const gateway = await openGateway({ config, definitions, report: (message) => logger.info(message) });
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer({ config, gateway, logger, webRoot: webRoot(), newId: randomUUID });
  } catch (error) {
    await gateway.close();
    throw error;
  }
  process.stdout.write(
    welcome(
      server.url,
      definitions.map(({ definition }) => definition.name),
    ),
  );
  gateway.warm().catch((error: unknown) => logger.warn({ error }, 'not everything could be loaded ahead'));
  await untilStopped(async () => {
    await server.close();
    await gateway.close();
  });
}

function welcome(url: string, domains: readonly string[]): string {
  return [
    '',
    `  Askgraph is ready, with the domains ${domains.join(', ')}.`,
    '',
    `  Ask page             ${url}/`,
    `  GraphQL, GraphiQL    ${url}/graphql`,
    '',
    '  Nobody has to sign in: this is the local demo, for this machine only.',
    '',
    '',
  ].join('\n');
}
