import { randomBytes } from 'node:crypto';
import { startGatewayServer } from '../../gateway/gateway-server.js';
import { composeSupergraph } from '../../gateway/supergraph/compose.js';
import { subgraphSchema } from '../../gateway/supergraph/conformance/conformance.js';
import { readGatewayConfig } from '../../gateway/supergraph/gateway-config.js';
import { localTransport } from '../../gateway/supergraph/local.js';
import { createDocumentCache } from '../../gateway/supergraph/route/document-cache.js';
import { graphqlRoute } from '../../gateway/supergraph/route/graphql-route.js';
import { createPersistedQueries } from '../../gateway/supergraph/route/persisted-queries.js';
import { serve } from '../../gateway/supergraph/served.js';
import { createSupergraph } from '../../gateway/supergraph/supergraph.js';
import { readGlueSnapshot } from '../../schema/glue.js';
import { printSubgraphSdl } from '../../schema/print-sdl.js';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import { postgres } from '../../subgraphs/connectors/postgres.js';

// Our own typed API on the plain gateway, in one process: own.js <database URL> <port> <keys as JSON>
const [, , url = '', port = '', keys = '[]'] = process.argv;
const { hostname, port: databasePort, username, password, pathname } = new URL(url);

function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  references: Record<string, string> = {},
) {
  return {
    Name: name,
    Parameters: { 'askgraph.primaryKey': 'id' },
    StorageDescriptor: {
      Columns: Object.entries(columns).map(([Name, Type]) => ({
        Name,
        Type,
        ...(references[Name] === undefined
          ? {}
          : { Parameters: { 'askgraph.references': references[Name] } }),
      })),
    },
  };
}

const catalog = readGlueSnapshot({
  DatabaseList: [{ Name: 'bench' }],
  TableList: [
    table('author', { id: 'int', name: 'string', country: 'string', born: 'date' }),
    table(
      'book',
      {
        id: 'int',
        author_id: 'int',
        title: 'string',
        price: 'decimal(10,2)',
        published: 'date',
        pages: 'int',
      },
      { author_id: 'author.id' },
    ),
    table(
      'edition',
      { id: 'int', book_id: 'int', language: 'string', copies: 'int', price: 'decimal(10,2)' },
      { book_id: 'book.id' },
    ),
    table('sale', {
      id: 'int',
      book_id: 'int',
      region: 'string',
      channel: 'string',
      quantity: 'int',
      price: 'decimal(10,2)',
      sold_on: 'date',
      note: 'string',
    }),
  ],
});
const domain = { name: 'bench', description: 'Books.', metrics: [] };
const source = postgres({
  host: hostname,
  port: Number(databasePort || 5432),
  database: pathname.slice(1),
  schema: 'public',
  credentials: {
    kind: 'password',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  },
  tls: 'off',
  connections: 10,
  statementMilliseconds: 30_000,
});
const connector = await source.open({ domain: 'bench', dataDirectory: '', report: () => undefined });

// A second subgraph says which books: the first then finds them by their keys, as entities.
const references = (JSON.parse(keys) as number[]).map((id) => ({ id }));
const chosen = {
  sdl: `type Query { chosen: [BenchBook] }
    type BenchBook @key(fields: "id", resolvable: false) { id: Int! }`,
  resolvers: { Query: { chosen: () => references } },
};
const config = readGatewayConfig({ SUPERGRAPH: 'none', PORT: port });
const supergraph = await createSupergraph({
  sdl: await composeSupergraph([
    { name: 'bench', sdl: printSubgraphSdl(domain, catalog), url: 'local:bench' },
    {
      name: 'chosen',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
${chosen.sdl}`,
      url: 'local:chosen',
    },
  ]),
  transports: new Map([
    [
      'bench',
      localTransport({
        schema: buildSubgraphSchemaFor({ domain, catalog, connector, audit: NO_AUDIT }),
        parsedDocuments: 1000,
      }),
    ],
    ['chosen', localTransport({ schema: subgraphSchema(chosen), parsedDocuments: 1000 })],
  ]),
  preparedOperations: 1000,
});
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
  identify: async () => ({ subject: 'anonymous', roles: [], claims: {} }),
  maximumRequestBytes: config.requestLimitBytes,
  timeoutMilliseconds: config.requestTimeoutMilliseconds,
  dependsOnClient: () => false,
  returnRules: [],
  now: () => new Date(),
  newHex: (bytes) => randomBytes(bytes).toString('hex'),
  report: (error) => process.stderr.write(`${String(error)}\n`),
});
await startGatewayServer({ host: '127.0.0.1', port: config.port, graphql });
process.stdout.write('ready\n');
