import type { IncomingHttpHeaders } from 'node:http';

/** What a page of another origin can send without the browser asking first (Fetch Standard, "simple" requests). */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
/** Headers that make a browser ask first: the names are Apollo's, so that its clients work as they are. */
const PREFLIGHT_HEADERS = [
  'x-apollo-operation-name',
  'apollo-require-preflight',
  'graphql-require-preflight',
];

/** Whether a browser may have sent this on behalf of a page of another origin without asking first (CSRF). */
export function mayBeForged(headers: IncomingHttpHeaders): boolean {
  const contentType = headers['content-type'];
  if (contentType !== undefined) {
    const name = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    // Something that is no media type at all is not what a browser asks about either.
    if (/^[^\s/]+\/[^\s/]+$/.test(name) && !SIMPLE_TYPES.has(name)) return false;
  }
  return !PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== '');
}
