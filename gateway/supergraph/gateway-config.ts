import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import type { RemoteSupergraphOptions } from './remote-supergraph.js';
import { readSubgraphTraffic, subgraphSettings } from './subgraph-settings.js';

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
  ...subgraphSettings,
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
}

/** How many operations stay planned; the characters of their documents are a bound of their own. */
const PREPARED_OPERATIONS = 1_000;

/** Checks the environment. Throws CONFIGURATION_INVALID with every wrong setting named. */
export function readGatewayConfig(environment: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const values = parsed.data;
  const problems: string[] = [];
  const traffic = readSubgraphTraffic(values, (message) => problems.push(message));
  if (problems.length > 0) throw invalid(problems);
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
    preparedOperations: PREPARED_OPERATIONS,
    traffic,
  };
}

function invalid(problems: readonly string[]): AskgraphError {
  return new AskgraphError(
    'CONFIGURATION_INVALID',
    `The configuration is not valid. ${problems.join('; ')}`,
    { details: { problems } },
  );
}
