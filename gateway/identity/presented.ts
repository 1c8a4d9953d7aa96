import type { IncomingMessage } from 'node:http';
import { unauthenticated } from './refusal.js';
import type { TrustedProxy } from './trusted-proxy.js';

/** What a request says of who sends it, before any of it is checked. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'apiKey'; readonly key: string }
  | { readonly kind: 'proxy'; readonly subject: string; readonly roles: string | undefined }
  | { readonly kind: 'session'; readonly cookie: string };

const API_KEY_HEADER = 'x-api-key';

/** Longer ones are no token of a person; nothing of them is read. */
const LONGEST_CREDENTIAL = 8_192;

/**
 * The one credential of a request; undefined where there is none.
 * @throws UNAUTHENTICATED where there is more than one, since nobody can say which is meant, or one that can't be read.
 */
export function presentedCredential(
  request: IncomingMessage,
  proxy: TrustedProxy | undefined,
  sessionCookie: string | undefined,
): Credential | undefined {
  const found = [
    bearerToken(request),
    apiKey(request),
    proxy?.credential(request),
    session(request, sessionCookie),
  ].filter((credential) => credential !== undefined);
  if (found.length > 1) {
    const kinds = found.map(({ kind }) => NAMES[kind]).join(' and ');
    throw unauthenticated(
      'invalid_request',
      `The request says in more than one way who sends it: by ${kinds}. Send one.`,
    );
  }
  return found[0];
}

const NAMES: Readonly<Record<Credential['kind'], string>> = {
  token: 'a bearer token',
  apiKey: 'an API key',
  proxy: "a proxy's headers",
  session: 'a session',
};

/** A header that may stand once. Node would keep the first of several, or join them. */
export function singleHeader(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name] ?? [];
  if (values.length > 1)
    throw unauthenticated('invalid_request', `The header "${name}" stands more than once.`);
  return values[0];
}

function bearerToken(request: IncomingMessage): Credential | undefined {
  const header = singleHeader(request, 'authorization');
  if (header === undefined) return undefined;
  const token = /^Bearer +([\w~+/.=-]+) *$/i.exec(header)?.[1];
  if (token === undefined) {
    throw unauthenticated('invalid_request', 'The header "authorization" must hold "Bearer" and a token.');
  }
  return { kind: 'token', token: short(token) };
}

function apiKey(request: IncomingMessage): Credential | undefined {
  const key = singleHeader(request, API_KEY_HEADER);
  return key === undefined ? undefined : { kind: 'apiKey', key: short(key) };
}

function session(request: IncomingMessage, name: string | undefined): Credential | undefined {
  if (name === undefined) return undefined;
  const cookie = readCookie(request, name);
  return cookie === undefined ? undefined : { kind: 'session', cookie: short(cookie) };
}

/** A cookie of this name. Only another site of the domain could have set a second one. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  if (values.length > 1)
    throw unauthenticated('invalid_request', `The cookie "${name}" stands more than once.`);
  return values[0] === '' ? undefined : values[0];
}

function short(credential: string): string {
  if (credential.length <= LONGEST_CREDENTIAL) return credential;
  throw unauthenticated(
    'invalid_token',
    `The credential is longer than ${LONGEST_CREDENTIAL} characters, and is not read.`,
  );
}
