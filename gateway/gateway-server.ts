import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AskgraphError } from '../schema/errors.js';

export interface GatewayServerOptions {
  readonly host: string;
  readonly port: number;
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface GatewayServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  /** Takes no new connections, and ends when the requests under way have been answered. */
  close(): Promise<void>;
}

const SHUTDOWN_MILLISECONDS = 10_000;

/** Puts a plain gateway on a port, on Node's own HTTP server: `/graphql` and `/health`. Throws PORT_IN_USE. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<GatewayServer> {
  let isClosing = false;
  const server = createServer((request, response) => {
    // A kept connection would hold the server open: whoever is still answered hears that it ends.
    if (isClosing) response.setHeader('connection', 'close');
    route(options, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(options, cause)));
    server.listen(options.port, options.host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/graphql`,
    async close() {
      isClosing = true;
      const hurry = setTimeout(() => server.closeAllConnections(), SHUTDOWN_MILLISECONDS);
      // A connection that is busy now is idle later: it is looked for until the last is gone.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(sweep);
      clearTimeout(hurry);
    },
  };
}

function route(options: GatewayServerOptions, ...[request, response]: Parameters<RequestListener>): void {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path === '/graphql') {
    void options.graphql(request, response);
  } else if (path === '/health' || path === '/health/live' || path === '/health/ready') {
    json(response, 200, { status: 'ready' });
  } else {
    const message = `There is nothing at ${request.method} ${path}.`;
    json(response, 404, { errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function cannotListen({ host, port }: GatewayServerOptions, cause: NodeJS.ErrnoException): AskgraphError {
  return cause.code === 'EADDRINUSE'
    ? new AskgraphError('PORT_IN_USE', `Port ${port} on ${host} is in use. Set PORT to another one.`, {
        cause,
      })
    : new AskgraphError('CONFIGURATION_INVALID', `Cannot listen on ${host}:${port} (${cause.code}).`, {
        cause,
      });
}
