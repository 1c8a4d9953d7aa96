import { z } from 'zod';
import { AskgraphError } from '../schema/errors.js';
import { isLoopback } from '../schema/loopback.js';
import type { Environment } from '../subgraphs/define-subgraph.js';
import { type AuditConfig, auditSettings, readAuditConfig } from './audit/audit-config.js';
import { type IdentityConfig, identitySettings, readIdentity } from './config/identity-settings.js';
import { listOf, wholeNumber } from './config/setting.js';
import { type LimitsConfig, limitSettings, readLimitsConfig } from './limits/limits-config.js';
import { MODEL_SETTINGS, type ModelSettings } from './model/model-settings.js';
import {
  readSubgraphTraffic,
  type SubgraphTraffic,
  subgraphSettings,
} from './supergraph/subgraph-settings.js';

const LONGEST_TIMEOUT = 3_600_000;
const milliseconds = wholeNumber(1, LONGEST_TIMEOUT);

/** Every setting, with its default, by the name of its environment variable. */
const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  /** Folder of what Askgraph makes and keeps: demo data, the store. */
  ASKGRAPH_HOME: z.string().min(1).default('.askgraph'),
  /** A folder of data files, whose folders are the domains; without it they are those of this project. */
  ASKGRAPH_DATA: z.string().min(1).optional(),
  /** How often changes of catalogs and data are looked for; 0 for never. */
  ASKGRAPH_REFRESH_SECONDS: wholeNumber(0, 86_400).default(60),
  /** Whether relations that no catalog declares are inferred from the names of keys and columns. */
  ASKGRAPH_INFER_RELATIONS: z.enum(['on', 'off']).default('off'),
  /** Whether a change that breaks clients' queries is held back while the gateway runs. */
  ASKGRAPH_BREAKING_CHANGES: z.enum(['hold', 'apply']).default('hold'),
  /** The store: a `file:` URL, or that of a PostgreSQL database. Default: store.db in the home folder. */
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must start with "file:" or "postgresql://"')
    .optional(),
  /** Whether stored answers keep their rows. */
  ASKGRAPH_STORE_ROWS: z.enum(['kept', 'leftOut']).default('kept'),
  /** The role of those who may approve verified queries. */
  ASKGRAPH_STEWARD_ROLE: z.string().min(1).default('steward'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Origins that browsers may call from, separated by commas; `*` for any. */
  CORS_ORIGINS: z.string().default(''),
  /** How long one request may take. */
  REQUEST_TIMEOUT_MS: milliseconds.default(30_000),
  /** The largest request body, in bytes. */
  REQUEST_LIMIT_BYTES: wholeNumber(1_000, 100_000_000).default(1_000_000),
  /** Days for which conversations with their answers and feedback, and audit events, are kept; 0: for good. */
  CONVERSATION_DAYS: wholeNumber(0, 36_500).default(0),
  AUDIT_DAYS: wholeNumber(0, 36_500).default(0),
  /** Whether logs may hold what people asked and what engines said of it: questions, values, SQL. */
  LOG_TEXTS: z.enum(['redacted', 'full']).default('redacted'),
  ...auditSettings,
  ...limitSettings,
  /** Whether the schema may be asked for, and GraphiQL is served. Default: only on this machine. */
  INTROSPECTION: z.enum(['on', 'off']).optional(),
  GRAPHIQL: z.enum(['on', 'off']).optional(),
  ...subgraphSettings,
  ...identitySettings,
  ...MODEL_SETTINGS,
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly home: string;
  readonly dataFolder: string | undefined;
  /** In milliseconds; 0 for never. */
  readonly refreshInterval: number;
  readonly breakingChanges: 'hold' | 'apply';
  readonly relations: 'declared' | 'inferred';
  readonly storeUrl: string;
  readonly storeRows: 'kept' | 'leftOut';
  readonly stewardRole: string;
  readonly logLevel: string;
  readonly corsOrigins: readonly string[];
  readonly requestTimeoutMilliseconds: number;
  /** How subgraphs are asked. */
  readonly traffic: SubgraphTraffic;
  readonly requestLimitBytes: number;
  readonly logTexts: 'redacted' | 'full';
  readonly retention: RetentionConfig;
  readonly audit: AuditConfig;
  readonly limits: LimitsConfig;
  readonly introspection: 'on' | 'off';
  readonly graphiql: 'on' | 'off';
  readonly identity: IdentityConfig;
  readonly models: ModelSettings;
  /** Domains that run as servers of their own, by name: from `SUBGRAPH_<NAME>_URL`. */
  readonly remoteSubgraphs: ReadonlyMap<string, string>;
  /** Handed to the domains, which read their own variables. */
  readonly environment: Environment;
}

