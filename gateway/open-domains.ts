import { join } from 'node:path';
import { unknownName } from '../schema/did-you-mean.js';
import { AskgraphError, asAskgraphError } from '../schema/errors.js';
import type { AuditTrail } from '../subgraphs/audit/audit-trail.js';
import type { LoadedDefinition } from '../subgraphs/list.js';
import { type OpenSubgraph, openSubgraph } from '../subgraphs/open-subgraph.js';
import { openRemoteSubgraph } from '../subgraphs/remote-subgraph.js';
import { unavailableSubgraph } from '../subgraphs/unavailable-subgraph.js';
import type { Config } from './config.js';
import { MAXIMUM_RESPONSE_BYTES, signerFor } from './remote-signer.js';

export interface OpenDomainsOptions {
  readonly definitions: readonly LoadedDefinition[];
  readonly config: Config;
  readonly report: (message: string) => void;
}

/**
 * Opens every domain, here or as the remote that the configuration names. One that does not open costs only its own
 * fields: it is served as unavailable. Throws where that can't be done, and for the address of no domain.
 */
export async function openDomains(
  { definitions, config, report }: OpenDomainsOptions,
  audit: AuditTrail,
): Promise<OpenSubgraph[]> {
  const names = definitions.map(({ definition }) => definition.name);
  for (const name of config.remoteSubgraphs.keys()) {
    if (!names.includes(name)) {
      const { message } = unknownName('domain', name, `SUBGRAPH_${name.toUpperCase()}_URL`, names);
      throw new AskgraphError('CONFIGURATION_INVALID', message);
    }
  }
  const opened = await Promise.allSettled(
    definitions.map((loaded) => openOne(loaded, config, report, audit)),
  );
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed === undefined)
    return opened.map((result) => (result as PromiseFulfilledResult<OpenSubgraph>).value);
  await Promise.all(
    opened.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)),
  );
  throw failed.reason;
}

/** Opens one domain, as `openDomains` does. */
export async function openOne(
  loaded: LoadedDefinition,
  config: Config,
  report: (message: string) => void,
  audit: AuditTrail,
): Promise<OpenSubgraph> {
  const { name } = loaded.definition;
  const url = config.remoteSubgraphs.get(name);
  const { environment, home } = config;
  const { timeoutMilliseconds } = config.traffic;
  try {
    return url === undefined
      ? await openSubgraph(loaded, { environment, dataDirectory: join(home, 'data'), report, audit })
      : await openRemoteSubgraph(loaded, {
          url,
          environment,
          sign: signerFor(name, new URL(url), config),
          timeoutMilliseconds,
          maximumResponseBytes: MAXIMUM_RESPONSE_BYTES,
          memory: join(home, 'remote'),
          report,
        });
  } catch (thrown) {
    const error = asAskgraphError(thrown, 'SOURCE_UNAVAILABLE', `The domain ${name} cannot be opened.`);
    if (!isTemporary(error)) throw error;
    const unavailable = unavailableSubgraph(loaded, environment, error);
    report(`${name} is not available: ${error.code}: ${error.message}`);
    return unavailable;
  }
}

/** What may be mended while the gateway runs; a wrong setting or catalog is mended before. */
function isTemporary({ code }: AskgraphError): boolean {
  return code === 'DATA_CORRUPT' || code === 'SOURCE_UNAVAILABLE' || code === 'SUBGRAPH_UNAVAILABLE';
}
