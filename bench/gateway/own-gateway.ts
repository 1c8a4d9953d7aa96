import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { startGatewayServer } from '../../gateway/gateway-server.js';
import { apolloGateway } from '../../gateway/supergraph/apollo-gateway.js';
import { subgraphSchema } from '../../gateway/supergraph/conformance/conformance.js';
import { readGatewayConfig } from '../../gateway/supergraph/gateway-config.js';
import { localTransport } from '../../gateway/supergraph/local.js';
import { openRemoteSupergraph } from '../../gateway/supergraph/remote-supergraph.js';
import { createDocumentCache } from '../../gateway/supergraph/route/document-cache.js';
import { graphqlRoute } from '../../gateway/supergraph/route/graphql-route.js';
import { createPersistedQueries } from '../../gateway/supergraph/route/persisted-queries.js';
import { serve } from '../../gateway/supergraph/served.js';
import { createSupergraph, type Supergraph } from '../../gateway/supergraph/supergraph.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { subgraphs } from './workload.js';

// Our own gateway: own-gateway.js <bare|apollo> <http|local> <supergraph file> <port> [deduplication]
const [, , front, back, file = '', port, deduplication = 'off'] = process.argv;
const config = readGatewayConfig({ SUPERGRAPH: file, PORT: port, DEDUPLICATION: deduplication });
const sdl = readFileSync(file, 'utf8');
const supergraph =
  back === 'local' ? await openLocal() : (await openRemoteSupergraph(sdl, config)).supergraph;
const caller = { subject: 'anonymous', roles: [], claims: {} };

if (front === 'apollo') {
  const gateway = apolloGateway<RequestContext>({ supergraph, requestContext: (context) => context });
  const server = new ApolloServer<RequestContext>({ gateway });
  await startStandaloneServer(server, {
    listen: { port: config.port, host: '127.0.0.1' },
    context: async () => ({
      requestId: randomUUID(),
      caller,
      signal: new AbortController().signal,
      asOf: new Date(),
    }),
  });
} else {
  const target = {
    served: serve(supergraph),
    check: createDocumentCache({
      schema: supergraph.schema,
      documents: config.preparedOperations,
      characters: config.documentCharacters,
      maximumTokens: config.maximumTokens,
      introspection: 'allowed',
    }),
  };
  const graphql = graphqlRoute({
    target: () => target,
    resolveQuery: createPersistedQueries({ characters: config.documentCharacters }),
    identify: async () => caller,
    maximumRequestBytes: config.requestLimitBytes,
    timeoutMilliseconds: config.requestTimeoutMilliseconds,
    dependsOnClient: () => false,
    returnRules: [],
    now: () => new Date(),
    newHex: (bytes) => randomBytes(bytes).toString('hex'),
    report: (error) => process.stderr.write(`${String(error)}\n`),
  });
  await startGatewayServer({ host: '127.0.0.1', port: config.port, graphql });
}
process.stdout.write('ready\n');

function openLocal(): Promise<Supergraph> {
  const transports = new Map(
    Object.entries(subgraphs).map(([name, fixture]) => [
      name,
      localTransport({ schema: subgraphSchema(fixture), parsedDocuments: 1000 }),
    ]),
  );
  return createSupergraph({ sdl, transports, preparedOperations: 1000 });
}
