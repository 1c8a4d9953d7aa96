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
  '@apollo/server': [
    'gateway/apollo.ts',
    'gateway/errors.ts',
    'gateway/graphql-route.ts',
    'gateway/introspection/introspection-answers.ts',
    'gateway/operation-limits.ts',
    'gateway/subscriptions/subscriptions.ts',
  ],
  '@apollo/subgraph': [
    'gateway/ask/schema/schema.ts',
    'subgraphs/product/product-schema.ts',
    'subgraphs/remote-subgraph.ts',
    'subgraphs/unavailable-subgraph.ts',
  ],
  '@aws-sdk/client-athena': ['subgraphs/connectors/athena-results.ts', 'subgraphs/connectors/athena.ts'],
  '@aws-sdk/client-bedrock-runtime': ['gateway/model/bedrock-embedding.ts', 'gateway/model/bedrock.ts'],
  '@aws-sdk/client-sagemaker-runtime': ['gateway/model/sagemaker.ts'],
  '@aws-sdk/client-glue': ['schema/glue-client.ts'],
  '@aws-sdk/client-secrets-manager': ['subgraphs/connectors/credentials.ts'],
  '@aws-sdk/rds-signer': ['subgraphs/connectors/credentials.ts'],
  '@duckdb/node-api': [
    'subgraphs/connectors/duckdb.ts',
    'subgraphs/connectors/sandbox.ts',
    'subgraphs/connectors/with-database.ts',
  ],
  '@fastify/cors': ['gateway/server.ts'],
  '@fastify/static': ['gateway/server.ts'],
  // Audit events and budgets are written with every request, for which Prisma is too slow; Prisma uses the same.
  '@libsql/client': [
    'prisma/sqlite/connect.ts',
    'prisma/sqlite/migrate.ts',
    'subgraphs/folder/sqlite-file.ts',
  ],
  '@polyglot-sql/sdk': ['subgraphs/sql/guard/parser.ts'],
  '@prisma/adapter-libsql': ['prisma/sqlite/open-sqlite.ts'],
  '@prisma/adapter-pg': ['prisma/postgres/open-postgres.ts'],
  '@theguild/federation-composition': ['gateway/supergraph/compose.ts'],
  cockatiel: ['gateway/model/retrying.ts', 'gateway/supergraph/resilient.ts'],
  commander: ['gateway/cli/run-command.ts'],
  dataloader: ['subgraphs/typed/batches.ts', 'subgraphs/typed/connections.ts'],
  fastify: ['gateway/server.ts'],
  'graphql-jit': ['gateway/supergraph/local.ts'],
  'graphql-sse': ['gateway/subscriptions/event-stream.ts'],
  ioredis: ['gateway/limits/open-redis.ts'],
  jose: ['gateway/identity/bearer-token.ts', 'gateway/identity/sign-in/session-seal.ts'],
  jsonrepair: ['gateway/model/object-text.ts'],
  'libpg-query': ['subgraphs/sql/guard/second-parser.ts'],
  mysql2: ['subgraphs/connectors/mysql-session.ts'],
  'openid-client': ['gateway/identity/sign-in/provider.ts'],
  openai: ['gateway/model/openai.ts'],
  pg: ['prisma/postgres/migrate.ts', 'prisma/postgres/pool.ts', 'subgraphs/connectors/postgres-session.ts'],
  pino: ['gateway/logger.ts'],
  'pino-pretty': ['gateway/logger.ts'],
  'rate-limiter-flexible': ['gateway/limits/rate-limits.ts'],
  'safe-stable-stringify': ['gateway/audit/audit-event.ts'],
  'snowflake-sdk': ['subgraphs/connectors/snowflake-session.ts'],
  stemmer: ['gateway/knowledge/text/tokenize.ts'],
};

/** What costs 100 to 500 ms or 20 to 60 MB to load: by package, or by the path of the generated store client. */
export const HEAVY =
  /^(@duckdb\/|@prisma\/|@libsql\/|@polyglot-sql\/|@graphql-hive\/|@theguild\/|@aws-sdk\/|@smithy\/|graphql-jit$|snowflake-sdk$|libpg-query$|pg$|mysql2($|\/)|ioredis$|openai$|prisma\/client(-postgres)?\/)/;

/** Files that may import each other: what they take of each other is called after the start. */
export const TOLERATED_CIRCLES = [
  // Conditions hold expressions, expressions conditions and queries, and where an engine ranks, queries again.
  'subgraphs/sql/rank-rows.ts ↔ subgraphs/sql/write-condition.ts ↔ subgraphs/sql/write-expression.ts ↔ subgraphs/sql/write-query.ts',
];

/** Where time and chance come from: where a process or a request begins. Everything else is handed them. */
export const CLOCKS = [
  'gateway/open-gateway.ts', // hands them to asking, and begins the requests that sample the domains
  'gateway/open-sources.ts', // hands them to the store
  'gateway/server.ts', // an HTTP request begins here
  'subgraphs/connectors/athena.ts', // chance only: it spreads the polls of many queries
  'gateway/cli/audit.ts', // when the store's tables are brought up to date
  'gateway/cli/ask.ts', // a question from the terminal begins here
  'gateway/cli/eval.ts', // each golden question is a request that begins here
  'gateway/cli/key.ts', // makes keys, and hands them their chance
  'gateway/cli/run-command.ts', // says the day of a pull
  'gateway/cli/gateway.ts', // the plain gateway's requests begin here
  'gateway/cli/subgraph.ts', // hands them to the server of a subgraph, and to the audit trail
  'gateway/remote-signer.ts', // every request to a subgraph elsewhere gets its time and its nonce
  'gateway/cli/serve.ts', // hands the ids of requests to the server
  'subgraphs/product/subgraph.ts', // hands them to the domain that it opens
  'subgraphs/remote-subgraph.ts', // the request for a remote subgraph's schema begins here
];

/** Production packages that no source of ours imports. */
export const USED_BY_OTHERS = [
  '@graphql-hive/router-query-planner', // the planner's own process loads it, by its path
  '@prisma/client', // the generated store clients, in prisma/client*, import its runtime
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
