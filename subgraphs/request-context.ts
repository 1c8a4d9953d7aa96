/** What travels with every request into every subgraph, in process or over HTTP. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Aborts at the request's deadline, or when the client goes away. */
  readonly signal: AbortSignal;
  /** The instant that "today" and "now" mean. */
  readonly asOf: Date;
  /** The HTTP request that this serves, where there is one that subgraphs over HTTP hear of. */
  readonly http?: ClientHttp;
}

/** What rules let through between a client's HTTP request and those to subgraphs. */
export interface ClientHttp {
  /** Of the client's request, names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** W3C Trace Context, which every request to a subgraph carries. */
  readonly trace: { readonly traceparent: string; readonly tracestate: string | undefined };
  /** Told the headers of each subgraph's answer. */
  onAnswer(headers: Readonly<Record<string, string | readonly string[] | undefined>>): void;
}

export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}
