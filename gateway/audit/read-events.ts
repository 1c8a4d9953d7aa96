import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AskgraphError } from '../../schema/errors.js';
import type { AuditEvent } from './audit-event.js';
import { filesOf } from './audit-files.js';
import { parseEvent } from './parse-event.js';

/** What stands at a place where an event should: undefined where it is none. */
export interface ReadEvent {
  /** For people: a file and its line, or a row of the store. */
  readonly place: string;
  readonly event: AuditEvent | undefined;
}

/** The events of a file, or of every file of a directory in the order of its chains. Throws BAD_USER_INPUT. */
export async function* readEventFiles(path: string): AsyncGenerator<ReadEvent> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AskgraphError('BAD_USER_INPUT', `There is no file or folder "${path}".`, { cause });
  });
  const files = found.isDirectory() ? (await filesOf(path)).map((name) => join(path, name)) : [path];
  for (const file of files) yield* readFileLines(file);
}

async function* readFileLines(file: string): AsyncGenerator<ReadEvent> {
  const lines = createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') yield { place: `${basename(file)}:${number}`, event: parseEvent(line) };
  }
}
