import { randomBytes, randomUUID } from 'node:crypto';
import type { ApiKeys, StoredApiKey } from '../../prisma/api-keys.js';
import { openStore } from '../../prisma/store.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { readConfig } from '../config.js';
import { createApiKey } from '../identity/api-key.js';

export interface KeyOptions {
  readonly subject: string;
  readonly role?: readonly string[];
  readonly expires?: string;
}

/** Makes a key and prints it, the only time that it is seen. */
export async function createKey(options: KeyOptions, environment: Environment): Promise<void> {
  const { subject, role: roles = [] } = options;
  const expiresAt = options.expires === undefined ? undefined : instantOf(options.expires, new Date());
  const config = readConfig(environment);
  const { id, key } = await withKeys(environment, (keys) =>
    createApiKey(keys, { subject, roles, expiresAt }, { now: () => new Date(), randomBytes }),
  );
  process.stdout.write(`${key}\n`);
  process.stderr.write(
    `The key ${id} is shown this once. Send it as the header "x-api-key".${
      config.identity.apiKeys === 'accepted'
        ? ''
        : ' The gateway takes it where AUTH_API_KEYS=accepted is set.'
    }\n`,
  );
}

export async function listKeys(environment: Environment): Promise<void> {
  const now = new Date();
  const keys = await withKeys(environment, (found) => found.list());
  const lines = keys.map((key) =>
    [key.id, stateOf(key, now), key.createdAt.toISOString(), key.subject, key.roles.join(',')].join('\t'),
  );
  process.stdout.write(`${['id\tstate\tcreated\tsubject\troles', ...lines].join('\n')}\n`);
}

export async function revokeKey(id: string, environment: Environment): Promise<void> {
  await withKeys(environment, (keys) => keys.revoke(id, new Date()));
  process.stdout.write(`The key ${id} is revoked.\n`);
}

function stateOf({ revokedAt, expiresAt }: StoredApiKey, now: Date): string {
  if (revokedAt !== null) return `revoked ${revokedAt.toISOString()}`;
  if (expiresAt === null) return 'good';
  return `${expiresAt <= now ? 'expired' : 'good until'} ${expiresAt.toISOString()}`;
}

async function withKeys<Result>(
  environment: Environment,
  use: (keys: ApiKeys) => Promise<Result>,
): Promise<Result> {
  const { storeUrl: url, storeRows: rows } = readConfig(environment);
  const store = await openStore({ url, rows, now: () => new Date(), newId: randomUUID });
  try {
    return await use(store.apiKeys);
  } finally {
    await store.close();
  }
}

const DAY_MILLISECONDS = 86_400_000;

/** `90d`, or a date. Throws BAD_USER_INPUT. */
function instantOf(text: string, now: Date): Date {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  const instant =
    days === undefined ? new Date(text) : new Date(now.getTime() + Number(days) * DAY_MILLISECONDS);
  const isDate = days !== undefined || /^\d{4}-\d{2}-\d{2}/.test(text);
  if (isDate && !Number.isNaN(instant.getTime())) return instant;
  throw new AskgraphError(
    'BAD_USER_INPUT',
    `"${text}" is no end of a key; write 90d, or a date such as 2027-01-31.`,
  );
}
