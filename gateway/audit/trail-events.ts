import type { AuditEntry } from '../../subgraphs/audit/audit-trail.js';
import type { Anchor } from './anchors.js';
import type { AuditEvent, ChainHead } from './audit-event.js';

/** The last event of a chain, or the last that was cut off it. */
export interface ChainPlace extends ChainHead {
  readonly chain: string;
}

/** That everything before an instant was deleted. */
export interface Checkpoint {
  /** ISO 8601. */
  readonly before: string;
  /** For every chain that does not begin with its first event, the last one that it has lost. */
  readonly cuts: readonly ChainPlace[];
}

const TRAIL = {
  kind: 'trail',
  decision: 'succeeded',
  requestId: 'trail',
  caller: { subject: 'askgraph', roles: [], claims: {} },
} as const;

/** The first event of a chain. It names the heads of the chains before it, so that none of them can be cut unseen. */
export function opened(heads: readonly ChainPlace[], process: { host: string; id: number }): AuditEntry {
  return { ...TRAIL, facts: { trail: 'opened', heads: heads.map(placeOf), process } };
}

/** The last event of a chain whose writer ended in order. */
export function closed(): AuditEntry {
  return { ...TRAIL, facts: { trail: 'closed' } };
}

export function checkpoint({ before, cuts }: Checkpoint): AuditEntry {
  return { ...TRAIL, facts: { trail: 'checkpoint', before, cuts: cuts.map(placeOf) } };
}

export function readCheckpoint({ kind, facts }: AuditEvent): Checkpoint | undefined {
  if (kind !== 'trail' || facts?.trail !== 'checkpoint' || typeof facts.before !== 'string') return undefined;
  return { before: facts.before, cuts: readPlaces(facts.cuts) };
}

/** The heads that an opening event names, as anchors of its own instant. */
export function readHeads({ kind, facts, at }: AuditEvent): Anchor[] {
  return kind === 'trail' && facts?.trail === 'opened'
    ? readPlaces(facts.heads).map((place) => ({ ...place, at }))
    : [];
}

function placeOf({ chain, sequence, hash }: ChainPlace) {
  return { chain, sequence, hash };
}

function readPlaces(value: unknown): ChainPlace[] {
  return Array.isArray(value) ? value.filter(isPlace).map(placeOf) : [];
}

function isPlace(value: unknown): value is ChainPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { chain, sequence, hash } = value as Partial<Record<keyof ChainPlace, unknown>>;
  return typeof chain === 'string' && Number.isSafeInteger(sequence) && typeof hash === 'string';
}
