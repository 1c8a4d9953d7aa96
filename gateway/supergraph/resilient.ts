import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  IsolatedCircuitError,
  retry,
  SamplingBreaker,
} from 'cockatiel';
import { AskgraphError } from '../../schema/errors.js';
import type { SubgraphRequest, Transport } from './transport.js';

export interface ResilienceOptions {
  /** The subgraph's name, for messages. */
  readonly subgraph: string;
  /** How many requests may be under way at once, and how many more may wait for their turn. */
  readonly concurrentRequests: number;
  readonly waitingRequests: number;
  /** How often a read is sent again after a connection has failed, and how long is waited before the first time. */
  readonly retries: number;
  readonly retryMilliseconds: number;
  /** How long a subgraph that fails more often than not is left alone. */
  readonly restMilliseconds: number;
}

/** Within this time, at this rate of requests, half of them must fail before a subgraph is left alone. */
const SAMPLE_MILLISECONDS = 10_000;
const FAILING_SHARE = 0.5;
const LEAST_REQUESTS_PER_SECOND = 2;
const LONGEST_WAIT_MILLISECONDS = 2_000;
/** What Node calls a connection that could not be made, or that broke. */
const CONNECTION_ERRORS = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Protects a subgraph from too much and its clients from waiting in vain: a limit on requests at once, reads that are
 * sent again after a connection has failed (each time later, by chance), and a circuit breaker. Rejects with
 * SUBGRAPH_UNAVAILABLE where a request was not sent, and with what the transport rejects with. What the gateway asks to
 * sample its domains is only limited: a domain that comes up after the gateway must not be found left alone.
 */
export function resilientTransport(transport: Transport, options: ResilienceOptions): Transport {
  const limit = bulkhead(options.concurrentRequests, options.waitingRequests);
  const breaker = circuitBreaker(handleWhen(isFault), {
    breaker: new SamplingBreaker({
      threshold: FAILING_SHARE,
      duration: SAMPLE_MILLISECONDS,
      minimumRps: LEAST_REQUESTS_PER_SECOND,
    }),
    halfOpenAfter: options.restMilliseconds,
  });
  const retrying = retry(handleWhen(isConnectionError), {
    maxAttempts: options.retries,
    backoff: new ExponentialBackoff({
      initialDelay: options.retryMilliseconds,
      maxDelay: LONGEST_WAIT_MILLISECONDS,
    }),
  });
  const protect = async <Answer>(request: SubgraphRequest, send: () => Promise<Answer>): Promise<Answer> => {
    const { isSampling, signal } = request.context;
    const limited = (): Promise<Answer> => limit.execute(send, signal);
    const once = isSampling ? limited : () => breaker.execute(limited, signal);
    try {
      return await once();
    } catch (thrown) {
      if (isSampling || !isConnectionError(thrown) || !isRead(request)) {
        throw notSent(thrown, options.subgraph) ?? thrown;
      }
      // The first try stands outside: what goes well, as nearly all does, pays nothing for the tries after it.
      const again = ({ attempt }: { readonly attempt: number }) =>
        attempt === 0 ? Promise.reject(thrown) : once();
      return retrying.execute(again, signal).catch((last: unknown) => {
        throw notSent(last, options.subgraph) ?? last;
      });
    }
  };
  const executeText = transport.executeText?.bind(transport);
  return {
    execute: (request) => protect(request, () => transport.execute(request)),
    ...(executeText === undefined
      ? {}
      : { executeText: (request: SubgraphRequest) => protect(request, () => executeText(request)) }),
    close: () => transport.close(),
  } satisfies Transport;
}

/** Whether asking twice is as good as asking once. */
export function isRead({ query }: SubgraphRequest): boolean {
  return !/^\s*(mutation|subscription)\b/.test(query);
}

/** Whether the subgraph is to blame: it can't be reached, or is too slow. A client that goes away blames nobody. */
function isFault(thrown: unknown): boolean {
  if (!(thrown instanceof AskgraphError)) return false;
  if (thrown.cause instanceof Error && thrown.cause.name === 'AbortError') return false;
  return thrown.code === 'SUBGRAPH_UNAVAILABLE' || thrown.code === 'DEADLINE_EXCEEDED';
}

function isConnectionError(thrown: unknown): boolean {
  if (!(thrown instanceof AskgraphError) || thrown.code !== 'SUBGRAPH_UNAVAILABLE') return false;
  const { cause } = thrown;
  return cause instanceof Error && 'code' in cause && CONNECTION_ERRORS.has(String(cause.code));
}

function notSent(thrown: unknown, subgraph: string): AskgraphError | undefined {
  const say = (why: string) =>
    new AskgraphError('SUBGRAPH_UNAVAILABLE', `Subgraph "${subgraph}" ${why}.`, {
      domain: subgraph,
      cause: thrown,
    });
  if (thrown instanceof BulkheadRejectedError) return say('has too many requests under way');
  if (thrown instanceof BrokenCircuitError || thrown instanceof IsolatedCircuitError) {
    return say('has failed too often, and is left alone for a while');
  }
  return undefined;
}