/** In days; 0: for good. */
export interface RetentionConfig {
  readonly conversations: number;
  readonly audit: number;
}

/** A path as a URL writes it: what would end or change it there is escaped. */
function inUrl(path: string): string {
  return path.replace(/[%?#]/g, encodeURIComponent);
}

/** Checks the environment once, here. Throws CONFIGURATION_INVALID with every wrong setting named. */
export function readConfig(environment: Environment): Config {
  const parsed = settings.safeParse(withoutEmpty(environment));
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.data;
  const storeUrl = values.DATABASE_URL ?? `file:${inUrl(values.ASKGRAPH_HOME)}/store.db`;
  const problems: string[] = [];
  const identity = readIdentity(values, values.HOST, (message) => problems.push(message));
  const traffic = readSubgraphTraffic(values, (message) => problems.push(message));
  if (problems.length > 0) throw invalid(problems);
  const forThisMachine = isLoopback(values.HOST) ? 'on' : 'off';
  return {
    host: values.HOST,
    port: values.PORT,
    home: values.ASKGRAPH_HOME,
    dataFolder: values.ASKGRAPH_DATA,
    refreshInterval: values.ASKGRAPH_REFRESH_SECONDS * 1_000,
    breakingChanges: values.ASKGRAPH_BREAKING_CHANGES,
    relations: values.ASKGRAPH_INFER_RELATIONS === 'on' ? 'inferred' : 'declared',
    storeUrl,
    storeRows: values.ASKGRAPH_STORE_ROWS,
    stewardRole: values.ASKGRAPH_STEWARD_ROLE,
    logLevel: values.LOG_LEVEL,
    corsOrigins: listOf(values.CORS_ORIGINS),
    requestTimeoutMilliseconds: values.REQUEST_TIMEOUT_MS,
    traffic,
    requestLimitBytes: values.REQUEST_LIMIT_BYTES,
    logTexts: values.LOG_TEXTS,
    retention: { conversations: values.CONVERSATION_DAYS, audit: values.AUDIT_DAYS },
    audit: readAuditConfig(values, { home: values.ASKGRAPH_HOME, storeUrl }),
    limits: readLimitsConfig(values),
    introspection: values.INTROSPECTION ?? forThisMachine,
    graphiql: values.GRAPHIQL ?? forThisMachine,
    identity,
    models: values,
    remoteSubgraphs: readRemoteSubgraphs(environment),
    environment,
  };
}

function readRemoteSubgraphs(environment: Environment): Map<string, string> {
  const remote = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    const domain = /^SUBGRAPH_([A-Z0-9_]+)_URL$/.exec(name)?.[1]?.toLowerCase();
    if (domain === undefined || value === undefined || value === '') continue;
    if (!URL.canParse(value) || !/^https?:/.test(value)) {
      throw invalid([`${name}: "${value}" is not an http or https URL.`]);
    }
    remote.set(domain, value);
  }
  return remote;
}

function invalid(problems: readonly string[]): AskgraphError {
  return new AskgraphError(
    'CONFIGURATION_INVALID',
    `The configuration is not valid. ${problems.join('; ')}`,
    { details: { problems } },
  );
}

/** An empty variable is an unset one, as in every shell script. */
function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
