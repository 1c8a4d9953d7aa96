import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GlueSnapshot } from '../../schema/glue.js';
import { literal } from '../connectors/demo-data.js';
import { withDatabase } from '../connectors/with-database.js';
import { type ImportedFolder, importFolder } from './import-folder.js';
import type { FolderDomain } from './scan-folder.js';
import { rowsOf } from './staged-table.js';

/** A folder's data as it was imported: a DuckDB file, which nobody writes to any more. */
export interface ImportedFile extends ImportedFolder {
  readonly path: string;
  /** Names the state of the folder that it was made from. */
  readonly version: string;
}

/** Changes whenever what the import makes of the same folder does. */
const IMPORTER = 'folder-2';
/** Written last: without it the file is not whole. */
const RECORD = 'askgraph.folder';
const IMPORTING = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  memory_limit: '1GB',
  preserve_insertion_order: 'true',
};

/**
 * DuckDB gives every table blocks of its own. By its default of 256 KB a thousand small tables are a file of 300 MB, and
 * as much memory once they have been read; in the smallest ones, what is large compresses half as well.
 */
const SMALL_BLOCKS = { default_block_size: '16384' };
const LARGE_FOLDER_BYTES = 2 ** 30;

/**
 * A domain's imported data in `<directory>/<domain>-<place>-<state>.duckdb`: what is there already, or else imported
 * now and moved into place whole. Files of earlier states are removed with `removeOlder`, once nobody is to open them.
 */
export async function importedFile(
  domain: FolderDomain,
  directory: string,
  report: (message: string) => void,
): Promise<ImportedFile> {
  await mkdir(directory, { recursive: true });
  const version = versionOf(domain);
  const path = join(await realpath(directory), `${prefixOf(domain)}${version}.duckdb`);
  const found = await readRecord(path);
  if (found !== undefined) return { path, version, ...found };
  report(`importing the data of ${domain.name}`);
  const workshop = await mkdtemp(`${path}-`);
  try {
    const made = join(workshop, 'made.duckdb');
    const isLarge = (await bytesOf(domain)) > LARGE_FOLDER_BYTES;
    const settings = isLarge ? IMPORTING : { ...IMPORTING, ...SMALL_BLOCKS };
    const imported = await withDatabase(made, settings, async (connection) => {
      const result = await importFolder({ domain, connection, workshop });
      await connection.run('CREATE SCHEMA askgraph');
      await connection.run(`CREATE TABLE ${RECORD} AS SELECT ${literal(JSON.stringify(result))} AS imported`);
      await connection.run('CHECKPOINT');
      return result;
    });
    await rename(made, path);
    return { path, version, ...imported };
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** A file that has gone meanwhile counts for nothing. */
async function bytesOf({ files }: FolderDomain): Promise<number> {
  const sizes = files.map(({ path }) =>
    stat(path)
      .then(({ size }) => size)
      .catch(() => 0),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Removes what was imported of earlier states of a folder. Who has such a file open can go on reading it. */
export async function removeOlder(
  domain: FolderDomain,
  current: ImportedFile,
  directory: string,
): Promise<void> {
  const prefix = prefixOf(domain);
  const names = (await readdir(directory)).filter(
    (name) => name.startsWith(prefix) && name.endsWith('.duckdb') && !current.path.endsWith(name),
  );
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })));
}

export function versionOf({ files, catalog, problems }: FolderDomain): string {
  const parts = [IMPORTER, catalog ?? '', ...problems, ...files.flatMap(({ name, state }) => [name, state])];
  return digest(JSON.stringify(parts)).slice(0, 16);
}

/** Two folders of one name in different places are different data. */
function prefixOf({ name, folder }: FolderDomain): string {
  return `${name}-${digest(folder).slice(0, 8)}-`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function readRecord(path: string): Promise<ImportedFolder | undefined> {
  try {
    const [row] = await withDatabase(path, { access_mode: 'READ_ONLY' }, (connection) =>
      rowsOf(connection, `SELECT imported FROM ${RECORD}`),
    );
    return JSON.parse(String(row?.imported)) as { snapshot: GlueSnapshot; problems: readonly string[] };
  } catch {
    return undefined;
  }
}
