import type { Anchor } from './anchors.js';
import { type AuditEvent, type ChainHead, hashOf, NO_EVENTS } from './audit-event.js';
import type { ReadEvent } from './read-events.js';
import { type Checkpoint, readCheckpoint, readHeads } from './trail-events.js';

export interface VerifiedChain extends ChainHead {
  readonly chain: string;
  /** What its first event here says came before it. */
  readonly start: ChainHead;
  /** Whether its writer ended it. Otherwise it is still at work, was killed, or its last events are missing. */
  readonly end: 'closed' | 'open';
}

export interface Verification {
  readonly events: number;
  readonly chains: readonly VerifiedChain[];
  /** The first break that was found; undefined where every link holds. */
  readonly broken: Break | undefined;
}

export interface Break {
  /** A file and its line, or a row of the store. */
  readonly place: string;
  readonly reason: string;
}

export interface VerifyOptions {
  /** Read twice: what an event says of others is known before they are come to. */
  readonly events: () => AsyncIterable<ReadEvent>;
  readonly anchors: readonly Anchor[];
  /** `part`: some files out of more, in which the beginning of a chain and other chains are not missed. */
  readonly scope: 'whole' | 'part';
}

/**
 * Goes through every chain link by link: an event that was altered has another hash; one that was deleted, put in or
 * moved breaks the sequence. That the end of a chain or a whole chain is missing shows by the anchors, and by what
 * later chains say of the heads that they found.
 */
export async function verifyChains({ events, anchors, scope }: VerifyOptions): Promise<Verification> {
  const { checkpoints, heads } = await readTrailEvents(events());
  const known = [...anchors, ...heads];
  const wanted = new Map(known.map((anchor) => [keyOf(anchor), anchor]));
  const chains = new Map<string, VerifiedChain>();
  let count = 0;
  const result = (broken: Break | undefined): Verification => ({
    events: count,
    chains: [...chains.values()],
    broken,
  });

  for await (const { place, event } of events()) {
    if (event === undefined) return result({ place, reason: 'this is no audit event, or was altered' });
    const before = chains.get(event.chain);
    const reason = breakBetween(before, event) ?? breakWith(wanted.get(keyOf(event)), event);
    if (reason !== undefined) return result({ place, reason });
    count += 1;
    chains.set(event.chain, grow(before, event));
  }
  return result(scope === 'part' ? undefined : firstMissing(chains, known, checkpoints));
}

async function readTrailEvents(
  events: AsyncIterable<ReadEvent>,
): Promise<{ checkpoints: Checkpoint[]; heads: Anchor[] }> {
  const checkpoints: Checkpoint[] = [];
  const heads: Anchor[] = [];
  for await (const { event } of events) {
    if (event?.kind !== 'trail') continue;
    const checkpoint = readCheckpoint(event);
    if (checkpoint !== undefined) checkpoints.push(checkpoint);
    heads.push(...readHeads(event));
  }
  return { checkpoints, heads };
}

function breakBetween(before: VerifiedChain | undefined, event: AuditEvent): string | undefined {
  if (hashOf(event) !== event.hash) return 'the event was altered: it has another hash than it says';
  if (before !== undefined) {
    if (event.sequence !== before.sequence + 1) {
      return `event ${event.sequence} of chain ${event.chain} follows event ${before.sequence}`;
    }
    if (event.previous !== before.hash) return 'the event is not tied to the one before it';
  } else if (event.sequence === 1 && event.previous !== NO_EVENTS.hash) {
    return 'the first event of a chain is tied to one before it';
  }
  return undefined;
}

function breakWith(anchor: Anchor | undefined, event: AuditEvent): string | undefined {
  return anchor === undefined || anchor.hash === event.hash
    ? undefined
    : 'the event has another hash than was anchored: the chain was written anew';
}

function grow(before: VerifiedChain | undefined, event: AuditEvent): VerifiedChain {
  const { chain, sequence, hash, previous } = event;
  const start = before?.start ?? { sequence: sequence - 1, hash: previous };
  const isClosed = event.kind === 'trail' && event.facts?.trail === 'closed';
  return { chain, sequence, hash, start, end: isClosed ? 'closed' : 'open' };
}

/** What is not there although something says that it was, and no checkpoint says that its time had come. */
function firstMissing(
  chains: ReadonlyMap<string, VerifiedChain>,
  anchors: readonly Anchor[],
  checkpoints: readonly Checkpoint[],
): Break | undefined {
  const cuts = checkpoints.flatMap((checkpoint) => checkpoint.cuts);
  const isCut = new Set(cuts.map((cut) => `${keyOf(cut)} ${cut.hash}`));
  for (const { chain, start } of chains.values()) {
    if (start.sequence === 0 || isCut.has(`${keyOf({ chain, ...start })} ${start.hash}`)) continue;
    const reason = `the events before ${start.sequence + 1} are missing, and no checkpoint tells of it`;
    return { place: `chain ${chain}`, reason };
  }
  const keptSince = checkpoints.reduce((latest, { before }) => (before > latest ? before : latest), '');
  for (const { chain, sequence, at } of anchors) {
    const found = chains.get(chain);
    const isExpired = () =>
      at < keptSince || cuts.some((cut) => cut.chain === chain && cut.sequence >= sequence);
    if (found === undefined ? isExpired() : sequence <= found.sequence) continue;
    const last = found === undefined ? 'the whole chain is' : `the events after ${found.sequence} are`;
    return { place: `chain ${chain}`, reason: `${last} missing: it once reached event ${sequence}` };
  }
  return undefined;
}

function keyOf({ chain, sequence }: { chain: string; sequence: number }): string {
  return `${chain}/${sequence}`;
}
