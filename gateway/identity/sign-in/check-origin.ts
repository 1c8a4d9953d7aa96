import type { IncomingMessage } from 'node:http';
import { AskgraphError } from '../../../schema/errors.js';

/**
 * A browser sends cookies whoever made it send the request, so a request with a cookie must come from our own pages:
 * its `Origin` says so, which every browser sends with a POST, or `Sec-Fetch-Site`. Throws FORBIDDEN.
 */
export function checkOrigin(request: IncomingMessage, own: URL): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isForeign =
    (origin !== undefined && origin !== own.origin) ||
    (site !== undefined && site !== 'same-origin' && !(isRead && site === 'none'));
  const isUnknown = origin === undefined && site === undefined && !isRead;
  if (isForeign || isUnknown)
    throw new AskgraphError('FORBIDDEN', 'A session is good for requests of the own pages only.');
}
