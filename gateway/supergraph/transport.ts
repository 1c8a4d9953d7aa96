import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';

/** One GraphQL request to one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The variables as JSON text, where that is written faster than from `variables`, with which it says the same. */
  readonly variablesJson?: string | undefined;
  readonly context: RequestContext;
}

/** An answer of a subgraph as it came. */
export interface TextAnswer {
  readonly text: string;
  /** Reads it. Throws as `execute` rejects. */
  read(): ExecutionResult;
}

/** The way to a subgraph: in process or over HTTP. A transport is one file. */
export interface Transport {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** As `execute`, before the answer is read: for an answer that is passed on as it is. */
  executeText?(request: SubgraphRequest): Promise<TextAnswer>;
  close(): Promise<void>;
}
