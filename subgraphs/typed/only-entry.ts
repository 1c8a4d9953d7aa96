import { AskgraphError } from '../../schema/errors.js';
import type { Input } from './read-where.js';

/** The one entry of an input that must have exactly one. */
export function onlyEntry(input: Input, wanted: string): [string, unknown] {
  const [entry, ...others] = Object.entries(input);
  if (entry === undefined || others.length > 0 || entry[1] === null) {
    const given = Object.keys(input).join(', ') || 'nothing';
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `Each item of ${wanted} has exactly one field; this one has ${given}.`,
    );
  }
  return entry;
}
