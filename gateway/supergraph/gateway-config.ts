import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { type HeaderRule, readHeaderRules } from './header-rules.js';
import type { RemoteSupergraphOptions } from './remote-supergraph.js';

const milliseconds = z.coerce.number().int().min(1).max(3_600_000);
const count = z.coerce.number().int().min(1);

/** Every setting of a plain gateway, with its default, by the name of its environment variable. */
const settings = z.object({
  /** The file of the supergraph's SDL. */
  SUPERGRAPH: z.string('name the supergraph file (SUPERGRAPH or --supergraph)').min(1),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How long one request may take. */
  REQUEST_TIMEOUT_MS: milliseconds.default(30_000),
  /** The largest request body, in bytes. */
  REQUEST_LIMIT_BYTES: count.default(1_000_000),
  /** The most lexical tokens of one document. */
  DOCUMENT_LIMIT_TOKENS: count.default(10_000),
  /** How many characters of documents stay parsed, validated, planned and compiled. */
  DOCUMENT_CACHE_CHARACTERS: count.default(1_000_000),
  INTROSPECTION: z.enum(['allowed', 'refused']).default('allowed'),
  /** A file of the only operations that are answered. */
  SAFELIST: z.string().min(1).optional(),
  /** Headers that subgraphs get of the client's request: `authorization, x-tenant -> x-customer, x-key @ billing`. */
  FORWARD_HEADERS: z.string().default(''),
  /** How long one request to a subgraph may take. */
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(20_000),
  /** The largest answer of a subgraph, in bytes. */
  SUBGRAPH_LIMIT_BYTES: count.default(100_000_000),
  /** How many requests to one subgraph may be under way at once, and how many more may wait. */
  SUBGRAPH_CONCURRENCY: count.default(500),
  SUBGRAPH_QUEUE: z.coerce.number().int().min(0).default(5_000),
  /** How often a read is sent again after a connection has failed. */
  SUBGRAPH_RETRIES: z.coerce.number().int().min(0).max(10).default(2),
  /** How long a subgraph that fails more often than not is left alone. */
  SUBGRAPH_REST_MS: milliseconds.default(5_000),
  /** Whether reads of one caller that are the same and under way at once are sent once. */
  DEDUPLICATION: z.enum(['on', 'off']).default('off'),
});

export interface GatewayConfig extends RemoteSupergraphOptions {
  readonly supergraph: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly requestTimeoutMilliseconds: number;
  readonly requestLimitBytes: number;
  readonly maximumTokens: number;
  readonly documentCharacters: number;
  readonly introspection: 'allowed' | 'refused';
  readonly safelist: string | undefined;
  readonly headerRules: readonly HeaderRule[];
}

/** How many operations stay planned; the characters of their documents are a bound of their own. */
const PREPARED_OPERATIONS = 1_000;
const RETRY_MILLISECONDS = 50;

/** Checks the environment. Throws CONFIGURATION_INVALID with every wrong setting named. */
export function readGatewayConfig(environment: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The configuration is not valid. ${problems.join('; ')}`,
      {
        details: { problems },
      },
    );
  }
  const values = parsed.data;
  return {
    supergraph: values.SUPERGRAPH,
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    requestTimeoutMilliseconds: values.REQUEST_TIMEOUT_MS,
    requestLimitBytes: values.REQUEST_LIMIT_BYTES,
    maximumTokens: values.DOCUMENT_LIMIT_TOKENS,
    documentCharacters: values.DOCUMENT_CACHE_CHARACTERS,
    introspection: values.INTROSPECTION,
    safelist: values.SAFELIST,
    headerRules: readHeaderRules(values.FORWARD_HEADERS),
    preparedOperations: PREPARED_OPERATIONS,
    subgraphTimeoutMilliseconds: values.SUBGRAPH_TIMEOUT_MS,
    maximumResponseBytes: values.SUBGRAPH_LIMIT_BYTES,
    resilience: {
      concurrentRequests: values.SUBGRAPH_CONCURRENCY,
      waitingRequests: values.SUBGRAPH_QUEUE,
      retries: values.SUBGRAPH_RETRIES,
      retryMilliseconds: RETRY_MILLISECONDS,
      restMilliseconds: values.SUBGRAPH_REST_MS,
    },
    deduplication: values.DEDUPLICATION,
  };
}
