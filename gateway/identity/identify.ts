import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AskgraphError } from '../../schema/errors.js';
import type { Authenticate } from './authenticate.js';
import type { Identity } from './identity.js';
import type { SignIn } from './sign-in/sign-in.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it, on routes that ask; null elsewhere. */
    identity: Identity | null;
  }
}

/** Runs before a request's body is read. */
export type Identify = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** A hook for routes that answer only whom they know; it leaves the caller in `request.identity`. */
export function identifyCallers(fastify: FastifyInstance, authenticate: Authenticate): Identify {
  fastify.decorateRequest('identity', null);
  return async (request) => {
    request.identity = await authenticate(request.raw);
  };
}

/** `/identity.json`: who is signed in, for the pages. */
export function serveIdentity(
  fastify: FastifyInstance,
  authenticate: Authenticate,
  signIn: SignIn | undefined,
): void {
  fastify.get('/identity.json', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const identity = await authenticate(request.raw).catch((error: unknown) => {
      if (error instanceof AskgraphError && error.status < 500) return undefined;
      throw error;
    });
    const isSignedIn = identity?.method === 'session' || identity?.method === 'proxy';
    return {
      name: isSignedIn ? nameOf(identity) : null,
      signIn: signIn === undefined ? null : '/sign-in',
      signOut: identity?.method === 'session' ? '/sign-out' : null,
    };
  });
}

/** As people know themselves, where the provider says so. */
function nameOf({ caller: { claims, subject } }: Identity): string {
  const known = [claims.name, claims.preferred_username, claims.email];
  return known.find((name): name is string => typeof name === 'string' && name !== '') ?? subject;
}
