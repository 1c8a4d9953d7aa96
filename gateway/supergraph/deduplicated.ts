import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { copyJson } from './merge.js';
import { isRead } from './resilient.js';
import { abortion } from './send.js';
import type { SubgraphRequest, Transport } from './transport.js';

/** Somebody who waits for an answer that another has asked for. */
interface Waiter {
  readonly context: RequestContext;
  readonly resolve: (result: ExecutionResult) => void;
  readonly reject: (thrown: unknown) => void;
}

interface Flight {
  readonly waiters: Set<Waiter>;
  readonly abort: () => void;
}

/**
 * Asks once for reads that are the same and under way at once. The same means: document, operation, variables, the
 * caller with its roles and claims, and `identity`, which must name everything else that is sent, such as headers.
 * Each gets a copy of its own. A request is cancelled when the last who waits for it has gone.
 */
export function deduplicatedTransport(
  transport: Transport,
  identity: (context: RequestContext) => string,
): Transport {
  const flights = new Map<string, Flight>();

  const start = (key: string, request: SubgraphRequest): Flight => {
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    const flight: Flight = { waiters, abort: () => controller.abort() };
    const settle = (give: (waiter: Waiter) => void): void => {
      if (flights.get(key) === flight) flights.delete(key);
      waiters.forEach(give);
    };
    transport.execute(withContext(request, shared(request.context, controller.signal, waiters))).then(
      (result) => {
        // All copies are made before anybody adds to the original.
        const copies = new Map([...waiters].slice(1).map((waiter) => [waiter, copyJson(result)]));
        settle((waiter) => waiter.resolve(copies.get(waiter) ?? result));
      },
      (thrown: unknown) => settle((waiter) => waiter.reject(thrown)),
    );
    return flight;
  };

  return {
    execute(request) {
      if (!isRead(request)) return transport.execute(request);
      const { signal } = request.context;
      if (signal.aborted) return Promise.reject(abortion(signal));
      const key = keyOf(request, identity(request.context));
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          flight.waiters.delete(waiter);
          if (flight.waiters.size === 0) {
            if (flights.get(key) === flight) flights.delete(key);
            flight.abort();
          }
          reject(abortion(signal));
        };
        const end = <Value>(settle: (value: Value) => void) => {
          return (value: Value): void => {
            signal.removeEventListener('abort', leave);
            settle(value);
          };
        };
        const waiter: Waiter = { context: request.context, resolve: end(resolve), reject: end(reject) };
        const known = flights.get(key);
        const flight = known ?? start(key, request);
        flight.waiters.add(waiter);
        if (known === undefined) flights.set(key, flight);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    close: () => transport.close(),
  } satisfies Transport;
}

function keyOf(request: SubgraphRequest, identity: string): string {
  const { subject, roles, claims } = request.context.caller;
  const variables = request.variablesJson ?? JSON.stringify(request.variables ?? {});
  return JSON.stringify([request.query, request.operationName, variables, subject, roles, claims, identity]);
}

/** The first one's context, but for what belongs to each who waits. */
function shared(context: RequestContext, signal: AbortSignal, waiters: ReadonlySet<Waiter>): RequestContext {
  const { http } = context;
  if (http === undefined) return { ...context, signal };
  return {
    ...context,
    signal,
    http: {
      ...http,
      onAnswer: (headers, subgraph) => {
        for (const waiter of waiters) waiter.context.http?.onAnswer(headers, subgraph);
      },
    },
  };
}

function withContext(request: SubgraphRequest, context: RequestContext): SubgraphRequest {
  return {
    query: request.query,
    context,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    ...(request.variablesJson === undefined ? {} : { variablesJson: request.variablesJson }),
    get variables() {
      return request.variables ?? {};
    },
  };
}
