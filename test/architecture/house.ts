/**
 * Who owns which package of the server. An SDK or an engine has the files that speak to it and no other; a package
 * that is `shared` is a language of the whole house. Types may be imported anywhere.
 */
export const OWNERS: Readonly<Record<string, readonly string[] | 'shared'>> = {
  graphql: 'shared',
  'type-graphql': 'shared',
  'reflect-metadata': 'shared',
  zod: 'shared',
  'lru-cache': 'shared',
  '@apollo/server': ['gateway/apollo.ts', 'gateway/graphql-route.ts', 'gateway/operation-limits.ts'],
  '@apollo/subgraph': [
    'gateway/ask/schema/schema.ts',
    'subgraphs/build-schema.ts',
    'subgraphs/product/product-schema.ts',
    'subgraphs/remote-subgraph.ts',
  ],
  '@aws-sdk/client-athena': ['subgraphs/connectors/athena-results.ts', 'subgraphs/connectors/athena.ts'],
  '@aws-sdk/client-glue': ['schema/glue-client.ts'],
  '@aws-sdk/client-secrets-manager': ['subgraphs/connectors/credentials.ts'],
  '@aws-sdk/rds-signer': ['subgraphs/connectors/credentials.ts'],
  '@duckdb/node-api': [
    'subgraphs/connectors/demo-file.ts',
    'subgraphs/connectors/duckdb.ts',
    'subgraphs/connectors/sandbox.ts',
  ],
  '@fastify/cors': ['gateway/server.ts'],
  '@fastify/static': ['gateway/server.ts'],
  '@graphql-hive/router-query-planner': ['gateway/supergraph/plan.ts'],
  '@libsql/client': ['prisma/migrate.ts'],
  '@polyglot-sql/sdk': ['subgraphs/sql/guard/parser.ts'],
  '@prisma/adapter-libsql': ['prisma/open-database.ts'],
  '@theguild/federation-composition': ['gateway/supergraph/compose.ts'],
  cockatiel: ['gateway/supergraph/resilient.ts'],
  commander: ['gateway/cli/run-command.ts'],
  dataloader: ['subgraphs/typed/batches.ts'],
  fastify: ['gateway/server.ts'],
  'graphql-jit': ['gateway/supergraph/local.ts'],
  mysql2: ['subgraphs/connectors/mysql-session.ts'],
  pg: ['subgraphs/connectors/postgres-session.ts'],
  pino: ['gateway/logger.ts'],
  'pino-pretty': ['gateway/logger.ts'],
  'snowflake-sdk': ['subgraphs/connectors/snowflake-session.ts'],
  stemmer: ['gateway/knowledge/text/tokenize.ts'],
};

/** What costs 100 to 500 ms or 20 to 60 MB to load: by package, or by the path of the generated store client. */
export const HEAVY =
  /^(@duckdb\/|@prisma\/|@libsql\/|@polyglot-sql\/|@graphql-hive\/|@theguild\/|@aws-sdk\/|@smithy\/|graphql-jit$|snowflake-sdk$|pg$|mysql2($|\/)|openai$|prisma\/client\/)/;

/** Files that may import each other: what they take of each other is called after the start. */
export const TOLERATED_CIRCLES = [
  // Conditions hold expressions, expressions conditions and queries, and where an engine ranks, queries again.
  'subgraphs/sql/rank-picks.ts ↔ subgraphs/sql/write-condition.ts ↔ subgraphs/sql/write-expression.ts ↔ subgraphs/sql/write-query.ts',
];

/** Where time and chance come from: where a process or a request begins. Everything else is handed them. */
export const CLOCKS = [
  'gateway/open-gateway.ts', // hands them to asking, and begins the requests that sample the domains
  'gateway/open-sources.ts', // hands them to the store
  'gateway/server.ts', // an HTTP request begins here
  'subgraphs/connectors/athena.ts', // chance only: it spreads the polls of many queries
  'gateway/cli/ask.ts', // a question from the terminal begins here
  'gateway/cli/gateway.ts', // the plain gateway's requests begin here
  'gateway/cli/serve.ts', // hands the ids of requests to the server
  'subgraphs/product/subgraph.ts', // hands them to the domain that it opens
  'subgraphs/remote-subgraph.ts', // the request for a remote subgraph's schema begins here
];

/** Production packages that no source of ours imports. */
export const USED_BY_OTHERS = [
  '@prisma/client', // the generated store client, in prisma/client, imports its runtime
  'graphql-scalars', // a peer that type-graphql loads
];

/** Licences that permit use, change, sale and offering as a service, with a notice at most. */
export const ALLOWED_LICENCES = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0', // permissive, in plain words: lru-cache, glob, minimatch and what they bring
];

/**
 * What is under another licence all the same, each with its reason. @apollo/subgraph is MIT, but reads schemas with
 * Apollo's internals, which the Elastic licence keeps from being offered as a service of their own.
 */
export const TOLERATED_LICENCES = [
  '@apollo/subgraph > @apollo/federation-internals is under Elastic-2.0',
  // Public domain, in other words.
  'snowflake-sdk > big-integer is under Unlicense',
  // MIT, which its package.json says in a form that npm gave up long ago.
  'snowflake-sdk > simple-lru-cache is under no licence that its package.json names',
];
