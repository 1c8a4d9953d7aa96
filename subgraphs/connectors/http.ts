import { AskgraphError } from '../../schema/errors.js';
import { anySignal } from '../../schema/signals.js';
import { httpCache } from './http-cache.js';
import { makeSlots } from './slots.js';

/** Reads JSON from one HTTP API: what a domain without a database stands on. It only ever sends GET. */
export interface HttpClient {
  /**
   * The parsed JSON body of a 2xx response; shared with other callers, so not to be changed.
   * Throws SOURCE_UNAVAILABLE (no connection, 429, 5xx), QUERY_FAILED (refused, not JSON, too large),
   * DEADLINE_EXCEEDED or CANCELLED. No message holds the query, which may hold a key.
   */
  get(request: HttpGet): Promise<unknown>;
}

export interface HttpGet {
  /** Relative to the base URL: `/v1/forecast`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Parameters that nobody is told. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** For how long the answer may be given again, in milliseconds; 0: not at all. */
  readonly cacheFor: number;
}

export interface HttpClientOptions {
  /** The domain that errors belong to. */
  readonly domain: string;
  /** What people call the API; it begins error messages. */
  readonly name: string;
  readonly baseUrl: string;
  /** For one attempt, in milliseconds; the caller's signal may end it sooner. */
  readonly timeout: number;
  readonly maximumResponseBytes: number;
  readonly maximumCacheBytes: number;
  /** Requests on the way at once; others wait for their turn. */
  readonly maximumConcurrent: number;
  /** Milliseconds to wait before the one retry after a connection error; the caller puts its jitter in. */
  readonly retryDelay: () => number;
  readonly now: () => number;
}

interface Body {
  readonly value: unknown;
  readonly bytes: number;
}

export function httpClient(options: HttpClientOptions): HttpClient {
  const cache = httpCache({ maximumBytes: options.maximumCacheBytes, now: options.now });
  const slots = makeSlots(options.maximumConcurrent);

  async function fetchWithRetry(url: URL, signal: AbortSignal): Promise<Body> {
    try {
      return await attempt(url, signal);
    } catch (thrown) {
      if (!isConnectionError(thrown) || signal.aborted) throw thrown;
      await pause(options.retryDelay(), signal);
      return await attempt(url, signal);
    }
  }

  async function attempt(url: URL, signal: AbortSignal): Promise<Body> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(tookTooLong(options)), options.timeout);
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/json' },
        signal: anySignal([signal, timeout.signal]),
      });
      const bytes = await readBody(response, options);
      if (!response.ok) throw refused(response.status, bytes, options);
      return { value: parseJson(bytes, options), bytes: bytes.length };
    } catch (thrown) {
      // Whatever fetch makes of an abort, the reason given to `abort` is the truth.
      throw timeout.signal.aborted && !signal.aborted ? timeout.signal.reason : thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async get({ path, query, secrets, signal, cacheFor }) {
      const url = makeUrl(options.baseUrl, path, { ...query, ...secrets });
      const cached = cache.get(url.href);
      if (cached !== undefined) return cached.value;
      try {
        const { value, bytes } = await slots.use(signal, () => fetchWithRetry(url, signal));
        cache.set(url.href, { value, bytes, lifetime: cacheFor });
        return value;
      } catch (thrown) {
        if (signal.aborted) throw aborted(signal, options);
        throw thrown instanceof AskgraphError ? thrown : unreachable(thrown, options);
      }
    },
  };
}

function makeUrl(baseUrl: string, path: string, query: HttpGet['query']): URL {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

async function readBody(response: Response, options: HttpClientOptions): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the body, and with it the connection.
    if (length > options.maximumResponseBytes) {
      throw failure('QUERY_FAILED', `sent more than ${options.maximumResponseBytes} bytes`, options);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer, options: HttpClientOptions): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw failure('QUERY_FAILED', 'did not send JSON', options, cause);
  }
}

function refused(status: number, body: Buffer, options: HttpClientOptions): AskgraphError {
  const cause = new Error(body.toString('utf8', 0, 1_000));
  return status === 429 || status >= 500
    ? failure('SOURCE_UNAVAILABLE', `is not available (HTTP ${status})`, options, cause)
    : failure('QUERY_FAILED', `refused the request (HTTP ${status})`, options, cause);
}

function tookTooLong(options: HttpClientOptions): AskgraphError {
  return failure('DEADLINE_EXCEEDED', `did not answer within ${options.timeout} ms`, options);
}

function unreachable(cause: unknown, options: HttpClientOptions): AskgraphError {
  return failure('SOURCE_UNAVAILABLE', 'cannot be reached', options, cause);
}

/** A deadline aborts with a TimeoutError, as `AbortSignal.timeout` does, or with our own error; a client just goes. */
function aborted(signal: AbortSignal, options: HttpClientOptions): AskgraphError {
  const reason: unknown = signal.reason;
  if (reason instanceof AskgraphError) return reason;
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? failure('DEADLINE_EXCEEDED', 'did not answer before the deadline', options, reason)
    : failure('CANCELLED', 'was no longer waited for', options, reason);
}

function failure(
  code: 'SOURCE_UNAVAILABLE' | 'QUERY_FAILED' | 'DEADLINE_EXCEEDED' | 'CANCELLED',
  what: string,
  options: HttpClientOptions,
  cause?: unknown,
): AskgraphError {
  return new AskgraphError(code, `${options.name} ${what}.`, { domain: options.domain, cause });
}

/** fetch throws a TypeError for whatever kept it from a whole response: no connection, or one that broke. */
function isConnectionError(thrown: unknown): boolean {
  return thrown instanceof TypeError;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
