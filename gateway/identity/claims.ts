import type { Caller } from '../../subgraphs/request-context.js';
import type { ClaimNames } from '../config/identity-settings.js';
import { unauthenticated } from './refusal.js';

type Claims = Readonly<Record<string, unknown>>;

/** These tell of the token and not of the person: callers of the same rights would look different by them. */
const OF_THE_TOKEN: ReadonlySet<string> = new Set([
  'exp',
  'iat',
  'nbf',
  'jti',
  'nonce',
  'auth_time',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
]);

/**
 * The caller that a checked token names. Throws UNAUTHENTICATED where it names no subject, or one with U+0000, which not
 * every store and trail can hold.
 */
export function callerOf(claims: Claims, names: ClaimNames): Caller {
  const subject = claimNamed(claims, names.subject);
  if (typeof subject !== 'string' || subject === '' || subject.includes('\0'))
    throw unauthenticated('invalid_token', `The token has no claim "${names.subject}".`);
  return {
    subject,
    roles: rolesOf(claimNamed(claims, names.roles)),
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_TOKEN.has(name))),
  };
}

/** A claim by its name, which may hold dots (`https://acme.example/roles`), or else by its path. */
function claimNamed(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Claims)[part];
  }
  return value;
}

/** A list, or a text in which spaces or commas stand between them; whatever else it is gives no role. */
function rolesOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(/[\s,]+/).filter((role) => role !== '');
  if (!Array.isArray(claim)) return [];
  return [...new Set(claim.filter((role): role is string => typeof role === 'string' && role !== ''))];
}
