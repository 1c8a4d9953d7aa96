import { z } from 'zod';
import { AskgraphError } from '../schema/errors.js';
import type { Environment } from '../subgraphs/define-subgraph.js';

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

const LONGEST_TIMEOUT = 3_600_000;
const milliseconds = wholeNumber(1, LONGEST_TIMEOUT);

/** Every setting, with its default, by the name of its environment variable. */
const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  /** Folder of what Askgraph makes and keeps: demo data, the store. */
  ASKGRAPH_HOME: z.string().min(1).default('.askgraph'),
  /** The store of conversations and answers; a `file:` URL. Default: store.db in the home folder. */
  DATABASE_URL: z.string().startsWith('file:', 'must start with "file:"').optional(),
  /** Whether stored answers keep their rows. */
  ASKGRAPH_STORE_ROWS: z.enum(['kept', 'leftOut']).default('kept'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Origins that browsers may call from, separated by commas; `*` for any. */
  CORS_ORIGINS: z.string().default(''),
  /** How long one request may take. */
  REQUEST_TIMEOUT_MS: milliseconds.default(30_000),
  /** How long one request to a remote subgraph may take. */
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(20_000),
  /** The largest request body, in bytes. */
  REQUEST_LIMIT_BYTES: wholeNumber(1_000, 100_000_000).default(1_000_000),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly home: string;
  readonly storeUrl: string;
  readonly storeRows: 'kept' | 'leftOut';
  readonly logLevel: string;
  readonly corsOrigins: readonly string[];
  readonly requestTimeoutMilliseconds: number;
  readonly subgraphTimeoutMilliseconds: number;
  readonly requestLimitBytes: number;
  /** Domains that run as servers of their own, by name: from `SUBGRAPH_<NAME>_URL`. */
  readonly remoteSubgraphs: ReadonlyMap<string, string>;
  /** Handed to the domains, which read their own variables. */
  readonly environment: Environment;
}

/** Checks the environment once, here. Throws CONFIGURATION_INVALID with every wrong setting named. */
export function readConfig(environment: Environment): Config {
  const parsed = settings.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The configuration is not valid. ${problems.join('; ')}`,
      { details: { problems } },
    );
  }
  const values = parsed.data;
  return {
    host: values.HOST,
    port: values.PORT,
    home: values.ASKGRAPH_HOME,
    storeUrl: values.DATABASE_URL ?? `file:${values.ASKGRAPH_HOME}/store.db`,
    storeRows: values.ASKGRAPH_STORE_ROWS,
    logLevel: values.LOG_LEVEL,
    corsOrigins: values.CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    requestTimeoutMilliseconds: values.REQUEST_TIMEOUT_MS,
    subgraphTimeoutMilliseconds: values.SUBGRAPH_TIMEOUT_MS,
    requestLimitBytes: values.REQUEST_LIMIT_BYTES,
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
      throw new AskgraphError(
        'CONFIGURATION_INVALID',
        `The configuration is not valid. ${name}: "${value}" is not an http or https URL.`,
      );
    }
    remote.set(domain, value);
  }
  return remote;
}

/** An empty variable is an unset one, as in every shell script. */
function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
