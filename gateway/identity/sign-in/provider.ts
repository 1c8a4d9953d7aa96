import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { AskgraphError } from '../../../schema/errors.js';
import { isLoopback } from '../../../schema/loopback.js';
import type { SignInConfig } from '../../config/identity-settings.js';
import { identityUnavailable, unauthenticated } from '../refusal.js';
import type { Session } from './session-seal.js';

/** What the browser keeps between going to the provider and coming back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The OpenID provider, asked by authorization code with PKCE. It is discovered when it is first needed. */
export interface Provider {
  /** Where the browser goes to sign in, and what it must bring back. */
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: Attempt }>;
  /** Exchanges what the browser brought back. Rejects with UNAUTHENTICATED where it does not fit the attempt. */
  finish(returned: URL, attempt: Attempt): Promise<Session>;
  /** A new session for an old one's refresh token. Rejects with UNAUTHENTICATED where the provider has ended it. */
  refresh(session: Session): Promise<Session>;
  /** Where the browser goes to sign out there too; undefined where the provider has no such place. */
  signOutUrl(session: Session | undefined, returnTo: string): Promise<URL | undefined>;
}

const REQUEST_SECONDS = 10;

export function openProvider(config: SignInConfig, now: () => Date): Provider {
  let discovered: Promise<Configuration> | undefined;
  const configuration = () => {
    discovered ??= discover(config).catch((error: unknown) => {
      // The next one to sign in finds it back.
      discovered = undefined;
      throw identityUnavailable('The place to sign in does not answer.', error);
    });
    return discovered;
  };
  return {
    async begin(redirectUri) {
      const client = await import('openid-client');
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: config.scopes,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url, attempt };
    },
    async finish(returned, { state, nonce, verifier }) {
      const client = await import('openid-client');
      const tokens = await client
        .authorizationCodeGrant(await configuration(), returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw failure(error, 'The sign-in did not succeed. Try again.');
        });
      return sessionOf(tokens, undefined, now());
    },
    async refresh(session) {
      const client = await import('openid-client');
      const tokens = await client
        .refreshTokenGrant(await configuration(), session.refreshToken ?? '')
        .catch((error: unknown) => {
          throw failure(error, 'The session has ended. Sign in again.');
        });
      return sessionOf(tokens, session, now());
    },
    async signOutUrl(session, returnTo) {
      const client = await import('openid-client');
      const found = await configuration();
      if (found.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(found, {
        post_logout_redirect_uri: returnTo,
        ...(session === undefined ? {} : { id_token_hint: session.idToken }),
      });
    },
  };
}

async function discover(config: SignInConfig): Promise<Configuration> {
  const client = await import('openid-client');
  const { issuer, clientId, clientSecret, clockSkewSeconds } = config;
  return client.discovery(
    new URL(issuer),
    clientId,
    { [client.clockTolerance]: clockSkewSeconds },
    clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret),
    {
      timeout: REQUEST_SECONDS,
      // Only for a provider on this machine, which the settings have made sure of.
      execute: isLoopback(new URL(issuer).hostname) ? [client.allowInsecureRequests] : [],
    },
  );
}

/** The provider's word against the sign-in is a refusal; that it has none to say is not. */
function failure(error: unknown, message: string): AskgraphError {
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = error instanceof Error && 'status' in error ? Number(error.status) : undefined;
  const isRefusal = name === 'AuthorizationResponseError' || (name === 'ResponseBodyError' && status !== 503);
  const isUnreachable =
    error instanceof TypeError || name === 'TimeoutError' || code === 'OAUTH_TIMEOUT' || (status ?? 0) >= 500;
  return !isRefusal && isUnreachable
    ? identityUnavailable('The place to sign in does not answer.', error)
    : unauthenticated('invalid_token', message, error);
}

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** A refresh may come without a new id token: the person is then still whom the old one named. */
function sessionOf(tokens: Tokens, before: Session | undefined, now: Date): Session {
  const claims = tokens.claims() ?? before?.claims;
  const idToken = tokens.id_token ?? before?.idToken;
  if (claims === undefined || idToken === undefined)
    throw unauthenticated('invalid_token', 'The place to sign in did not say who signed in.');
  if (before !== undefined && before.claims.sub !== claims.sub)
    throw unauthenticated('invalid_token', 'The session was continued by somebody else. Sign in again.');
  const ends = [
    tokens.id_token === undefined ? undefined : Number(claims.exp) * 1_000,
    tokens.expires_in === undefined ? undefined : now.getTime() + tokens.expires_in * 1_000,
  ].filter((end) => end !== undefined);
  if (ends.length === 0) throw unauthenticated('invalid_token', 'The session has no end.');
  return {
    claims: claims as Readonly<Record<string, unknown>>,
    idToken,
    refreshToken: tokens.refresh_token ?? before?.refreshToken,
    goodUntil: Math.min(...ends),
  };
}
