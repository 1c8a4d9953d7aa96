import { readFileSync } from 'node:fs';
import cors from '@fastify/cors';
import serveStatic from '@fastify/static';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { AskgraphError, asAskgraphError } from '../schema/errors.js';
import { makeApollo } from './apollo.js';
import type { Config } from './config.js';
import { ANONYMOUS, makeContext } from './context.js';
import { serveGraphql } from './graphql-route.js';
import { serveHealth } from './health-routes.js';
import type { Gateway } from './open-gateway.js';

export interface ServerOptions {
  readonly config: Config;
  readonly gateway: Gateway;
  readonly logger: FastifyBaseLogger;
  /** Folder of the built pages. */
  readonly webRoot: string;
  readonly newId: () => string;
}

export interface Server {
  /** `http://127.0.0.1:4000`, with the port that was given out where 0 was asked for. */
  readonly url: string;
  /** Takes no new requests, and ends when those under way have been answered. */
  close(): Promise<void>;
}

const SHUTDOWN_MILLISECONDS = 10_000;

/** Puts the gateway on a port: GraphQL, the two pages, health. Throws PORT_IN_USE. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, gateway, logger, newId } = options;
  const fastify = Fastify({
    loggerInstance: logger,
    bodyLimit: config.requestLimitBytes,
    genReqId: newId,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    disableRequestLogging: true,
  });
  const apollo = await makeApollo(gateway.supergraph, logger);
  await fastify.register(cors, { origin: corsOrigin(config), maxAge: 600 });
  answerErrors(fastify);
  logRequests(fastify);
  serveHealth(fastify, gateway);
  serveGraphql(fastify, {
    apollo,
    page: () => page(options.webRoot, 'graphiql.html'),
    makeContext: (requestId, clientGone) =>
      makeContext({
        requestId,
        caller: ANONYMOUS,
        now: new Date(),
        timeoutMilliseconds: config.requestTimeoutMilliseconds,
        clientGone,
      }),
  });
  serveAskPage(fastify, gateway);
  await fastify.register(serveStatic, {
    root: options.webRoot,
    index: ['index.html'],
    maxAge: '1h',
    setHeaders: protectPage,
  });
  const url = await listen(fastify, config);
  return { url, close: () => closeAll(fastify, apollo) };
}

/** The Ask page's own data: what can be asked, by domain. */
function serveAskPage(fastify: FastifyInstance, gateway: Gateway): void {
  fastify.get('/ask/examples.json', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return {
      domains: gateway.subgraphs.map(({ definition, engine }) => ({
        name: definition.name,
        description: definition.description,
        engine,
        production: definition.production,
        examples: definition.examples ?? [],
      })),
    };
  });
}

/** The Ask page needs nothing but itself, so it is allowed nothing else. */
function protectPage(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
}

function page(root: string, name: string): string {
  return readFileSync(`${root}/${name}`, 'utf8');
}

/** Everything that is not GraphQL's own error has the same shape as one. */
function answerErrors(fastify: FastifyInstance): void {
  fastify.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    const known =
      status === 413
        ? new AskgraphError('PAYLOAD_TOO_LARGE', 'The request is too large.', { cause: error })
        : status < 500
          ? new AskgraphError('BAD_REQUEST', badRequestMessage(error), { cause: error })
          : asAskgraphError(error, 'INTERNAL', 'Something went wrong inside the gateway.');
    if (known.status >= 500) request.log.error({ error }, 'request failed');
    return reply.status(status < 500 ? status : known.status).send(errorBody(known, request.id));
  });
  fastify.setNotFoundHandler((request, reply) => {
    const error = new AskgraphError(
      'NOT_FOUND',
      `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    );
    return reply.status(404).send(errorBody(error, request.id));
  });
}

function badRequestMessage(error: Error & { code?: string }): string {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The request body is not valid JSON.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'The request body must be JSON: send it with "content-type: application/json".';
    default:
      return 'The request cannot be read.';
  }
}

function errorBody(error: AskgraphError, requestId: string): unknown {
  return { errors: [{ message: error.message, extensions: { code: error.code, requestId } }] };
}

function logRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method: request.method, path: request.url.split('?')[0], status: reply.statusCode, milliseconds },
      'request',
    );
  });
}

function corsOrigin(config: Config): boolean | string[] {
  if (config.corsOrigins.includes('*')) return true;
  return config.corsOrigins.length === 0 ? false : [...config.corsOrigins];
}

async function listen(fastify: FastifyInstance, config: Config): Promise<string> {
  try {
    return await fastify.listen({ host: config.host, port: config.port });
  } catch (error) {
    await fastify.close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      throw new AskgraphError(
        'PORT_IN_USE',
        `Port ${config.port} on ${config.host} is in use. Set PORT to another one, or stop what holds it.`,
        { cause: error },
      );
    }
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `Cannot listen on ${config.host}:${config.port} (${code ?? 'unknown reason'}).`,
      { cause: error },
    );
  }
}

async function closeAll(fastify: FastifyInstance, apollo: { stop(): Promise<void> }): Promise<void> {
  const hurry = setTimeout(() => fastify.server.closeAllConnections(), SHUTDOWN_MILLISECONDS);
  hurry.unref();
  await fastify.close();
  clearTimeout(hurry);
  await apollo.stop();
}
