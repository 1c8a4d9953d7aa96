import { join } from 'node:path';
import { unknownName } from '../../schema/did-you-mean.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { listSubgraphs } from '../../subgraphs/list.js';
import { openSubgraph } from '../../subgraphs/open-subgraph.js';
import { serveSubgraphHttp } from '../../subgraphs/serve.js';
import { readConfig } from '../config.js';
import { makeLogger } from '../logger.js';
import { untilStopped } from './until-stopped.js';

/** Serves one domain as a federation subgraph of its own, until a signal comes. */
export async function serveSubgraph(name: string, environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const logger = makeLogger(config.logLevel);
  const definitions = await listSubgraphs();
  const loaded = definitions.find(({ definition }) => definition.name === name);
  if (loaded === undefined)
    throw unknownName(
      'domain',
      name,
      'this project',
      definitions.map(({ definition }) => definition.name),
    );
  const subgraph = await openSubgraph(loaded, {
    environment,
    dataDirectory: join(config.home, 'data'),
    report: (message) => logger.info(message),
  });
  const server = await serveSubgraphHttp(subgraph, {
    host: config.host,
    port: config.port,
    bodyLimitBytes: config.requestLimitBytes,
    timeoutMilliseconds: config.requestTimeoutMilliseconds,
  }).catch(async (error: unknown) => {
    await subgraph.close();
    throw error;
  });
  process.stdout.write(`The subgraph ${name} answers at ${server.url}\n`);
  await untilStopped(async () => {
    await server.close();
    await subgraph.close();
  });
}
