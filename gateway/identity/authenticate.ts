import type { IncomingMessage } from 'node:http';
import type { ApiKeys } from '../../prisma/api-keys.js';
import { assertNever } from '../../schema/errors.js';
import { ownCallerNamed } from '../../subgraphs/own-callers.js';
import type { IdentityConfig } from '../config/identity-settings.js';
import { ANONYMOUS } from '../context.js';
import { anonymousIdentity } from './anonymous.js';
import { apiKeyIdentity } from './api-key.js';
import { tokenChecker } from './bearer-token.js';
import type { Identity } from './identity.js';
import { type Credential, presentedCredential } from './presented.js';
import { unauthenticated } from './refusal.js';
import type { SignIn } from './sign-in/sign-in.js';
import { proxyIdentity, trustedProxy } from './trusted-proxy.js';

export type Authenticate = (request: IncomingMessage) => Promise<Identity>;

export interface AuthenticatorOptions {
  readonly config: IdentityConfig;
  /** Where they are kept; without it none are taken. */
  readonly apiKeys: ApiKeys | undefined;
  /** Where the pages sign people in. */
  readonly signIn: SignIn | undefined;
  readonly now: () => Date;
}

/**
 * Says who sends a request, by the one credential that it presents, or that nobody has to say. It rejects with
 * UNAUTHENTICATED for a credential that is no good, which is never taken for none, and with IDENTITY_UNAVAILABLE where
 * nobody can tell now.
 */
export function makeAuthenticator({ config, apiKeys, signIn, now }: AuthenticatorOptions): Authenticate {
  const proxy = config.proxy === undefined ? undefined : trustedProxy(config.proxy);
  const checkToken = config.tokens === undefined ? undefined : tokenChecker(config.tokens, now);

  const check = async (credential: Credential, request: IncomingMessage): Promise<Identity> => {
    switch (credential.kind) {
      case 'token':
        return checkToken === undefined ? notTaken('bearer tokens') : checkToken(credential.token);
      case 'apiKey':
        return config.apiKeys === 'refused' || apiKeys === undefined
          ? notTaken('API keys')
          : apiKeyIdentity(credential.key, apiKeys, now());
      case 'proxy':
        return proxyIdentity(credential);
      case 'session':
        return signIn === undefined ? notTaken('sessions') : signIn.identity(credential.cookie, request);
      default:
        return assertNever(credential);
    }
  };

  return async (request) => {
    const credential = presentedCredential(request, proxy, signIn?.cookieName);
    if (credential === undefined) return anonymousIdentity(request, config.anonymous);
    const identity = await check(credential, request);
    const { subject } = identity.caller;
    // What is kept of the operator's is found by this name, and what nobody in particular has asked by the other.
    if (ownCallerNamed(subject) !== undefined || subject === ANONYMOUS.subject)
      throw unauthenticated('invalid_token', `Nobody else can be "${subject}".`);
    return identity;
  };
}

function notTaken(kind: string): never {
  throw unauthenticated('invalid_request', `This gateway takes no ${kind}.`);
}
