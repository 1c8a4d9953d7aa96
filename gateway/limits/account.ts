import { createHash } from 'node:crypto';
import type { Caller } from '../../subgraphs/request-context.js';
import { ANONYMOUS } from '../context.js';

/**
 * Whose limits a request counts against: the caller's, or for who has not said who they are, their address's. A subject
 * is hashed, since it may be of any length and is written to where others look.
 */
export function accountOf(caller: Caller, address: string): string {
  return caller.subject === ANONYMOUS.subject
    ? `address:${network(address)}`
    : `subject:${createHash('sha256').update(caller.subject).digest('base64url')}`;
}

/** One IPv6 network of 64 bits is one customer, who may take any address in it. */
function network(address: string): string {
  const version4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (version4 !== undefined || !address.includes(':')) return version4 ?? address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const parts = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - parts.length - after.length);
  const all = [...parts, ...Array<string>(zeros).fill('0'), ...after];
  return `${all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}
