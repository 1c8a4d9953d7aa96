import { AskgraphError } from '../schema/errors.js';
import { isOwnCaller, ownCallerNamed } from './own-callers.js';
import type { Caller, RequestContext } from './request-context.js';

/** The headers in which a request's context travels to a subgraph that is a server of its own. */
export const REQUEST_HEADERS = {
  requestId: 'x-askgraph-request-id',
  asOf: 'x-askgraph-as-of',
  caller: 'x-askgraph-caller',
  /** Milliseconds that the request may still take, where that is known. Clocks need not agree on it. */
  timeLeft: 'x-askgraph-time-left',
} as const;

/**
 * Writes a context into headers. The caller is base64 of JSON, so that any claim fits into a header; beside the claims
 * stands whether it is the gateway's own, which is believed since nothing is read of a request that is not signed.
 */
export function encodeRequestHeaders(context: RequestContext, now: Date): Record<string, string> {
  const { subject, roles, claims } = context.caller;
  const caller = { subject, roles, claims, ...(isOwnCaller(context.caller) ? { own: true } : {}) };
  return {
    [REQUEST_HEADERS.requestId]: context.requestId,
    [REQUEST_HEADERS.asOf]: context.asOf.toISOString(),
    [REQUEST_HEADERS.caller]: Buffer.from(JSON.stringify(caller)).toString('base64'),
    ...(context.deadline === undefined
      ? {}
      : { [REQUEST_HEADERS.timeLeft]: String(Math.max(0, context.deadline.getTime() - now.getTime())) }),
  };
}

/**
 * Reads a context out of headers, as Node gives them (names in lower case).
 * Throws BAD_REQUEST where one is missing or does not read.
 */
export function decodeRequestHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Omit<RequestContext, 'signal' | 'deadline'> & { readonly timeLeft: number | undefined } {
  const requestId = readHeader(headers, REQUEST_HEADERS.requestId);
  const asOf = new Date(readHeader(headers, REQUEST_HEADERS.asOf));
  if (Number.isNaN(asOf.getTime())) throw unreadable(REQUEST_HEADERS.asOf);
  const left = headers[REQUEST_HEADERS.timeLeft];
  const timeLeft = left === undefined ? undefined : Number(left);
  if (timeLeft !== undefined && !(timeLeft >= 0)) throw unreadable(REQUEST_HEADERS.timeLeft);
  return { requestId, asOf, timeLeft, caller: readCaller(readHeader(headers, REQUEST_HEADERS.caller)) };
}

function readHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') {
    throw new AskgraphError('BAD_REQUEST', `The header "${name}" is missing.`);
  }
  return value;
}

function readCaller(encoded: string): Caller {
  const caller = parseJson(Buffer.from(encoded, 'base64').toString('utf8'));
  if (typeof caller !== 'object' || caller === null) throw unreadable(REQUEST_HEADERS.caller);
  const { subject, roles, claims, own } = caller as Partial<Record<keyof Caller | 'own', unknown>>;
  const hasRoles = Array.isArray(roles) && roles.every((role): role is string => typeof role === 'string');
  const hasClaims = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
  if (typeof subject !== 'string' || !hasRoles || !hasClaims) throw unreadable(REQUEST_HEADERS.caller);
  if (own !== true) return { subject, roles, claims: claims as Record<string, unknown> };
  const found = ownCallerNamed(subject);
  if (found === undefined) throw unreadable(REQUEST_HEADERS.caller);
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(name: string): AskgraphError {
  return new AskgraphError('BAD_REQUEST', `The header "${name}" cannot be read.`);
}
