import { appendFile, readFile } from 'node:fs/promises';
import { AskgraphError } from '../../schema/errors.js';
import type { AuditEvent } from './audit-event.js';

/** A place in a chain, kept apart from it: the chain must still hold it, and nothing before it can be changed unseen. */
export interface Anchor {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
  /** When the event was recorded. */
  readonly at: string;
}

export interface Anchors {
  /** Remembers the chain's newest event, to be written with the next anchor. */
  advance(event: AuditEvent): void;
  /** Writes the newest event down, where it was not yet. Never throws: what fails is reported. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/** Writes a chain's newest event into a file of its own every `everyMilliseconds` in which there was one. */
export function makeAnchors(options: {
  readonly file: string;
  readonly everyMilliseconds: number;
  readonly warn: (message: string, error: unknown) => void;
}): Anchors {
  let newest: AuditEvent | undefined;
  const drop = async (): Promise<void> => {
    if (newest === undefined) return;
    const { chain, sequence, hash, at } = newest;
    newest = undefined;
    try {
      await appendFile(options.file, `${JSON.stringify({ chain, sequence, hash, at })}\n`, { flush: true });
    } catch (error) {
      options.warn('the head of the audit trail cannot be anchored', error);
    }
  };
  const timer = setInterval(() => void drop(), options.everyMilliseconds).unref();
  return {
    advance(event) {
      newest = event;
    },
    drop,
    async close() {
      clearInterval(timer);
      await drop();
    },
  };
}

/** The anchors of a file; none where there is no file. Throws DATA_CORRUPT for a line that is not one. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new AskgraphError('BAD_USER_INPUT', `The anchors in "${file}" cannot be read.`, { cause: error });
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const anchor = parseAnchor(line);
    if (anchor !== undefined) return anchor;
    throw new AskgraphError('DATA_CORRUPT', `Line ${index + 1} of "${file}" is not an anchor.`);
  });
}

function parseAnchor(line: string): Anchor | undefined {
  try {
    const { chain, sequence, hash, at } = JSON.parse(line) as Partial<Record<keyof Anchor, unknown>>;
    return typeof chain === 'string' &&
      typeof sequence === 'number' &&
      typeof hash === 'string' &&
      typeof at === 'string'
      ? { chain, sequence, hash, at }
      : undefined;
  } catch {
    return undefined;
  }
}
