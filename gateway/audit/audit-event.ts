import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import type { AuditEntry, AuditFacts, AuditKind } from '../../subgraphs/audit/audit-trail.js';

/** One link of a chain: what happened, with the hash of the event before it and its own. */
export interface AuditEvent {
  readonly version: 1;
  readonly chain: string;
  /** From 1, without a gap. */
  readonly sequence: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly kind: AuditKind;
  readonly decision: AuditEntry['decision'];
  readonly requestId: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly policyDigest: string;
  readonly domain?: string;
  readonly code?: string;
  readonly facts?: AuditFacts;
  /** SHA-256, in hex, of each text by its name. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly texts?: Readonly<Record<string, string>>;
  /** The hash of the chain's event before this one; sixty-four zeros in its first. */
  readonly previous: string;
  /** SHA-256, in hex, of the canonical JSON of all the rest. */
  readonly hash: string;
}

/** The last event of a chain, to which the next is tied. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export const NO_EVENTS: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

export interface SealOptions {
  readonly chain: string;
  readonly at: Date;
  readonly policyDigest: string;
  /** Whether texts are kept beside their digests. */
  readonly texts: 'digest' | 'full';
}

/** Makes an entry the link that follows `head`. */
export function seal(entry: AuditEntry, head: ChainHead, options: SealOptions): AuditEvent {
  const { kind, decision, requestId, caller, domain, code, facts, texts } = entry;
  const body: Omit<AuditEvent, 'hash'> = {
    version: 1,
    chain: options.chain,
    sequence: head.sequence + 1,
    at: options.at.toISOString(),
    kind,
    decision,
    requestId,
    subject: caller.subject,
    roles: caller.roles,
    policyDigest: options.policyDigest,
    ...(domain === undefined ? {} : { domain }),
    ...(code === undefined ? {} : { code }),
    ...(facts === undefined ? {} : { facts }),
    ...(texts === undefined ? {} : { digests: mapValues(texts, sha256) }),
    ...(texts === undefined || options.texts === 'digest' ? {} : { texts }),
    previous: head.hash,
  };
  return { ...body, hash: sha256(canonical(body)) };
}

/** The hash that an event ought to have. */
export function hashOf({ hash: _, ...body }: AuditEvent): string {
  return sha256(canonical(body));
}

/** JSON with the keys of every object in order and nothing between: the same for the same value, as RFC 8785 has it. */
export function canonical(value: object): string {
  return stringify(value) ?? '';
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
