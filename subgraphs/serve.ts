import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DocumentNode, execute, GraphQLError, parse, validate } from 'graphql';
import { AskgraphError, asAskgraphError } from '../schema/errors.js';
import { closeGracefully } from './close-gracefully.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { decodeRequestHeaders } from './request-headers.js';

export interface SubgraphServerOptions {
  readonly host: string;
  readonly port: number;
  readonly bodyLimitBytes: number;
  readonly timeoutMilliseconds: number;
}

export interface SubgraphServer {
  /** Where GraphQL is posted to. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves one subgraph to a gateway in another process: GraphQL by POST at `/graphql`, and `/health`. */
export async function serveSubgraphHttp(
  subgraph: OpenSubgraph,
  options: SubgraphServerOptions,
): Promise<SubgraphServer> {
  const server = createServer((request, response) => {
    answer(subgraph, options, request, response).catch((thrown: unknown) => sendError(response, thrown));
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
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/health' && request.method === 'GET') {
    await subgraph.checkHealth();
    return send(response, 200, { status: 'ready' });
  }
  if (path !== '/graphql') throw new AskgraphError('NOT_FOUND', `There is nothing at ${path}.`);
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return send(response, 405, errorBody(new AskgraphError('BAD_REQUEST', 'Send GraphQL by POST.')));
  }
  const { query, variables, operationName } = await readBody(request, options.bodyLimitBytes);
  const document = parseQuery(query);
  const problems = validate(subgraph.schema, document);
  if (problems.length > 0)
    return send(response, 400, { errors: problems.map((problem) => withCode(problem)) });
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const signal = AbortSignal.any([AbortSignal.timeout(options.timeoutMilliseconds), gone.signal]);
  const result = await execute({
    schema: subgraph.schema,
    document,
    contextValue: { ...decodeRequestHeaders(request.headers), signal },
    ...(variables === undefined ? {} : { variableValues: variables }),
    ...(operationName === undefined ? {} : { operationName }),
  });
  send(
    response,
    200,
    result.errors === undefined
      ? result
      : { ...result, errors: result.errors.map((error) => withCode(error)) },
  );
}

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit)
      throw new AskgraphError('PAYLOAD_TOO_LARGE', `The request is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  const body = parseJson(Buffer.concat(chunks).toString('utf8'));
  if (typeof body !== 'object' || body === null || typeof (body as Body).query !== 'string') {
    throw new AskgraphError('BAD_REQUEST', 'The request body must be a JSON object with a "query".');
  }
  const { query, variables, operationName } = body as Body;
  return {
    query,
    ...(typeof variables === 'object' && variables !== null ? { variables } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AskgraphError('BAD_REQUEST', 'The request body is not valid JSON.', { cause });
  }
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (cause) {
    throw new AskgraphError(
      'BAD_REQUEST',
      cause instanceof GraphQLError ? cause.message : 'The query does not parse.',
      { cause },
    );
  }
}

/** The code and the facts of an error of ours travel with it; its cause stays here. */
function withCode(error: GraphQLError): unknown {
  const { originalError } = error;
  if (originalError instanceof AskgraphError) {
    const { code, details, domain } = originalError;
    return {
      ...error.toJSON(),
      extensions: {
        code,
        ...(domain === undefined ? {} : { domain }),
        ...(Object.keys(details).length === 0 ? {} : { details }),
      },
    };
  }
  const isOurs = originalError === undefined || originalError instanceof GraphQLError;
  return {
    ...error.toJSON(),
    message: isOurs ? error.message : 'Something went wrong inside the subgraph.',
    extensions: { code: isOurs ? 'BAD_USER_INPUT' : 'INTERNAL' },
  };
}

function sendError(response: ServerResponse, thrown: unknown): void {
  const error = asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the subgraph.');
  if (response.headersSent) response.destroy();
  else send(response, error.status === 499 ? 400 : error.status, errorBody(error));
}

function errorBody(error: AskgraphError): unknown {
  return { errors: [{ message: error.message, extensions: { code: error.code } }] };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
