import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AskgraphError } from '../schema/errors.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { sendError } from './http-errors.js';

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestContext>;
  /** The GraphiQL page. */
  readonly page: () => string;
  readonly makeContext: (requestId: string, clientGone: AbortSignal) => RequestContext;
}

/** GraphiQL's editor styles itself and carries a font; beyond that it needs nothing but its own files. */
const GRAPHIQL_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** GraphQL over HTTP at `/graphql`; to a browser that comes for a page, GraphiQL. */
export function serveGraphql(fastify: FastifyInstance, options: GraphqlRouteOptions): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      if (wantsPage(request)) {
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
  { apollo, makeContext }: GraphqlRouteOptions,
): Promise<FastifyReply> {
  const gone = new AbortController();
  const onClose = () => {
    if (!reply.raw.writableFinished) gone.abort();
  };
  reply.raw.once('close', onClose);
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headersOf(request),
      search: request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '',
      body: request.body,
    },
    context: async () => makeContext(request.id, gone.signal),
  });
  for (const [name, value] of response.headers) reply.header(name, value);
  const status = response.status ?? 200;
  reply.status(status);
  if (response.body.kind === 'complete') {
    return reply.send(status < 400 ? response.body.string : withRequestId(response.body.string, request.id));
  }
  let text = '';
  for await (const chunk of response.body.asyncIterator) text += chunk;
  return reply.send(text);
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
  return headers;
}
