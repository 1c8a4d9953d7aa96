import type { RequestContext } from '../request-context.js';
import { encodeRequestHeaders } from '../request-headers.js';
import { SIGNATURE_HEADERS, signatureOf } from './signature.js';

export interface SignerOptions {
  /** The subgraph's name. */
  readonly audience: string;
  readonly key: string;
  readonly now: () => Date;
  readonly newNonce: () => string;
}

export interface UnsignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body: string;
  readonly context: RequestContext;
}

/** The headers of a request to a subgraph: whom and what it serves, and the signature. Each is good once. */
export type SignRequest = (request: UnsignedRequest) => Record<string, string>;

export function requestSigner({ audience, key, now, newNonce }: SignerOptions): SignRequest {
  return ({ method, url, body, context }) => {
    const time = now();
    const headers: Record<string, string> = {
      ...encodeRequestHeaders(context, time),
      [SIGNATURE_HEADERS.time]: String(time.getTime()),
      [SIGNATURE_HEADERS.nonce]: newNonce(),
    };
    const path = `${url.pathname}${url.search}`;
    const signature = signatureOf({ method, path, audience, body, header: (name) => headers[name] }, key);
    return { ...headers, [SIGNATURE_HEADERS.signature]: signature };
  };
}
