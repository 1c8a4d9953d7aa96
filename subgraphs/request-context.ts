/** What travels with every request into every subgraph, in process or over HTTP. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Aborts at the request's deadline, or when the client goes away. */
  readonly signal: AbortSignal;
  /** When the signal aborts at the latest, where that is known. */
  readonly deadline?: Date;
  /** The instant that "today" and "now" mean. */
  readonly asOf: Date;
  /** Present where no client waits: the gateway samples its domains, and their silence is no news. */
  readonly isSampling?: true;
  /** The HTTP request that this serves, where there is one that subgraphs over HTTP hear of. */
  readonly http?: ClientHttp;
  /** Whose limits and budget this counts against; absent for what the gateway does on its own account. */
  readonly account?: string;
  /** Counts what the request uses, where it has a budget. */
  readonly meter?: Meter;
}

/** Counts what one request uses. */
export interface Meter {
  /** Bytes that an engine says it read. */
  scanned(bytes: number): void;
}

/** What rules let through between a client's HTTP request and those to subgraphs. */
export interface ClientHttp {
  /** Of the client's request, names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** W3C Trace Context, which every request to a subgraph carries. */
  readonly trace: { readonly traceparent: string; readonly tracestate: string | undefined };
  /** Told the headers of each subgraph's answer, and whose they are. */
  onAnswer(headers: Readonly<Record<string, string | readonly string[] | undefined>>, subgraph: string): void;
}

export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}
