import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { unknownName } from '../../schema/did-you-mean.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { openSubgraph } from '../../subgraphs/open-subgraph.js';
import { serveSubgraphHttp } from '../../subgraphs/serve.js';
import { keySetting, subgraphKeys } from '../../subgraphs/signature/subgraph-keys.js';
import { openAudit } from '../audit/open-audit.js';
import { type AccessOf, checkOpenDomains, makeAccessOf } from '../caller-access.js';
import { readConfig } from '../config.js';
import { makeDomainLister } from '../list-domains.js';
import { makeLogger } from '../logger.js';
import { untilStopped } from './until-stopped.js';

/** Serves one domain as a federation subgraph of its own, until a signal comes. */
export async function serveSubgraph(name: string, environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const logger = makeLogger(config.logLevel, config.logTexts);
  const report = (message: string) => logger.info(message);
  const definitions = await makeDomainLister(config)(report);
  const loaded = definitions.find(({ definition }) => definition.name === name);
  if (loaded === undefined)
    throw unknownName(
      'domain',
      name,
      'this project',
      definitions.map(({ definition }) => definition.name),
    );
  let accessOf: AccessOf | undefined;
  const audit = await openAudit({
    config: config.audit,
    policyDigestOf: (caller) => accessOf?.(caller).digest ?? '',
    now: () => new Date(),
    newId: randomUUID,
    stdout: process.stdout,
    warn: (message, error) => logger.warn({ error }, message),
  });
  const keys = subgraphKeys({ name, host: config.host, environment, home: config.home, randomBytes });
  const subgraph = await openSubgraph(loaded, {
    environment,
    dataDirectory: join(config.home, 'data'),
    report,
    audit: audit.trail,
  }).catch(async (error: unknown) => {
    await audit.close();
    throw error;
  });
  accessOf = makeAccessOf([subgraph]);
  try {
    checkOpenDomains([subgraph], config.host, report);
  } catch (error) {
    await subgraph.close();
    await audit.close();
    throw error;
  }
  const server = await serveSubgraphHttp(subgraph, {
    host: config.host,
    port: config.port,
    bodyLimitBytes: config.requestLimitBytes,
    timeoutMilliseconds: config.requestTimeoutMilliseconds,
    keys,
    now: () => new Date(),
  }).catch(async (error: unknown) => {
    await subgraph.close();
    await audit.close();
    throw error;
  });
  process.stdout.write(`The subgraph ${name} answers at ${server.url}\n`);
  if (!environment[keySetting(name)])
    logger.warn(
      `${keySetting(name)} is not set: gateways of this machine with the same ASKGRAPH_HOME are answered, by the key kept there`,
    );
  await untilStopped(async () => {
    await server.close();
    await subgraph.close();
    await audit.close();
  });
}
