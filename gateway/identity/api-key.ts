import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKeys, StoredApiKey } from '../../prisma/api-keys.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Identity } from './identity.js';
import { unauthenticated } from './refusal.js';

/** An API key as its holder has it: `agk_`, its public id, and a secret of 256 bits. */
const FORM = /^agk_([0-9a-f]{16})_([\w-]{43})$/;

export interface NewApiKey {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly expiresAt: Date | undefined;
}

export interface ApiKeyMaker {
  readonly now: () => Date;
  readonly randomBytes: (length: number) => Buffer;
}

/** Makes a key and keeps its hash. What is returned is told to its holder, and to nobody ever again. */
export async function createApiKey(
  keys: ApiKeys,
  { subject, roles, expiresAt }: NewApiKey,
  { now, randomBytes }: ApiKeyMaker,
): Promise<{ readonly id: string; readonly key: string }> {
  if (subject.trim() === '') throw new AskgraphError('BAD_USER_INPUT', 'A key needs a subject.');
  if (expiresAt !== undefined && expiresAt <= now())
    throw new AskgraphError('BAD_USER_INPUT', 'The key would have expired already.');
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  await keys.save({
    id,
    hash: hashOf(secret),
    subject,
    roles,
    createdAt: now(),
    expiresAt: expiresAt ?? null,
    revokedAt: null,
  });
  return { id, key: `agk_${id}_${secret}` };
}

/** Whose key it is. Every request looks it up, so that a revoked one is refused at once. */
export async function apiKeyIdentity(key: string, keys: ApiKeys, now: Date): Promise<Identity> {
  const [, id = '', secret = ''] = FORM.exec(key) ?? [];
  const stored = id === '' ? undefined : await keys.find(id);
  if (stored === undefined || !isSame(hashOf(secret), stored.hash))
    throw unauthenticated('invalid_token', 'The API key is not known.');
  if (stored.revokedAt !== null) throw unauthenticated('invalid_token', 'The API key has been revoked.');
  if (stored.expiresAt !== null && stored.expiresAt <= now)
    throw unauthenticated('invalid_token', 'The API key has expired.');
  return identityOf(stored);
}

function identityOf({ subject, roles, expiresAt }: StoredApiKey): Identity {
  return {
    caller: { subject, roles, claims: {} },
    method: 'apiKey',
    ...(expiresAt === null ? {} : { expiresAt }),
  };
}

/** A secret of 256 bits cannot be guessed, so one round is enough; passwords would need many. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
