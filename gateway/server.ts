import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import cors from '@fastify/cors';
import serveStatic from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { GraphQLError } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import { closeGracefully } from '../subgraphs/close-gracefully.js';
import type { Caller } from '../subgraphs/request-context.js';
import { makeApollos } from './apollos.js';
import { auditRefusals, noteRefusal } from './audit/audit-refusals.js';
import type { Config } from './config.js';
import { makeContext } from './context.js';
import { formatError, formatWithoutSuggestions } from './errors.js';
import { serveGraphql } from './graphql-route.js';
import { serveHealth } from './health-routes.js';
import { explainHiddenNames } from './hidden-names.js';
import { answerError, answerErrors } from './http-errors.js';
import { makeAuthenticator } from './identity/authenticate.js';
import { type Identify, identifyCallers, serveIdentity } from './identity/identify.js';
import type { Identity } from './identity/identity.js';
import { unauthenticated } from './identity/refusal.js';
import { makeSignIn } from './identity/sign-in/sign-in.js';
import { serveSignIn } from './identity/sign-in/sign-in-routes.js';
import { makeIntrospectionAnswers } from './introspection/introspection-answers.js';
import { limitIdentify } from './limits/limit-identify.js';
import type { Gateway } from './open-gateway.js';
import { makeSubscriptions } from './subscriptions/subscriptions.js';
import { traceContext } from './supergraph/route/trace-context.js';

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

/** Random bytes in hexadecimal, as trace contexts are made of. */
const newHex = (bytes: number): string => randomBytes(bytes).toString('hex');

const REQUEST_ID_HEADER = 'x-request-id';

/** Puts the gateway on a port: GraphQL, the two pages, health. Throws PORT_IN_USE. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, gateway, logger } = options;
  const fastify = makeFastify(options);
  const introspections = makeIntrospectionAnswers();
  const format = config.introspection === 'on' ? formatError : formatWithoutSuggestions;
  const present = (error: GraphQLError) => format(error.toJSON(), error);
  const subscriptions = makeSubscriptions(gateway.subscribe, present);
  const apollos = makeApollos(gateway.visible, {
    logger,
    introspection: config.introspection,
    operationLimits: config.limits.operation,
    callerLimits: gateway.limits,
    plugins: [
      explainHiddenNames({
        namedSchemaOf: gateway.namedSchema,
        wholeSchema: () => gateway.supergraph.schema,
        policyDigestOf: (caller) => gateway.accessOf(caller).digest,
        audit: gateway.audit,
      }),
      auditRefusals(gateway.audit),
      introspections.plugin,
      subscriptions.plugin,
    ],
  });
  const { signIn: signInConfig } = config.identity;
  const now = () => new Date();
  let url = '';
  const signIn =
    signInConfig === undefined
      ? undefined
      : makeSignIn({
          config: signInConfig,
          publicUrl: () => new URL('/', signInConfig.publicUrl ?? url),
          sessions: gateway.sessions,
          now,
          randomBytes,
        });
  const authenticate = makeAuthenticator({
    config: config.identity,
    apiKeys: gateway.apiKeys,
    signIn,
    now,
  });
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
  const identify = limitIdentify(identifyCallers(fastify, authenticate), gateway.limits, gateway.audit);
  serveIdentity(fastify, authenticate, signIn);
  if (signIn !== undefined) serveSignIn(fastify, signIn);
  serveGraphql(fastify, {
    apolloFor: apollos.of,
    introspections,
    subscriptions,
    present,
    credentialEnds: ({ identity }) => endOf(identity, config, now()),
    run: gateway.run,
    page: config.graphiql === 'on' ? () => page(options.webRoot, 'graphiql.html') : undefined,
    identify,
    returnRules: config.traffic.returnRules,
    makeContext: (request, clientGone, onAnswer) =>
      makeContext({
        requestId: request.id,
        caller: callerOf(request),
        now: now(),
        timeoutMilliseconds: config.requestTimeoutMilliseconds,
        clientGone,
        http: { headers: request.headers, trace: traceContext(request.headers, newHex), onAnswer },
      }),
    callers: gateway.limits,
    responseLimitBytes: config.limits.responseBytes,
    onRefused: (error, context) => noteRefusal(gateway.audit, error, context),
  });
  serveAskPage(fastify, gateway, identify);
  await fastify.register(serveStatic, {
    root: options.webRoot,
    index: ['index.html'],
    // Served as `/graphql`, or not at all.
    allowedPath: (path) => path !== '/graphiql.html',
    maxAge: '1h',
    setHeaders: protectPage,
  });
  url = await listen(fastify, config);
  return {
    url,
    async close() {
      await closeGracefully(fastify.server, () => fastify.close());
      await apollos.stop();
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
    trustProxy: config.limits.trustedProxies.length === 0 ? false : [...config.limits.trustedProxies],
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

/** In how many milliseconds who asks is nobody any longer; undefined where that is not set. */
function endOf(identity: Identity | null, { identity: { tokens } }: Config, now: Date): number | undefined {
  if (identity?.expiresAt === undefined) return undefined;
  const skew = identity.method === 'token' ? (tokens?.clockSkewSeconds ?? 0) * 1_000 : 0;
  return identity.expiresAt.getTime() + skew - now.getTime();
}

function callerOf({ identity }: FastifyRequest): Caller {
  if (identity === null) throw unauthenticated('missing', 'Say who you are.');
  return identity.caller;
}

/** The Ask page's own data: what the caller can ask, by domain. */
function serveAskPage(fastify: FastifyInstance, gateway: Gateway, identify: Identify): void {
  fastify.get('/ask/examples.json', { onRequest: identify }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { domains } = gateway.accessOf(callerOf(request));
    const visible = gateway.subgraphs.filter(({ name }) => domains.get(name)?.domain === 'visible');
    return {
      domains: visible.map(({ definition, engine }) => ({
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
