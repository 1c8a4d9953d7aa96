import type { IncomingHttpHeaders } from 'node:http';

/** The W3C trace context that every request to a subgraph carries. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate: string | undefined;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;
const LONGEST_STATE = 512;

/**
 * The trace context of what this request causes: the client's trace, with the gateway as the parent; or a new trace
 * that is not sampled, where the client has none or one that is not valid.
 */
export function traceContext(headers: IncomingHttpHeaders, newHex: (bytes: number) => string): TraceContext {
  const given = headers.traceparent;
  const [, trace, flags] = (typeof given === 'string' ? TRACEPARENT.exec(given) : null) ?? [];
  if (trace === undefined) return { traceparent: `00-${newHex(16)}-${newHex(8)}-00`, tracestate: undefined };
  const state = headers.tracestate;
  return {
    traceparent: `00-${trace}-${newHex(8)}-${flags}`,
    tracestate: typeof state === 'string' && state.length <= LONGEST_STATE ? state : undefined,
  };
}
