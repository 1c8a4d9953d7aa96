import { randomBytes } from 'node:crypto';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { startGatewayServer } from '../gateway-server.js';
import { identifyPlainly, readPlainIdentity } from '../identity/plain-identity.js';
import { openAddressLimits, readAddressLimits } from '../limits/address-limits.js';
import { makeLogger } from '../logger.js';
import { readGatewayConfig } from '../supergraph/gateway-config.js';
import { openPlainGateway } from '../supergraph/plain-gateway.js';
import { untilStopped } from './until-stopped.js';

/** Serves any supergraph file as a plain federation gateway, until a signal comes. */
export async function serveSupergraph(environment: Environment): Promise<void> {
  const config = readGatewayConfig(environment);
  const identity = readPlainIdentity(environment);
  const logger = makeLogger(config.logLevel, 'redacted');
  const limits = await openAddressLimits(
    readAddressLimits(environment),
    config.requestTimeoutMilliseconds,
    (message, error) => logger.warn({ error }, message),
  );
  const gateway = await openPlainGateway({
    config,
    admit: limits.enter,
    identify: identity && identifyPlainly(identity, () => new Date()),
    report: ({ message, error }) =>
      error === undefined ? logger.info(message) : logger.error({ error }, message),
    now: () => new Date(),
    newHex: (bytes) => randomBytes(bytes).toString('hex'),
  }).catch((error: unknown) => {
    limits.close();
    throw error;
  });
  const close = async () => {
    await gateway.close();
    limits.close();
  };
  const server = await startGatewayServer({
    host: config.host,
    port: config.port,
    graphql: gateway.graphql,
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  process.stdout.write(`The gateway answers for ${gateway.subgraphs()} subgraphs at ${server.url}\n`);
  await untilStopped(async () => {
    await server.close();
    await close();
  });
}
