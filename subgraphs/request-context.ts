/** What travels with every request into every subgraph, in process or over HTTP. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Aborts at the request's deadline, or when the client goes away. */
  readonly signal: AbortSignal;
  /** The instant that "today" and "now" mean. */
  readonly asOf: Date;
}

export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}
