import type { RequestContext } from '../../subgraphs/request-context.js';
import type { JsonObject } from './json.js';
import type { ResultPath } from './path.js';
import type { Transport } from './transport.js';

/** One run of a plan: what its steps read and write. */
export interface Execution {
  /** What the subgraphs have answered so far, joined. */
  readonly data: JsonObject;
  readonly errors: FetchError[];
  /** The objects of `data` that stand in several places. */
  readonly shared: Set<JsonObject>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly transports: ReadonlyMap<string, Transport>;
  /** Rejects when the request's signal is aborted; it never resolves. */
  readonly aborted: Promise<never>;
}

/** One step of a compiled plan. It never rejects: what goes wrong is an error of the execution. */
export type Step = (execution: Execution) => Promise<void>;

/** An error of a subgraph, or of the way to it. */
export interface FetchError {
  readonly message: string;
  /** Where in the fetched data, which has other names than the client's answer. */
  readonly path: ResultPath;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly originalError: Error | undefined;
}
