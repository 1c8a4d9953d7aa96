import { AskgraphError } from '../../schema/errors.js';
import { isLoopback } from '../../schema/loopback.js';
import type { Config } from '../config.js';

/** A gateway that others can reach answers nobody by accident. Throws CONFIGURATION_INVALID. */
export function requireIdentity({ host, identity }: Config): void {
  const { tokens, apiKeys, proxy, signIn, anonymous } = identity;
  const isConfigured =
    tokens !== undefined || apiKeys === 'accepted' || proxy !== undefined || signIn !== undefined;
  if (isConfigured || anonymous !== 'nobody') return;
  const where = isLoopback(host) ? '' : ` Other machines can reach ${host}.`;
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `No way is configured to know who asks.${where} Set AUTH_JWKS_URL, AUTH_API_KEYS, AUTH_PROXY_ADDRESSES or OIDC_ISSUER, or AUTH_ANONYMOUS=allowed to answer everybody.`,
  );
}

/** What people are told at the start of who may ask. */
export function describeIdentity({ host, identity }: Config): string {
  const { tokens, apiKeys, proxy, signIn, anonymous } = identity;
  const ways = [
    tokens === undefined ? [] : [`bearer tokens of ${tokens.issuer}`],
    apiKeys === 'accepted' ? ['API keys'] : [],
    proxy === undefined ? [] : [`the proxies at ${proxy.addresses.join(', ')}`],
    signIn === undefined ? [] : [`sign-in at ${signIn.issuer}`],
  ].flat();
  if (anonymous === 'loopback') return 'Nobody has to sign in: Askgraph listens on this machine only.';
  const known = ways.length === 0 ? '' : `Callers are known by ${ways.join(', ')}.`;
  if (anonymous === 'nobody') return known;
  const open = isLoopback(host)
    ? 'Nobody has to sign in.'
    : `Nobody has to sign in, and whoever reaches ${host} may ask.`;
  return [known, open].filter((text) => text !== '').join(' ');
}
