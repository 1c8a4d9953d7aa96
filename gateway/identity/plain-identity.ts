import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import type { Caller } from '../../subgraphs/request-context.js';
import { type IdentityConfig, identitySettings, readIdentity } from '../config/identity-settings.js';
import { makeAuthenticator } from './authenticate.js';

/**
 * Who may ask a plain gateway, which has no store: whom bearer tokens or trusted proxies name. Undefined where neither is
 * set: everybody is anonymous then, and reads nothing that a federation directive keeps to some.
 * @throws CONFIGURATION_INVALID with every wrong setting named.
 */
export function readPlainIdentity(environment: Environment): IdentityConfig | undefined {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = z.object(identitySettings).safeParse(Object.fromEntries(given));
  const problems = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const config = parsed.data && readIdentity(parsed.data, ANY_HOST, (problem) => problems.push(problem));
  if (config?.apiKeys === 'accepted') problems.push('AUTH_API_KEYS: a plain gateway has no store of keys');
  if (config?.signIn !== undefined) problems.push('OIDC_ISSUER: a plain gateway has no pages to sign in to');
  if (problems.length > 0 || config === undefined) {
    const message = `The configuration is not valid. ${problems.join('; ')}`;
    throw new AskgraphError('CONFIGURATION_INVALID', message, { details: { problems } });
  }
  return config.tokens === undefined && config.proxy === undefined ? undefined : config;
}

/** Who is anonymous does not depend on it where anything is set. */
const ANY_HOST = '0.0.0.0';

/** Rejects with UNAUTHENTICATED, and with IDENTITY_UNAVAILABLE where nobody can tell now. */
export function identifyPlainly(
  config: IdentityConfig,
  now: () => Date,
): (request: IncomingMessage) => Promise<Caller> {
  const authenticate = makeAuthenticator({ config, apiKeys: undefined, signIn: undefined, now });
  return async (request) => (await authenticate(request)).caller;
}
