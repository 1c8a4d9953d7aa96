import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';

/** One GraphQL request to one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The variables as JSON text, where they are known as text already; it says the same as `variables`. */
  readonly variablesJson?: string;
  readonly context: RequestContext;
}

/** The way to a subgraph: in process or over HTTP. A transport is one file. */
export interface Transport {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  close(): Promise<void>;
}
