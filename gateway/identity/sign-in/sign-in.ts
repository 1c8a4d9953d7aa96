import type { IncomingMessage } from 'node:http';
import type { Sessions } from '../../../prisma/sessions.js';
import type { AskgraphError } from '../../../schema/errors.js';
import type { SignInConfig } from '../../config/identity-settings.js';
import { callerOf } from '../claims.js';
import type { Identity } from '../identity.js';
import { unauthenticated } from '../refusal.js';
import { checkOrigin } from './check-origin.js';
import { type Attempt, openProvider } from './provider.js';
import { isCookie, openSession, type Session, sealSession, sessionId } from './session-seal.js';

export interface SignInOptions {
  readonly config: SignInConfig;
  /** Where browsers find the gateway, without a path. */
  readonly publicUrl: () => URL;
  readonly sessions: Sessions;
  readonly now: () => Date;
  readonly randomBytes: (length: number) => Buffer;
}

/** Signs people in at an OpenID provider, and remembers them by a cookie that holds nothing but a secret. */
export interface SignIn {
  /** Of the session's cookie. */
  readonly cookieName: string;
  readonly publicUrl: () => URL;
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: Attempt }>;
  /** Resolves to the cookie of a new session. */
  finish(returned: URL, attempt: Attempt): Promise<string>;
  /** Whose session a cookie opens; it is refreshed where that is due. Rejects with UNAUTHENTICATED. */
  identity(cookie: string, request: IncomingMessage): Promise<Identity>;
  /** Ends the session here, and says where the browser goes to end it at the provider. */
  end(cookie: string | undefined): Promise<URL | undefined>;
}

/** A session that ends so soon is refreshed, so that a request does not outlive it. */
const REFRESH_BEFORE_MILLISECONDS = 60_000;
/** However often it is refreshed, after so long without a request a session is forgotten. */
const KEPT_MILLISECONDS = 12 * 3_600_000;

export function makeSignIn({ config, publicUrl, sessions, now, randomBytes }: SignInOptions): SignIn {
  const provider = openProvider(config, now);
  const isSecure = config.publicUrl?.startsWith('https:') === true;
  /** Refreshes under way: a provider takes each refresh token once. */
  const refreshing = new Map<string, Promise<Session>>();

  const keptUntil = (session: Session) =>
    new Date(
      session.refreshToken === undefined
        ? session.goodUntil
        : Math.max(session.goodUntil, now().getTime() + KEPT_MILLISECONDS),
    );

  async function read(cookie: string): Promise<{ session: Session; version: number } | undefined> {
    if (!isCookie(cookie)) return undefined;
    const stored = await sessions.find(sessionId(cookie));
    if (stored === undefined || stored.expiresAt <= now()) return undefined;
    return { session: await openSession(stored.document, cookie), version: stored.version };
  }

  async function refresh(cookie: string, version: number, session: Session): Promise<Session> {
    const id = sessionId(cookie);
    try {
      const next = await provider.refresh(session);
      const document = await sealSession(next, cookie);
      const replaced = await sessions.replace({
        id,
        document,
        version: version + 1,
        expiresAt: keptUntil(next),
      });
      // Signed out meanwhile, or refreshed by another process: what the store says then holds.
      if (replaced === 'stale') return (await read(cookie))?.session ?? ended();
      return next;
    } catch (error) {
      if ((error as AskgraphError).code !== 'UNAUTHENTICATED') throw error;
      const again = await read(cookie);
      if (again !== undefined && again.version > version) return again.session;
      await sessions.remove(id);
      throw error;
    }
  }

  async function current(cookie: string): Promise<Session> {
    const found = (await read(cookie)) ?? ended();
    const { session, version } = found;
    const left = session.goodUntil - now().getTime();
    if (left > REFRESH_BEFORE_MILLISECONDS) return session;
    if (session.refreshToken === undefined) return left > 0 ? session : ended();
    const id = sessionId(cookie);
    let under = refreshing.get(id);
    if (under === undefined) {
      under = refresh(cookie, version, session).finally(() => refreshing.delete(id));
      refreshing.set(id, under);
    }
    try {
      return await under;
    } catch (error) {
      // The provider may be gone for a moment: what it said holds until its end.
      if ((error as AskgraphError).code === 'IDENTITY_UNAVAILABLE' && left > 0) return session;
      throw error;
    }
  }

  return {
    cookieName: isSecure ? '__Host-askgraph' : 'askgraph_session',
    publicUrl,
    begin: (redirectUri) => provider.begin(redirectUri),
    async finish(returned, attempt) {
      const session = await provider.finish(returned, attempt);
      // Somebody without a subject has signed in to nothing.
      callerOf(session.claims, config.claims);
      const cookie = randomBytes(32).toString('base64url');
      const document = await sealSession(session, cookie);
      await sessions.save(
        { id: sessionId(cookie), document, version: 1, expiresAt: keptUntil(session) },
        now(),
      );
      return cookie;
    },
    async identity(cookie, request) {
      checkOrigin(request, publicUrl());
      const session = await current(cookie);
      if (session.goodUntil <= now().getTime()) ended();
      return {
        caller: callerOf(session.claims, config.claims),
        method: 'session',
        // What may be refreshed goes on after it; a stream looks again then.
        expiresAt: new Date(session.goodUntil),
      };
    },
    async end(cookie) {
      const found = cookie === undefined ? undefined : await read(cookie).catch(() => undefined);
      if (cookie !== undefined && isCookie(cookie)) await sessions.remove(sessionId(cookie));
      return provider.signOutUrl(found?.session, publicUrl().href).catch(() => undefined);
    },
  };
}

function ended(): never {
  throw unauthenticated('invalid_token', 'The session has ended. Sign in again.');
}
