import { setMaxListeners } from 'node:events';
import { withDeadline } from '../schema/signals.js';
import type { Caller, ClientHttp, RequestContext } from '../subgraphs/request-context.js';

/** Who asks where nobody has to say who they are: the local demo. */
export const ANONYMOUS: Caller = { subject: 'anonymous', roles: ['anonymous'], claims: {} };

export interface ContextOptions {
  readonly requestId: string;
  readonly caller: Caller;
  readonly now: Date;
  readonly timeoutMilliseconds: number;
  /** Aborts when the client goes away. */
  readonly clientGone: AbortSignal;
  /** Where it came by HTTP: what subgraphs over HTTP hear of that, and who hears of their answers. */
  readonly http?: ClientHttp;
}

/** What travels with one request through the gateway into every subgraph. */
export function makeContext(options: ContextOptions): RequestContext {
  const signal = withDeadline(options.clientGone, options.timeoutMilliseconds);
  // Every fetch and statement of the request listens to it, which may be more than Node takes for usual.
  setMaxListeners(0, signal);
  return {
    requestId: options.requestId,
    caller: options.caller,
    signal,
    deadline: new Date(options.now.getTime() + options.timeoutMilliseconds),
    asOf: options.now,
    ...(options.http === undefined ? {} : { http: options.http }),
  };
}
