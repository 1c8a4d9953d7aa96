import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import type { ClientHttp, RequestContext } from '../subgraphs/request-context.js';
import { sendError } from './http-errors.js';
import type { Identify } from './identity/identify.js';
import { unauthenticated } from './identity/refusal.js';
import { type IntrospectionAnswers, uncompressed } from './introspection/introspection-answers.js';
import { accountOf } from './limits/account.js';
import type { CallerLimits } from './limits/caller-limits.js';
import type { Gateway } from './open-gateway.js';
import { EVENT_STREAM, sendEvents, takesEvents } from './subscriptions/event-stream.js';
import type { Subscriptions } from './subscriptions/subscriptions.js';
import type { HeaderRule } from './supergraph/header-rules.js';
import { type ReturnedHeaders, returnedHeaders } from './supergraph/returned-headers.js';

export interface GraphqlRouteOptions {
  /** The server of what a caller sees. */
  readonly apolloFor: (context: RequestContext) => Promise<ApolloServer<RequestContext>>;
  /** Keeps what is served open for as long as the request runs. */
  readonly run: Gateway['run'];
  /** The GraphiQL page; undefined where it is not served. */
  readonly page: (() => string) | undefined;
  readonly identify: Identify;
  /** What the client gets of the headers of the subgraphs' answers. */
  readonly returnRules: readonly HeaderRule[];
  readonly makeContext: (
    request: FastifyRequest,
    clientGone: AbortSignal,
    onAnswer: ClientHttp['onAnswer'],
  ) => RequestContext;
  readonly callers: CallerLimits;
  /** What of the schema is answered beside Apollo Server. */
  readonly introspections: IntrospectionAnswers;
  readonly subscriptions: Subscriptions;
  /** An error as clients see it. */
  readonly present: (error: GraphQLError) => GraphQLFormattedError;
  /** In how many milliseconds who asks is nobody any longer; undefined where that is not set. */
  readonly credentialEnds: (request: FastifyRequest) => number | undefined;
  /** The largest answer, in bytes; the schema may be larger. */
  readonly responseLimitBytes: number;
  /** Told of whoever is not let in. */
  readonly onRefused: (error: AskgraphError, context: RequestContext) => void;
}

/** GraphiQL's editor styles itself and carries a font; beyond that it needs nothing but its own files. */
const GRAPHIQL_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Node fires timers that are longer at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** GraphQL over HTTP at `/graphql`; to a browser that comes for a page, GraphiQL. */
export function serveGraphql(fastify: FastifyInstance, options: GraphqlRouteOptions): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async (request, reply) => {
      if (options.page === undefined || !wantsPage(request)) await options.identify(request, reply);
    },
    handler: async (request, reply) => {
      if (options.page !== undefined && wantsPage(request)) {
        return reply
          .header('content-security-policy', GRAPHIQL_POLICY)
          .header('referrer-policy', 'no-referrer')
          .type('text/html; charset=utf-8')
          .send(options.page());
      }
      return answer(request, reply, options);
    },
  });
  fastify.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (request, reply) => {
      const error = new AskgraphError('BAD_REQUEST', 'GraphQL is answered by POST and GET.');
      sendError(error, request, reply.header('allow', 'GET, POST'), 405);
    },
  });
}

function wantsPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GraphqlRouteOptions,
): Promise<FastifyReply> {
  const gone = new AbortController();
  const onClose = () => {
    if (!reply.raw.writableFinished) gone.abort();
  };
  reply.raw.once('close', onClose);
  const returned = returnedHeaders(options.returnRules);
  const context = options.makeContext(request, gone.signal, returned.add);
  const account = accountOf(context.caller, request.ip);
  const visitor = { ...context, account };
  try {
    const visit = await options.callers.enter(account);
    const expiry = takesEvents(request) ? endWith(options.credentialEnds(request), gone) : undefined;
    try {
      const run = () => execute(request, reply, options, { ...visitor, meter: visit.meter }, returned);
      return await options.run(request.id, run);
    } finally {
      clearTimeout(expiry);
      // What it used is charged after it was answered; that this fails is no fault of the answer's.
      visit.leave().catch((error: unknown) => request.log.warn({ error }, 'what was used is not charged'));
    }
  } catch (thrown) {
    if (!(thrown instanceof AskgraphError)) throw thrown;
    options.onRefused(thrown, visitor);
    sendError(thrown, request, reply);
    return reply;
  }
}

async function execute(
  request: FastifyRequest,
  reply: FastifyReply,
  { apolloFor, introspections, subscriptions, present, responseLimitBytes }: GraphqlRouteOptions,
  context: RequestContext,
  returned: ReturnedHeaders,
): Promise<FastifyReply> {
  const apollo = await apolloFor(context);
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headersOf(request),
      search: request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '',
      body: request.body,
    },
    context: async () => context,
  });
  const events = subscriptions.take(context);
  if (events !== undefined)
    return sendEvents(request, reply, events, { format: present, limitBytes: responseLimitBytes });
  const schema = introspections.take(context);
  if (schema !== undefined) return sendSchema(request, reply, response.headers, await schema);
  let text = '';
  if (response.body.kind === 'complete') text = response.body.string;
  else for await (const chunk of response.body.asyncIterator) text += chunk;
  if (Buffer.byteLength(text) > responseLimitBytes) {
    const message = `The answer is larger than ${responseLimitBytes} bytes: ask for fewer rows or fields.`;
    throw new AskgraphError('TOO_COMPLEX', message, { details: { limit: responseLimitBytes } });
  }
  for (const [name, value] of returned.entries()) reply.header(name, value);
  for (const [name, value] of response.headers) reply.header(name, value);
  const status = response.status ?? 200;
  reply.status(status);
  return reply.send(status < 400 ? text : withRequestId(text, request.id));
}

/** A stream goes on until it is done, and not beyond what its caller's credential is good for. */
function endWith(milliseconds: number | undefined, gone: AbortController): NodeJS.Timeout | undefined {
  if (milliseconds === undefined || milliseconds > LONGEST_TIMER) return undefined;
  const expired = unauthenticated('invalid_token', 'The credential has expired.');
  return setTimeout(() => gone.abort(expired), Math.max(0, milliseconds));
}

/** The schema is kept compressed: most clients take it so. */
async function sendSchema(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Iterable<[string, string]>,
  compressed: Buffer,
): Promise<FastifyReply> {
  for (const [name, value] of headers) if (name !== 'content-length') reply.header(name, value);
  const vary = [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', ');
  reply.header('vary', vary);
  if (!acceptsGzip(request)) return reply.send(await uncompressed(compressed));
  return reply.header('content-encoding', 'gzip').send(compressed);
}

function acceptsGzip({ headers }: FastifyRequest): boolean {
  const codings = String(headers['accept-encoding'] ?? '').split(',');
  return codings.some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}

/** What Apollo Server refuses before there is a context has no request's id in it yet. */
function withRequestId(body: string, requestId: string): string {
  const { errors, ...rest } = JSON.parse(body) as { errors: { extensions?: object }[] };
  const named = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return JSON.stringify({ errors: named, ...rest });
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // What Apollo Server itself answers to who waits for events is a refusal, which is JSON.
  if (request.headers.accept?.trim() === EVENT_STREAM)
    headers.set('accept', 'application/graphql-response+json');
  return headers;
}
