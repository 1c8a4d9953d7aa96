import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { AskgraphError } from '../../schema/errors.js';
import type { Model, ModelRequest, StreamPart } from './model.js';
import { abortedError } from './model-errors.js';

export interface RetryOptions {
  /** How often a request is sent again, and how long is waited before the first time; each wait is longer, by chance. */
  readonly retries: number;
  readonly retryMilliseconds: number;
}

const LONGEST_WAIT_MILLISECONDS = 8_000;

/** Runs again what failed for the moment, until the signal aborts. */
export function retrying({
  retries,
  retryMilliseconds,
}: RetryOptions): <Value>(signal: AbortSignal, run: () => Promise<Value>) => Promise<Value> {
  const policy = retry(handleWhen(isTransient), {
    maxAttempts: retries,
    backoff: new ExponentialBackoff({
      initialDelay: retryMilliseconds,
      maxDelay: LONGEST_WAIT_MILLISECONDS,
    }),
  });
  return async (signal, run) => {
    try {
      return await policy.execute(run, signal);
    } catch (thrown) {
      throw signal.aborted ? abortedError(signal, thrown) : thrown;
    }
  };
}

/**
 * Sends again what failed for the moment, within the request's deadline. A stream is begun again only as long as
 * nothing of it has been passed on.
 */
export function retryingModel(model: Model, options: RetryOptions): Model {
  const attempt = retrying(options);
  return {
    name: model.name,
    generate: (request) => attempt(request.signal, () => model.generate(request)),
    async *stream(request) {
      const { first, rest } = await attempt(request.signal, () => begin(model, request));
      if (first.done === true) return;
      yield first.value;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    },
  };
}

async function begin(model: Model, request: ModelRequest) {
  const rest: AsyncIterator<StreamPart> = model.stream(request)[Symbol.asyncIterator]();
  return { first: await rest.next(), rest };
}

function isTransient(thrown: unknown): boolean {
  return thrown instanceof AskgraphError && thrown.details.transient === true;
}
