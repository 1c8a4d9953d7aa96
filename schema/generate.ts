import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Catalog } from './catalog.js';
import type { DomainDescription } from './domain-model.js';
import { AskgraphError } from './errors.js';
import { readGlueSnapshot } from './glue.js';
import { printSubgraphSdl } from './print-sdl.js';
import { findSchemaChanges, type SchemaChange } from './schema-changes.js';

/** A generated file that is not what its catalog gives. */
export interface Drift {
  /** Relative to the project's folder. */
  readonly file: string;
  /** What differs: `-` lines are in the file, `+` lines are what the catalog gives. */
  readonly lines: readonly string[];
  /** What that means for clients. */
  readonly changes: readonly SchemaChange[];
}

/** What a domain's definition makes of its catalog, and says of its schema. */
export type Describe = (
  domain: string,
  catalog: Catalog,
) => Promise<{ readonly catalog: Catalog; readonly domain: DomainDescription }>;

const HEADER = '# Generated from the catalog by `npm run generate`. Do not edit.\n\n';
const FOLDER = 'schema/generated';

/**
 * Prints the typed schema of every catalog domain under `root` and compares it with the committed file; `write` also
 * brings the files up to date. Either way it returns what had drifted. What is read of a catalog only in part is told to
 * `warn`.
 */
export async function generate(
  root: string,
  mode: 'write' | 'check',
  describe: Describe,
  warn: (message: string) => void,
): Promise<Drift[]> {
  const wanted = await printAll(root, describe, warn);
  const present = await readAll(join(root, FOLDER));
  const drifts: Drift[] = [];
  for (const name of [...new Set([...wanted.keys(), ...present.keys()])].sort()) {
    const [before, after] = [present.get(name), wanted.get(name)];
    if (before === after) continue;
    const file = join(FOLDER, name);
    drifts.push({
      file,
      lines: differingLines(before ?? '', after ?? ''),
      changes: findSchemaChanges(before ?? '', after ?? ''),
    });
    if (mode === 'write') await bringUpToDate(join(root, file), after);
  }
  return drifts;
}

async function printAll(
  root: string,
  describe: Describe,
  warn: (message: string) => void,
): Promise<Map<string, string>> {
  const folder = join(root, 'subgraphs');
  const texts = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const json = entry.isDirectory()
      ? await unlessMissing(readFile(join(folder, entry.name, 'catalog.json'), 'utf8'))
      : undefined;
    if (json === undefined) continue;
    const warnOf = (message: string) => warn(`${entry.name}: ${message}`);
    const whole = readGlueSnapshot(parseJson(entry.name, json), undefined, warnOf);
    const { catalog, domain } = await describe(entry.name, whole);
    const sdl = printSubgraphSdl(domain, catalog);
    texts.set(`${entry.name}.graphql`, `${HEADER}${sdl}`);
  }
  return texts;
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const names = (await unlessMissing(readdir(folder))) ?? [];
  const files = names.filter((name) => name.endsWith('.graphql'));
  return new Map(
    await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

async function bringUpToDate(file: string, text: string | undefined): Promise<void> {
  if (text === undefined) return rm(file);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** What a reading gives, or undefined where there is nothing to read. */
async function unlessMissing<Found>(reading: Promise<Found>): Promise<Found | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(domain: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new AskgraphError('CATALOG_INVALID', `subgraphs/${domain}/catalog.json is not JSON.`, {
      domain,
      cause: error,
    });
  }
}

/** The lines between the first and the last difference. */
function differingLines(before: string, after: string): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  return [
    ...old.slice(start, old.length - end).map((text) => `-${start + 1}: ${text}`),
    ...fresh.slice(start, fresh.length - end).map((text) => `+${start + 1}: ${text}`),
  ];
}
