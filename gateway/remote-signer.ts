import { randomBytes, randomUUID } from 'node:crypto';
import { requestSigner, type SignRequest } from '../subgraphs/signature/sign-request.js';
import { subgraphKeys } from '../subgraphs/signature/subgraph-keys.js';
import type { Config } from './config.js';

export const MAXIMUM_RESPONSE_BYTES = 100_000_000;

/** What signs the requests to a domain that runs elsewhere. Throws CONFIGURATION_INVALID where no key is shared with it. */
export function signerFor(name: string, url: URL, { home, environment }: Config): SignRequest {
  const [key] = subgraphKeys({ name, host: url.hostname, environment, home, randomBytes });
  return requestSigner({ audience: name, key, now: () => new Date(), newNonce: randomUUID });
}
