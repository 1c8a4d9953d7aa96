import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from './audit-event.js';
import { chainOf, fileName, filesOf, lastEventIn, numberOf } from './audit-files.js';
import type { AuditSink } from './audit-sink.js';

export interface FileSinkOptions {
  readonly directory: string;
  readonly chain: string;
  /** A file is followed by another once it is as large as this. */
  readonly fileBytes: number;
  readonly sync: AuditSync;
  readonly warn: (message: string, error: unknown) => void;
}

/** When a written event is on the disk, and not only with the operating system. */
export const AUDIT_SYNCS = ['always', 'everySecond', 'never'] as const;
export type AuditSync = (typeof AUDIT_SYNCS)[number];

const EVERY_SECOND = 1_000;

/**
 * Events as lines of JSON, in files of the writer's own: `audit-<chain>-000001.jsonl`, then `-000002`. The chain goes
 * on from file to file.
 */
export function openFileSink(options: FileSinkOptions): AuditSink {
  const { directory, chain, fileBytes, sync, warn } = options;
  let file: FileHandle | undefined;
  let size = 0;
  let isSynced = true;

  const syncNow = async (): Promise<void> => {
    if (isSynced || file === undefined) return;
    isSynced = true;
    await file.datasync();
  };
  const timer =
    sync === 'everySecond'
      ? setInterval(
          () => void syncNow().catch((error: unknown) => warn('the audit file is not synced', error)),
          EVERY_SECOND,
        ).unref()
      : undefined;

  /** The chain's newest file, without a last line that a failed write has left unfinished. */
  async function openNewest(): Promise<FileHandle> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const newest = (await filesOf(directory, chain)).at(-1) ?? fileName(chain, 1);
    const opened = await open(join(directory, newest), 'a+', 0o600);
    const bytes = await opened.readFile();
    size = bytes.lastIndexOf(0x0a) + 1;
    if (size < bytes.length) await opened.truncate(size);
    return opened;
  }

  async function nextFile(): Promise<void> {
    const newest = (await filesOf(directory, chain)).at(-1);
    await closeFile();
    const number = newest === undefined ? 1 : numberOf(newest) + 1;
    file = await open(join(directory, fileName(chain, number)), 'a+', 0o600);
    size = 0;
  }

  async function closeFile(): Promise<void> {
    const closing = file;
    if (sync !== 'never') await syncNow();
    file = undefined;
    await closing?.close();
  }

  return {
    async head() {
      // Asked for at the start and after a failure: what the file holds is what counts.
      await file?.close().catch(() => {});
      file = await openNewest();
      return lastEventIn(directory, chain);
    },
    async heads(most) {
      const chains = [...new Set((await filesOf(directory)).map(chainOf))].filter((name) => name !== chain);
      const heads = await Promise.all(
        chains.slice(-most).map(async (name) => ({ chain: name, head: await lastEventIn(directory, name) })),
      );
      return heads.flatMap(({ chain: name, head }) => (head === undefined ? [] : [{ ...head, chain: name }]));
    },
    async append(events) {
      file ??= await openNewest();
      if (size >= fileBytes) await nextFile();
      const bytes = Buffer.from(events.map((event) => `${canonical(event)}\n`).join(''));
      await file.appendFile(bytes);
      size += bytes.length;
      isSynced = false;
      if (sync === 'always') await syncNow();
    },
    async close() {
      clearInterval(timer);
      await closeFile();
    },
  } satisfies AuditSink;
}
