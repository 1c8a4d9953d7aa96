import { readFile } from 'node:fs/promises';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { AskgraphError } from '../../schema/errors.js';
import { isLoopback } from '../../schema/loopback.js';
import type { Credentials } from './credentials.js';
import { type RunAs, readRunAs } from './run-as.js';

/** A database server, as a domain's settings name it. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly credentials: Credentials;
  readonly tls: Tls;
  /** How many statements may run at once. */
  readonly connections: number;
  /** The server stops a statement after so long even if nobody tells it to. */
  readonly statementMilliseconds: number;
  /** As whom statements run, if not as who signs in. */
  readonly runAs?: RunAs | undefined;
}

/** Whether the connection is encrypted, and whose certificates are believed beside the well-known ones. */
export type Tls = 'off' | { readonly caFile: string | undefined };

type Variables = Readonly<Record<string, string | undefined>>;

const CONNECTIONS = 8;
const STATEMENT_MILLISECONDS = 60_000;

/**
 * Reads the variables that start with a prefix: `_HOST`, `_PORT`, `_DATABASE`, `_USER` with `_PASSWORD`, `_SECRET` or
 * `_IAM_REGION`, `_TLS`, `_CA_FILE`, `_CONNECTIONS`, `_STATEMENT_TIMEOUT_MS` and `_RUN_AS`.
 * @throws CONFIGURATION_INVALID for what is missing or is no value of its setting.
 */
export function serverFromEnvironment(
  variables: Variables,
  prefix: string,
  defaults: { readonly port: number },
): ServerAddress {
  const read = (name: string) => variables[`${prefix}_${name}`] || undefined;
  const demand = (name: string) => read(name) ?? missing(`${prefix}_${name}`);
  const host = demand('HOST');
  return {
    host,
    port: wholeNumber(`${prefix}_PORT`, read('PORT'), defaults.port),
    database: demand('DATABASE'),
    credentials: readCredentials(prefix, read, demand),
    tls: readTls(prefix, host, read),
    connections: wholeNumber(`${prefix}_CONNECTIONS`, read('CONNECTIONS'), CONNECTIONS),
    statementMilliseconds: wholeNumber(
      `${prefix}_STATEMENT_TIMEOUT_MS`,
      read('STATEMENT_TIMEOUT_MS'),
      STATEMENT_MILLISECONDS,
    ),
    runAs: readRunAs(`${prefix}_RUN_AS`, read('RUN_AS')),
  };
}

type Read = (name: string) => string | undefined;

function readCredentials(prefix: string, read: Read, demand: (name: string) => string): Credentials {
  const secret = read('SECRET');
  if (secret !== undefined) return { kind: 'secret', id: secret, region: read('REGION') };
  const user = demand('USER');
  const region = read('IAM_REGION');
  if (region !== undefined) return { kind: 'iam', user, region };
  const password = read('PASSWORD');
  if (password === undefined && !isLoopback(demand('HOST'))) missing(`${prefix}_PASSWORD`);
  return { kind: 'password', user, password: password ?? '' };
}

/** On, unless the database is on this machine: only there does nobody listen on the way. */
function readTls(prefix: string, host: string, read: Read): Tls {
  const wanted = read('TLS') ?? (isLoopback(host) && read('CA_FILE') === undefined ? 'off' : 'on');
  if (wanted === 'off') return 'off';
  if (wanted === 'on') return { caFile: read('CA_FILE') };
  throw invalid(`${prefix}_TLS is "on" or "off", not "${wanted}".`);
}

/** What Node's TLS needs; undefined for a connection in the clear. */
export async function tlsOptions(tls: Tls): Promise<TlsOptions | undefined> {
  if (tls === 'off') return undefined;
  if (tls.caFile === undefined) return { rejectUnauthorized: true };
  try {
    return { rejectUnauthorized: true, ca: await readFile(tls.caFile, 'utf8') };
  } catch (error) {
    throw new AskgraphError('CONFIGURATION_INVALID', `The certificates in ${tls.caFile} can't be read.`, {
      cause: error,
    });
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw invalid(`${name} is a whole number above 0, not "${text}".`);
}

function missing(name: string): never {
  throw invalid(`${name} is not set.`);
}

function invalid(message: string): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', message);
}
