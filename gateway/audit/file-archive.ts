import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chainOf, filesOf, firstEventOf, lastEventOf } from './audit-files.js';
import type { AuditArchive } from './retention.js';
import type { ChainPlace } from './trail-events.js';

/** Retention of files: a file goes as a whole. The newest of a chain stays until its writer has closed the chain. */
export function makeFileArchive(directory: string): AuditArchive {
  const expiredFiles = async (before: string): Promise<(ChainPlace & { readonly file: string })[]> => {
    const files = await filesOf(directory);
    const found: (ChainPlace & { readonly file: string })[] = [];
    for (const [index, file] of files.entries()) {
      const chain = chainOf(file);
      const last = await lastEventOf(join(directory, file));
      const next = files[index + 1];
      const isNewest = next === undefined || chainOf(next) !== chain;
      if (last === undefined || last.at >= before) continue;
      if (isNewest && last.facts?.trail !== 'closed') continue;
      found.push({ chain, sequence: last.sequence, hash: last.hash, file });
    }
    return found;
  };
  return {
    async expired(before) {
      const byChain = new Map((await expiredFiles(before)).map((place) => [place.chain, place]));
      return [...byChain.values()];
    },
    async cuts() {
      const firstFiles = (await filesOf(directory)).filter(
        (file, index, all) => index === 0 || chainOf(all[index - 1]!) !== chainOf(file),
      );
      const firsts = await Promise.all(firstFiles.map((file) => firstEventOf(join(directory, file))));
      return firsts.flatMap((event) =>
        event === undefined || event.sequence === 1
          ? []
          : [{ chain: event.chain, sequence: event.sequence - 1, hash: event.previous }],
      );
    },
    async cut(places) {
      const through = new Map(places.map(({ chain, sequence }) => [chain, sequence]));
      let deleted = 0;
      for (const file of await filesOf(directory)) {
        const path = join(directory, file);
        const [first, last] = await Promise.all([firstEventOf(path), lastEventOf(path)]);
        if (first === undefined || last === undefined) continue;
        if (last.sequence > (through.get(last.chain) ?? 0)) continue;
        await rm(path);
        deleted += last.sequence - first.sequence + 1;
      }
      return deleted;
    },
  } satisfies AuditArchive;
}
