import { AskgraphError } from '../schema/errors.js';

/** A place in a list that is ordered by instant and then by id: both never change, so the place stays good. */
export interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

export function writeCursor({ createdAt, id }: Place): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString('base64url');
}

/** Throws BAD_USER_INPUT for what `writeCursor` did not write. */
export function readCursor(cursor: string): Place {
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (Array.isArray(parts) && parts.length === 2) {
    const [milliseconds, id]: unknown[] = parts;
    const createdAt = new Date(typeof milliseconds === 'number' ? milliseconds : Number.NaN);
    if (typeof id === 'string' && !Number.isNaN(createdAt.getTime())) return { createdAt, id };
  }
  throw new AskgraphError('BAD_USER_INPUT', 'after is not a cursor of this list.', {
    details: { field: 'after' },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
