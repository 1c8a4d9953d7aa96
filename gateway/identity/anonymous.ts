import type { IncomingMessage } from 'node:http';
import { AskgraphError } from '../../schema/errors.js';
import { isLoopback } from '../../schema/loopback.js';
import type { IdentityConfig } from '../config/identity-settings.js';
import { ANONYMOUS } from '../context.js';
import type { Identity } from './identity.js';
import { unauthenticated } from './refusal.js';

/** Who presents nothing: nobody, unless the configuration lets them in. */
export function anonymousIdentity(
  request: IncomingMessage,
  anonymous: IdentityConfig['anonymous'],
): Identity {
  switch (anonymous) {
    case 'everybody':
      return { caller: ANONYMOUS, method: 'anonymous' };
    case 'loopback':
      // A page of any site can have its own name lead to this machine (DNS rebinding); it can't change what it is called.
      if (isLoopback(hostOf(request))) return { caller: ANONYMOUS, method: 'anonymous' };
      throw new AskgraphError('FORBIDDEN', 'Without sign-in, this gateway answers to this machine only.');
    default:
      throw unauthenticated('missing', 'Say who you are: this gateway answers nobody without a credential.');
  }
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '');
}
