import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AskgraphError } from '../../schema/errors.js';
import { rememberNonces } from './nonces.js';
import { SIGNATURE_HEADERS, SIGNED_HEADERS, signatureOf } from './signature.js';

export interface VerifierOptions {
  /** This subgraph's name. */
  readonly audience: string;
  /** Any of which may have signed: two while one takes the place of the other. */
  readonly keys: readonly string[];
  readonly now: () => Date;
}

/** Throws SIGNATURE_INVALID for whatever this subgraph's gateway has not sent, to it, as it is, and just now. */
export interface VerifyRequest {
  /** What can be said before the body is read. */
  headers(request: IncomingMessage): void;
  whole(request: IncomingMessage, body: Buffer): void;
}

/** How far apart the two clocks may be, and so how long a signature is good. */
const WINDOW_MILLISECONDS = 30_000;
/** About 20 MB, and 3,000 requests a second for a whole window. */
const MAXIMUM_NONCES = 200_000;

export function requestVerifier({ audience, keys, now }: VerifierOptions): VerifyRequest {
  const nonces = rememberNonces({ milliseconds: 2 * WINDOW_MILLISECONDS, maximum: MAXIMUM_NONCES });
  const checkHeaders = (request: IncomingMessage): void => {
    for (const name of [...SIGNED_HEADERS, SIGNATURE_HEADERS.signature]) {
      if ((request.headersDistinct[name]?.length ?? 0) > 1)
        throw refused(`Its header "${name}" is sent twice.`);
    }
    for (const name of Object.values(SIGNATURE_HEADERS)) {
      if (!request.headers[name]) throw refused('It is not signed.');
    }
    const age = now().getTime() - Number(request.headers[SIGNATURE_HEADERS.time]);
    // Written so that what is no number is refused too.
    if (!(Math.abs(age) <= WINDOW_MILLISECONDS))
      throw refused('It was not signed just now; both clocks must agree within 30 seconds.');
  };
  return {
    headers: checkHeaders,
    whole(request, body) {
      checkHeaders(request);
      const header = (name: string) => request.headersDistinct[name]?.[0];
      const parts = { method: request.method ?? '', path: request.url ?? '', audience, body, header };
      const signature = header(SIGNATURE_HEADERS.signature) ?? '';
      if (!keys.some((key) => isSame(signature, signatureOf(parts, key))))
        throw refused('Its signature is not right for this subgraph.');
      // Only now: who cannot sign must not be able to fill the memory.
      const state = nonces.add(header(SIGNATURE_HEADERS.nonce) ?? '', now().getTime());
      if (state === 'seen') throw refused('It has been answered before.');
      if (state === 'full')
        throw new AskgraphError('SUBGRAPH_UNAVAILABLE', 'The subgraph gets more requests than it can check.');
    },
  };
}

function refused(reason: string): AskgraphError {
  return new AskgraphError('SIGNATURE_INVALID', `The subgraph takes no such request. ${reason}`);
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
