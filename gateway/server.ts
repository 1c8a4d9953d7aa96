import { readFileSync } from 'node:fs';
import cors from '@fastify/cors';
import serveStatic from '@fastify/static';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { AskgraphError } from '../schema/errors.js';
import { closeGracefully } from '../subgraphs/close-gracefully.js';
import { makeApollo } from './apollo.js';
import type { Config } from './config.js';
import { ANONYMOUS, makeContext } from './context.js';
import { serveGraphql } from './graphql-route.js';
import { serveHealth } from './health-routes.js';
import { answerError, answerErrors } from './http-errors.js';
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

const REQUEST_ID_HEADER = 'x-request-id';

/** Puts the gateway on a port: GraphQL, the two pages, health. Throws PORT_IN_USE. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, gateway, logger } = options;
  const fastify = makeFastify(options);
  const apollo = await makeApollo(gateway.supergraph, logger);
  await fastify.register(cors, {
    origin: corsOrigin(config),
    methods: ['GET', 'POST'],
    exposedHeaders: [REQUEST_ID_HEADER],
    maxAge: 600,
  });
  answerErrors(fastify);
  nameRequests(fastify);
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
  return {
    url,
    async close() {
      await closeGracefully(fastify.server, () => fastify.close());
      await apollo.stop();
    },
  };
}

function makeFastify({ config, logger, newId }: ServerOptions): FastifyInstance {
  const fastify = Fastify({
    // Fastify's own news, such as where it listens, are told in the welcome already; requests are logged as set.
    loggerInstance: logger.child({}, { level: isQuieterThanWarn(logger.level) ? logger.level : 'warn' }),
    childLoggerFactory: (_, bindings, childOptions) =>
      logger.child(bindings, { ...childOptions, level: logger.level }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    frameworkErrors: answerError,
    bodyLimit: config.requestLimitBytes,
    genReqId: newId,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
  });
  // Nothing here takes plain text, which any page may send without asking first.
  fastify.removeContentTypeParser('text/plain');
  return fastify;
}

function isQuieterThanWarn(level: string): boolean {
  return ['silent', 'fatal', 'error'].includes(level);
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
  response.setHeader('referrer-policy', 'no-referrer');
}

function page(root: string, name: string): string {
  return readFileSync(`${root}/${name}`, 'utf8');
}

/** Every answer says which request it belongs to, so that an operator finds it in the log. */
function nameRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id).header('x-content-type-options', 'nosniff');
  });
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
