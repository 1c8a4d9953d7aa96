import {
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { ExecutionResult } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { isJsonObject } from './json.js';
import { onAbort } from './on-abort.js';
import type { SubgraphRequest, Transport } from './transport.js';

export interface HttpTransportOptions {
  /** The subgraph's name, for messages. */
  readonly subgraph: string;
  readonly url: string;
  /** How long one request may take, beside the deadline of the client's request. */
  readonly timeoutMilliseconds: number;
  readonly maximumResponseBytes: number;
  /** What each request carries in its headers about the one that it serves. */
  readonly headers: (context: RequestContext, body: string) => Readonly<Record<string, string>>;
  /** Told what each answer says in its headers. */
  readonly onHeaders?: ((headers: IncomingMessage['headers'], context: RequestContext) => void) | undefined;
}

/**
 * The way to a subgraph over HTTP, on connections that are kept. Rejects with SUBGRAPH_UNAVAILABLE where the server
 * can't be reached or answers no GraphQL, DEADLINE_EXCEEDED after the timeout, and QUERY_FAILED for an answer that is
 * too large.
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'https:';
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true });
  // Read once: taking a URL apart costs as much as sending a small request.
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(url);
  const given = { protocol, hostname, port, path, auth };
  const address: RequestOptions = { ...given, method: 'POST', agent };
  let running = 0;
  let isClosed = false;

  const post = (body: string, context: RequestContext): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const message = (isSecure ? secureRequest : plainRequest)({
        ...address,
        headers: writeHeaders(options.headers(context, body), body, context),
      });
      const end = (): void => {
        clearTimeout(timer);
        forget();
      };
      const fail = (error: Error): void => {
        end();
        reject(new PostError(error, message.reusedSocket));
      };
      const abort = (): void => {
        message.destroy(Object.assign(new Error('The request was cancelled.'), { name: 'AbortError' }));
      };
      const timer = setTimeout(() => {
        fail(timedOut(options));
        message.destroy();
      }, options.timeoutMilliseconds);
      const forget = onAbort(context.signal, abort);
      message.on('error', fail);
      message.on('response', (response) => {
        options.onHeaders?.(response.headers, context);
        context.http?.onAnswer(response.headers, options.subgraph);
        readText(response, options).then((text) => {
          end();
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], text });
        }, fail);
      });
      message.end(body);
    });

  const postTwiceIfStale = async (body: string, request: SubgraphRequest): Promise<Answer> => {
    try {
      return await post(body, request.context);
    } catch (thrown) {
      // A kept connection may be closed by the server just as it is used again; a read may then be sent anew.
      const isStale =
        thrown instanceof PostError && thrown.isOnKeptConnection && isConnectionReset(thrown.reason);
      if (!isStale || request.query.trimStart().startsWith('mutation')) throw thrown;
      return post(body, request.context);
    }
  };

  const send = async (request: SubgraphRequest): Promise<Answer> => {
    running += 1;
    try {
      return await postTwiceIfStale(writeBody(request), request);
    } catch (thrown) {
      const reason = thrown instanceof PostError ? thrown.reason : thrown;
      if (reason instanceof AskgraphError) throw reason;
      throw new AskgraphError('SUBGRAPH_UNAVAILABLE', `Subgraph "${options.subgraph}" cannot be reached.`, {
        domain: options.subgraph,
        cause: reason,
      });
    } finally {
      running -= 1;
      if (isClosed && running === 0) agent.destroy();
    }
  };

  return {
    async execute(request) {
      return readResult(await send(request), options);
    },
    async executeText(request) {
      const answer = await send(request);
      return { text: answer.text, read: () => readResult(answer, options) };
    },
    /** Gives the connections back once the requests under way have their answers. */
    async close() {
      isClosed = true;
      if (running === 0) agent.destroy();
    },
  } satisfies Transport;
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

class PostError extends Error {
  constructor(
    readonly reason: Error,
    readonly isOnKeptConnection: boolean,
  ) {
    super(reason.message, { cause: reason });
  }
}

function writeHeaders(
  given: Readonly<Record<string, string>>,
  body: string,
  { http }: RequestContext,
): Record<string, string | number> {
  const headers: Record<string, string | number> = { ...given };
  if (http !== undefined) {
    const { traceparent, tracestate } = http.trace;
    headers.traceparent = traceparent;
    if (tracestate !== undefined) headers.tracestate = tracestate;
  }
  headers['content-type'] = 'application/json';
  headers.accept = 'application/graphql-response+json, application/json;q=0.9';
  headers['content-length'] = Buffer.byteLength(body);
  return headers;
}

function isConnectionReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function timedOut({ subgraph, timeoutMilliseconds }: HttpTransportOptions): AskgraphError {
  const message = `Subgraph "${subgraph}" did not answer within ${timeoutMilliseconds} ms.`;
  return new AskgraphError('DEADLINE_EXCEEDED', message, { domain: subgraph });
}

function writeBody(request: SubgraphRequest): string {
  const variables = request.variablesJson ?? JSON.stringify(request.variables ?? {});
  const name =
    request.operationName === undefined ? '' : `,"operationName":${JSON.stringify(request.operationName)}`;
  return `{"query":${JSON.stringify(request.query)},"variables":${variables}${name}}`;
}

function readText(response: IncomingMessage, options: HttpTransportOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > options.maximumResponseBytes) {
        const message = `Subgraph "${options.subgraph}" answered with more than ${options.maximumResponseBytes} bytes.`;
        reject(new AskgraphError('QUERY_FAILED', message, { domain: options.subgraph }));
        response.destroy();
      } else {
        chunks.push(chunk);
      }
    });
    response.on('end', () => {
      const [first] = chunks;
      resolve(
        (chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length)).toString('utf8'),
      );
    });
    response.on('error', reject);
    response.on('close', () =>
      reject(Object.assign(new Error('The answer has been cut off.'), { code: 'ECONNRESET' })),
    );
  });
}

function readResult({ status, type, text }: Answer, { subgraph }: HttpTransportOptions): ExecutionResult {
  const result = parseJson(text);
  // An answer to a GraphQL request has data or errors, whatever its status.
  if (isJsonObject(result) && (isJsonObject(result.data) || isErrorList(result.errors))) {
    return result as ExecutionResult;
  }
  throw new AskgraphError(
    'SUBGRAPH_UNAVAILABLE',
    `Subgraph "${subgraph}" answered with status ${status} and ${type ?? 'no content type'}, which is no GraphQL answer.`,
    { domain: subgraph, cause: new Error(text.slice(0, 500)) },
  );
}

function isErrorList(errors: unknown): boolean {
  return Array.isArray(errors) && errors.length > 0 && errors.every(isJsonObject);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
