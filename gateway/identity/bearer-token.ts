import type { JWTVerifyGetKey } from 'jose';
import type { TokenConfig } from '../config/identity-settings.js';
import { callerOf } from './claims.js';
import type { Identity } from './identity.js';
import { identityUnavailable, unauthenticated } from './refusal.js';

/** After a fetch of the keys, a token of an unknown key does not bring about another one for so long. */
const COOL_DOWN_MILLISECONDS = 30_000;
const KEYS_MILLISECONDS = 600_000;
const FETCH_MILLISECONDS = 5_000;

export type CheckToken = (token: string) => Promise<Identity>;

/**
 * Checks bearer tokens (JWT) by the public keys that their issuer shows. Keys are fetched when they are first needed,
 * when they have grown old, and once when a token names one that is not known yet.
 */
export function tokenChecker(config: TokenConfig, now: () => Date): CheckToken {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (token) => {
    const { jwtVerify } = await import('jose');
    keys ??= remoteKeys(config);
    const { payload } = await jwtVerify(token, await keys, {
      issuer: config.issuer,
      audience: [...config.audience],
      algorithms: [...config.algorithms],
      clockTolerance: config.clockSkewSeconds,
      requiredClaims: ['exp'],
      currentDate: now(),
    }).catch((thrown: unknown) => {
      throw refusalOf(thrown);
    });
    return {
      caller: callerOf(payload, config.claims),
      method: 'token',
      expiresAt: new Date(Number(payload.exp) * 1_000),
    };
  };
}

async function remoteKeys({ jwksUrl }: TokenConfig): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, errors } = await import('jose');
  const find = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: COOL_DOWN_MILLISECONDS,
    cacheMaxAge: KEYS_MILLISECONDS,
    timeoutDuration: FETCH_MILLISECONDS,
  });
  const isOfTheToken = [
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
    errors.JOSENotSupported,
    errors.JWKInvalid,
  ];
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      if (isOfTheToken.some((kind) => error instanceof kind)) throw error;
      // Nobody knows whether the token is good: that is no reason to let it in, nor to call it bad.
      throw identityUnavailable("The keys of the tokens' issuer cannot be fetched.", error);
    }
  };
}

/** What a client may know: enough to mend its token, and nothing of the keys. */
function refusalOf(thrown: unknown): Error {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.name === 'AskgraphError')
    return thrown instanceof Error && thrown.name === 'AskgraphError'
      ? thrown
      : unauthenticated('invalid_token', 'The bearer token cannot be read.', thrown);
  switch (thrown.code) {
    case 'ERR_JWT_EXPIRED':
      return unauthenticated('invalid_token', 'The bearer token has expired.', thrown);
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return unauthenticated('invalid_token', claimMessage(thrown), thrown);
    default:
      return unauthenticated('invalid_token', 'The bearer token is not valid.', thrown);
  }
}

function claimMessage(thrown: Error): string {
  const claim = 'claim' in thrown ? String(thrown.claim) : '';
  switch (claim) {
    case 'nbf':
      return 'The bearer token is not valid yet.';
    case 'aud':
      return 'The bearer token is for another audience.';
    case 'iss':
      return 'The bearer token is of another issuer.';
    default:
      return `The bearer token's claim "${claim}" is missing or wrong.`;
  }
}
