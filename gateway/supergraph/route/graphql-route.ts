import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { AskgraphError, asAskgraphError, challenge, retryAfter } from '../../../schema/errors.js';
import type { Caller, ClientHttp, RequestContext } from '../../../subgraphs/request-context.js';
import { CachePolicy } from '../cache-policy.js';
import type { HeaderRule } from '../header-rules.js';
import { returnedHeaders } from '../returned-headers.js';
import type { Served } from '../served.js';
import type { CheckedDocument } from './document-cache.js';
import { type AnswerType, chooseAnswerType } from './media-type.js';
import type { ResolveQuery } from './persisted-queries.js';
import { readRequest } from './read-request.js';
import { type Refusal, refuse } from './refusal.js';
import { traceContext } from './trace-context.js';

/** What requests are answered with at one time. */
export interface RouteTarget {
  readonly served: Served;
  readonly check: (source: string) => CheckedDocument;
}

/** Lets a request in before anything of it is read; what is returned gives its place back. Throws why it may not. */
export type Admit = (request: IncomingMessage) => Promise<() => void>;

export interface GraphqlRouteOptions {
  /** Without it everybody is let in. */
  readonly admit?: Admit | undefined;
  /** Asked once for each request: a request ends with what it began with. */
  readonly target: () => RouteTarget;
  readonly resolveQuery: ResolveQuery;
  /** Says who asks, before anything of the request is read; rejects with UNAUTHENTICATED. */
  readonly identify: (request: IncomingMessage) => Promise<Caller>;
  readonly maximumRequestBytes: number;
  readonly timeoutMilliseconds: number;
  /** Whether an answer may be stored by others than the client, seen from the headers of its request. */
  readonly dependsOnClient: (headers: IncomingMessage['headers']) => boolean;
  /** What the client gets of the headers of the subgraphs' answers. */
  readonly returnRules: readonly HeaderRule[];
  readonly now: () => Date;
  readonly newHex: (bytes: number) => string;
  /** Told what was not foreseen. */
  readonly report: (error: unknown) => void;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

const PRIVATE = 'private, no-store';

/** Answers GraphQL over HTTP on Node's own server, by POST and by GET. It never rejects. */
export function graphqlRoute(
  options: GraphqlRouteOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const type = chooseAnswerType(request.headers.accept);
    if (type === undefined) {
      const { refusal } = refuse(406, 'The answer is JSON: accept "application/graphql-response+json".');
      return send(response, 'application/json', answerRefusal(refusal));
    }
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const deadline = setTimeout(() => {
      gone.abort(new AskgraphError('DEADLINE_EXCEEDED', 'The deadline of the request has passed.'));
    }, options.timeoutMilliseconds);
    let leave: (() => void) | undefined;
    try {
      leave = await options.admit?.(request);
      const caller = await options.identify(request);
      send(response, type, await answer(request, caller, type, gone.signal, options));
    } catch (thrown) {
      const error = asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the gateway.');
      if (error.status >= 500) options.report(thrown);
      const { status, code, message } = error;
      const seconds = retryAfter(error);
      const headers = {
        ...(seconds === undefined ? {} : { 'retry-after': seconds }),
        ...(status === 401 ? { 'www-authenticate': challenge(error) } : {}),
      };
      send(response, type, answerRefusal({ status, code, message, headers }));
    } finally {
      leave?.();
      clearTimeout(deadline);
    }
  };
}

async function answer(
  request: IncomingMessage,
  caller: Caller,
  type: AnswerType,
  signal: AbortSignal,
  options: GraphqlRouteOptions,
): Promise<Answer> {
  const parameters = await readRequest(request, options.maximumRequestBytes);
  if ('refusal' in parameters) return answerRefusal(parameters.refusal);
  const resolved = options.resolveQuery(parameters);
  if ('refusal' in resolved) return answerRefusal(resolved.refusal);
  const { served, check } = options.target();
  const checked = check(resolved.source);
  if ('errors' in checked) return answerInvalid(checked.errors, type);
  const operation = checked.operation(parameters.operationName);
  if (operation === undefined) {
    const { refusal } = refuse(400, 'The document has no such operation, or several and none is named.');
    return answerRefusal(refusal);
  }
  if (parameters.method === 'GET' && operation.operation !== 'query') {
    const { refusal } = refuse(405, `A ${operation.operation} is answered by POST only.`, { allow: 'POST' });
    return answerRefusal(refusal);
  }
  const caching = new CachePolicy();
  const returned = returnedHeaders(options.returnRules);
  const context = makeContext(
    request,
    caller,
    signal,
    (headers, subgraph) => {
      caching.add(textOf(headers['cache-control']));
      returned.add(headers, subgraph);
    },
    options,
  );
  const { document } = checked;
  const { operationName, variables } = parameters;
  const answered = await served.run(() =>
    served.supergraph.respond({ document, operationName, variables, context }),
  );
  const result: ExecutionResult | undefined = 'result' in answered ? answered.result : undefined;
  if (result !== undefined && !('data' in result)) return answerInvalid(result.errors ?? [], type);
  const isStorable =
    operation.operation === 'query' &&
    result?.errors === undefined &&
    !options.dependsOnClient(request.headers);
  return {
    status: 200,
    body: 'text' in answered ? answered.text : JSON.stringify(answered.result),
    headers: {
      ...Object.fromEntries(returned.entries()),
      'cache-control': isStorable ? caching.toHeader() : PRIVATE,
    },
  };
}

function makeContext(
  { headers }: IncomingMessage,
  caller: Caller,
  signal: AbortSignal,
  onAnswer: ClientHttp['onAnswer'],
  { now, newHex }: GraphqlRouteOptions,
): RequestContext {
  const trace = traceContext(headers, newHex);
  return {
    requestId: trace.traceparent,
    caller,
    signal,
    asOf: now(),
    http: { headers, trace, onAnswer },
  };
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return header === undefined || typeof header === 'string' ? header : header.join();
}

/** A request that GraphQL itself refuses. What took application/json hears so with 200: it is an answer like any. */
function answerInvalid(errors: readonly GraphQLError[], type: AnswerType): Answer {
  const coded = errors.map((error) => {
    const { message, locations, path, extensions } = error.toJSON();
    return {
      message,
      locations,
      path,
      extensions: { ...extensions, code: extensions?.code ?? 'BAD_REQUEST' },
    };
  });
  return { status: type === 'application/json' ? 200 : 400, body: JSON.stringify({ errors: coded }) };
}

function answerRefusal({ status, code, message, headers }: Refusal): Answer {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  return { status, body, ...(headers === undefined ? {} : { headers }) };
}

function send(response: ServerResponse, type: AnswerType, { status, body, headers }: Answer): void {
  if (response.destroyed) return;
  // Encoded here: Node would go over a text twice, for its length and to write it into three times the room.
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': bytes.length,
    'cache-control': PRIVATE,
    ...headers,
  });
  response.end(bytes);
}
