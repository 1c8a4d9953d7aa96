import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AskgraphError } from '../schema/errors.js';
import { withDeadline } from '../schema/signals.js';
import { BYTES_SCANNED } from './bytes-scanned.js';
import { closeGracefully } from './close-gracefully.js';
import type { OpenSubgraph } from './open-subgraph.js';
import type { RequestContext } from './request-context.js';
import { decodeRequestHeaders } from './request-headers.js';
import { send, sendError, sendNotAllowed } from './server/answers.js';
import { answerGraphql } from './server/graphql-route.js';
import { readBody } from './server/read-body.js';
import { answerExplain, answerSql, describe } from './server/sql-route.js';
import { requestVerifier, type VerifyRequest } from './signature/verify-request.js';

export interface SubgraphServerOptions {
  readonly host: string;
  readonly port: number;
  readonly bodyLimitBytes: number;
  readonly timeoutMilliseconds: number;
  /** What its gateway signs with. */
  readonly keys: readonly string[];
  readonly now: () => Date;
}

export interface SubgraphServer {
  /** Where GraphQL is posted to. */
  readonly url: string;
  close(): Promise<void>;
}

const PATHS: ReadonlySet<string> = new Set(['/graphql', '/sql', '/explain', '/description']);

/**
 * Serves one subgraph to a gateway in another process: GraphQL at `/graphql`, SQL at `/sql` (planned and not run at
 * `/explain`), what it is at `/description`, all by POST and signed; and `/health`, which says nothing but whether it answers.
 */
export async function serveSubgraphHttp(
  subgraph: OpenSubgraph,
  options: SubgraphServerOptions,
): Promise<SubgraphServer> {
  const verify = requestVerifier({ audience: subgraph.name, keys: options.keys, now: options.now });
  const server = createServer((request, response) => {
    answer(subgraph, options, verify, request, response).catch((thrown: unknown) =>
      sendError(response, thrown),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === 'EADDRINUSE';
      const message = inUse
        ? `Port ${options.port} on ${options.host} is in use.`
        : `Cannot listen on ${options.host}:${options.port}.`;
      reject(new AskgraphError(inUse ? 'PORT_IN_USE' : 'CONFIGURATION_INVALID', message, { cause }));
    });
    server.listen(options.port, options.host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/graphql`,
    close: () => closeGracefully(server, () => new Promise((resolve) => void server.close(() => resolve()))),
  };
}

async function answer(
  subgraph: OpenSubgraph,
  options: SubgraphServerOptions,
  verify: VerifyRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/health' && request.method === 'GET') {
    await subgraph.checkHealth();
    return send(response, 200, { status: 'ready' });
  }
  verify.headers(request);
  const body = await readBody(request, options.bodyLimitBytes);
  verify.whole(request, body);
  if (path === undefined || !PATHS.has(path))
    throw new AskgraphError('NOT_FOUND', `There is nothing at ${path}.`);
  if (request.method !== 'POST') return sendNotAllowed(response, 'POST');
  if (path === '/description') return send(response, 200, describe(subgraph));
  const context = contextOf(request, response, options);
  if (path === '/sql') return answerSql(subgraph, body, context, response);
  if (path === '/explain') return answerExplain(subgraph, body, context, response);
  return answerGraphql(subgraph, body, context, response);
}

/** As the gateway's, with a signal of this process: it aborts at the nearer deadline, or when the gateway hangs up. */
function contextOf(
  request: IncomingMessage,
  response: ServerResponse,
  { timeoutMilliseconds, now }: SubgraphServerOptions,
): RequestContext {
  const { timeLeft = timeoutMilliseconds, ...rest } = decodeRequestHeaders(request.headers);
  const milliseconds = Math.min(timeLeft, timeoutMilliseconds);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  let bytes = 0;
  return {
    ...rest,
    // The gateway charges them to whoever asked.
    meter: {
      scanned(count) {
        bytes += count;
        if (!response.headersSent) response.setHeader(BYTES_SCANNED, String(bytes));
      },
    },
    deadline: new Date(now().getTime() + milliseconds),
    signal: withDeadline(gone.signal, Math.ceil(milliseconds)),
  };
}
