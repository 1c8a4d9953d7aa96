import { createHash, createHmac } from 'node:crypto';
import { REQUEST_HEADERS } from '../request-headers.js';

/** The headers by which a subgraph knows that its gateway has sent a request, to it and just now. */
export const SIGNATURE_HEADERS = {
  /** Milliseconds since 1970, by the gateway's clock. */
  time: 'x-askgraph-time',
  /** Different for every request. */
  nonce: 'x-askgraph-nonce',
  signature: 'x-askgraph-signature',
} as const;

/** What a signature binds beside the method, the path and the body. */
export const SIGNED_HEADERS: readonly string[] = [
  ...Object.values(REQUEST_HEADERS),
  SIGNATURE_HEADERS.time,
  SIGNATURE_HEADERS.nonce,
];

export interface SignedParts {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The name of the subgraph that the request is for. */
  readonly audience: string;
  readonly body: string | Buffer;
  /** The value of each signed header; undefined where it is not sent. */
  header(name: string): string | undefined;
}

/** HMAC-SHA-256 over all parts, written as JSON so that no part can run into the next. Hexadecimal digits. */
export function signatureOf(parts: SignedParts, key: string): string {
  const { method, path, audience, body } = parts;
  const digest = createHash('sha256').update(body).digest('hex');
  const headers = SIGNED_HEADERS.map((name) => [name, parts.header(name) ?? null]);
  const text = JSON.stringify(['askgraph-request-1', method, path, audience, digest, headers]);
  return createHmac('sha256', key).update(text).digest('hex');
}
