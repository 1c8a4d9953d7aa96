import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asAskgraphError } from '../../../schema/errors.js';
import { readCookie } from '../presented.js';
import { unauthenticated } from '../refusal.js';
import { checkOrigin } from './check-origin.js';
import { failurePage, PAGE_POLICY } from './failure-page.js';
import type { Attempt } from './provider.js';
import type { SignIn } from './sign-in.js';

const ATTEMPT_COOKIE = 'askgraph_sign_in';
const ATTEMPT_SECONDS = 600;
const CALLBACK = '/sign-in/callback';

/** What the browser keeps while it is away at the provider. */
interface Journey extends Attempt {
  readonly returnTo: string;
}

/** `/sign-in` leads to the provider, `/sign-in/callback` back with a session, and `/sign-out` ends it. */
export function serveSignIn(fastify: FastifyInstance, signIn: SignIn): void {
  fastify.get('/sign-in', async (request, reply) => {
    const own = signIn.publicUrl();
    // A session belongs to one host: `localhost` is another than `127.0.0.1`.
    if (request.headers.host !== own.host) return reply.redirect(new URL(request.url, own).href);
    const { return: returnTo } = request.query as { return?: unknown };
    try {
      const { url, attempt } = await signIn.begin(new URL(CALLBACK, own).href);
      const journey: Journey = { ...attempt, returnTo: localPath(returnTo, own) };
      const value = Buffer.from(JSON.stringify(journey)).toString('base64url');
      return noStore(reply)
        .header('set-cookie', cookie(signIn, ATTEMPT_COOKIE, value, '/sign-in', ATTEMPT_SECONDS))
        .redirect(url.href);
    } catch (thrown) {
      return sendFailure(thrown, request, reply);
    }
  });

  fastify.get(CALLBACK, async (request, reply) => {
    const own = signIn.publicUrl();
    const over = cookie(signIn, ATTEMPT_COOKIE, '', '/sign-in', 0);
    try {
      const journey = readJourney(readCookie(request.raw, ATTEMPT_COOKIE));
      const session = await signIn.finish(new URL(request.url, own), journey);
      return noStore(reply)
        .header('set-cookie', [over, cookie(signIn, signIn.cookieName, session, '/')])
        .redirect(localPath(journey.returnTo, own), 303);
    } catch (thrown) {
      return sendFailure(thrown, request, reply.header('set-cookie', over));
    }
  });

  fastify.post('/sign-out', async (request, reply) => {
    checkOrigin(request.raw, signIn.publicUrl());
    const elsewhere = await signIn.end(readCookie(request.raw, signIn.cookieName));
    return noStore(reply)
      .header('set-cookie', cookie(signIn, signIn.cookieName, '', '/', 0))
      .send({ continueAt: elsewhere?.href ?? '/' });
  });
}

function readJourney(value: string | undefined): Journey {
  try {
    const journey = JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8')) as Partial<Journey>;
    const { state, nonce, verifier, returnTo } = journey;
    if ([state, nonce, verifier, returnTo].every((text) => typeof text === 'string' && text !== ''))
      return journey as Journey;
  } catch {
    // As below: a cookie that does not read is none.
  }
  throw unauthenticated('invalid_request', 'The sign-in took too long, or began in another browser.');
}

/** A path of our own; whatever leads to another site becomes the start page. */
function localPath(wanted: unknown, own: URL): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, own.href)) return '/';
  const url = new URL(wanted, own);
  return url.origin === own.origin ? `${url.pathname}${url.search}` : '/';
}

/** Without `seconds`, until the browser ends: the session's own end is in the store. */
function cookie(signIn: SignIn, name: string, value: string, path: string, seconds?: number): string {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  const secure = signIn.publicUrl().protocol === 'https:' ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${secure}${age}`;
}

function noStore(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
}

/** A browser came here by itself: it is told in a page. */
function sendFailure(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the gateway.');
  request.log.warn({ error }, 'sign-in failed');
  return noStore(reply)
    .status(error.status)
    .header('content-security-policy', PAGE_POLICY)
    .type('text/html; charset=utf-8')
    .send(failurePage(error, request.id));
}
