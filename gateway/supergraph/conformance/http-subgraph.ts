import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GraphQLSchema, graphql } from 'graphql';
import { decodeRequestHeaders } from '../../../subgraphs/request-headers.js';

export interface HttpSubgraph {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a subgraph schema on a free port of this machine. Every operation is validated first. */
export async function serveSubgraph(schema: GraphQLSchema): Promise<HttpSubgraph> {
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const { query, variables, operationName } = JSON.parse(body);
        const contextValue = decodeRequestHeaders(request.headers);
        return graphql({ schema, source: query, variableValues: variables, operationName, contextValue });
      })
      .catch((error: unknown) => ({ errors: [{ message: String(error) }] }))
      .then((result) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(result));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
