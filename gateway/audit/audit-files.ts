import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEvent } from './audit-event.js';
import { parseEvent } from './parse-event.js';

/** How much of a file is read for its first or last event. */
const PART_BYTES = 2_000_000;

export function fileName(chain: string, number: number): string {
  return `audit-${chain}-${String(number).padStart(6, '0')}.jsonl`;
}

export function chainOf(file: string): string {
  return file.slice('audit-'.length, -'-000001.jsonl'.length);
}

export function numberOf(file: string): number {
  return Number(file.slice(-'000001.jsonl'.length, -'.jsonl'.length));
}

/** The files of a directory that hold a chain's events, or any chain's, oldest first. */
export async function filesOf(directory: string, chain?: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /^audit-.+-\d{6}\.jsonl$/.test(name)).sort();
  return chain === undefined ? files : files.filter((name) => chainOf(name) === chain);
}

/** The last event of a chain, out of the newest of its files that has one. */
export async function lastEventIn(directory: string, chain: string): Promise<AuditEvent | undefined> {
  for (const name of (await filesOf(directory, chain)).reverse()) {
    const last = await lastEventOf(join(directory, name));
    if (last !== undefined) return last;
  }
  return undefined;
}

export async function firstEventOf(path: string): Promise<AuditEvent | undefined> {
  const head = await readPart(path, 'first');
  const end = head.indexOf('\n');
  return end < 0 ? undefined : parseEvent(head.slice(0, end));
}

export async function lastEventOf(path: string): Promise<AuditEvent | undefined> {
  const last = (await readPart(path, 'last')).trimEnd().split('\n').at(-1);
  return last === undefined ? undefined : parseEvent(last);
}

async function readPart(path: string, part: 'first' | 'last'): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, PART_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, part === 'first' ? 0 : size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
