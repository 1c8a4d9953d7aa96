import type { ExecutionResult } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { Execution } from './execution.js';
import { onAbort } from './on-abort.js';
import type { TextAnswer, Transport } from './transport.js';

/** What a fetch asks: its variables as values and, where it has them already, as text. */
export interface FetchRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly variablesJson: string | undefined;
}

/**
 * Sends one request of a plan to its subgraph. Rejects with CANCELLED or DEADLINE_EXCEEDED once the request's signal
 * is aborted, whether the transport heeds it or not, and with what the transport rejects with.
 */
export async function send(
  serviceName: string,
  request: FetchRequest,
  execution: Execution,
): Promise<ExecutionResult> {
  const transport = transportTo(serviceName, execution);
  return Promise.race([transport.execute(toSubgraphRequest(request, execution)), execution.aborted]);
}

/** As `send`, before the answer is read; undefined where the transport has no text. */
export function sendForText(
  serviceName: string,
  request: FetchRequest,
  execution: Execution,
): Promise<TextAnswer> | undefined {
  const transport = transportTo(serviceName, execution);
  const answer = transport.executeText?.(toSubgraphRequest(request, execution));
  return answer && Promise.race([answer, execution.aborted]);
}

function transportTo(serviceName: string, execution: Execution): Transport {
  const { signal } = execution.context;
  const transport = execution.transports.get(serviceName);
  if (transport === undefined) {
    throw new AskgraphError('SUBGRAPH_UNAVAILABLE', `No transport leads to subgraph "${serviceName}".`);
  }
  if (signal.aborted) throw abortion(signal);
  return transport;
}

function toSubgraphRequest(request: FetchRequest, execution: Execution) {
  // Representations are made into text or values for a transport that asks for them.
  return {
    query: request.query,
    context: execution.context,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    get variablesJson() {
      return request.variablesJson;
    },
    get variables() {
      return request.variables ?? {};
    },
  };
}

/** Why a request's signal was aborted, as an error. */
export function abortion(signal: AbortSignal): AskgraphError {
  const reason: unknown = signal.reason;
  if (reason instanceof AskgraphError) return reason;
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? new AskgraphError('DEADLINE_EXCEEDED', 'The deadline of the request has passed.', { cause: reason })
    : new AskgraphError('CANCELLED', 'The request was cancelled.', { cause: reason });
}

/** A promise that rejects when a signal is aborted, until it is released: one listener for a whole plan. */
export function rejectOnAbort(signal: AbortSignal): {
  readonly aborted: Promise<never>;
  readonly release: () => void;
} {
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(abortion(signal));
  });
  // Nobody may be waiting when it comes.
  aborted.catch(() => {});
  return { aborted, release: onAbort(signal, abort) };
}
