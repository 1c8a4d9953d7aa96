import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import { type DataFile, kindOfDatabase, kindOfName } from './data-file.js';
import { domainNameOf } from './folder-names.js';
import type { FolderPolicy } from './folder-policy.js';

/** A folder of data files, which is one domain. */
export interface FolderDomain {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly DataFile[];
  /** The text of its `catalog.json`, where it has one. */
  readonly catalog: string | undefined;
  /** Its `policy.json`, or that of the whole data folder. */
  readonly policy: FolderPolicy | undefined;
  /** What was found and is not read, for people. */
  readonly problems: readonly string[];
}

const CATALOG = 'catalog.json';
/** Golden questions about the data, for `askgraph eval`; no data themselves. */
const QUESTIONS = 'questions.json';
const POLICY = 'policy.json';
const LEADS_OUT = 'a link that leads out of the data folder is not followed';
/** Files up to this size are told apart by their content: a copy or a checkout of the same data is the same data. */
const CHEAP_BYTES = 1_000_000;

/**
 * The domains of a data folder: every folder in it that holds data files, and itself if it does. Hidden files and
 * folders are overlooked; links are followed within the folder only; folders in a domain's folder are not read.
 * @throws CONFIGURATION_INVALID where it is no folder, or two folders would be one domain.
 */
export async function scanData(
  root: string,
  report: (message: string) => void,
  reserved: readonly string[] = [],
): Promise<FolderDomain[]> {
  const real = await realFolder(root);
  const entries = await visibleEntries(real);
  const own = await scanDomain(real, basename(resolve(root)), real, entries);
  const folders = await Promise.all(entries.map((entry) => folderOf(join(real, entry.name), real)));
  const domains: FolderDomain[] = own.files.length === 0 ? [] : [own];
  for (const folder of folders) {
    if (folder === undefined) continue;
    try {
      const domain = await scanDomain(folder.path, folder.name, real, await visibleEntries(folder.path));
      if (domain.files.length > 0) domains.push({ ...domain, policy: domain.policy ?? own.policy });
      else report(`${folder.name}: ${[...domain.problems, 'the folder holds no data files'].join('; ')}`);
    } catch (error) {
      report(`${folder.name}: the folder can't be read (${reasonOf(error)})`);
    }
  }
  if (own.files.length === 0) for (const problem of own.problems) report(problem);
  return withoutReserved(refuseTwins(domains), reserved);
}

async function realFolder(root: string): Promise<string> {
  try {
    const real = await realpath(root);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    const message = `The data folder "${root}" can't be read.`;
    throw new AskgraphError('CONFIGURATION_INVALID', message, { cause });
  }
  throw new AskgraphError('CONFIGURATION_INVALID', `"${root}" is not a folder of data.`);
}

async function visibleEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A folder, or a link to one that lies in the data folder too. */
async function folderOf(path: string, root: string): Promise<{ path: string; name: string } | undefined> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !isWithin(real, root)) return undefined;
  return (await stat(real)).isDirectory() ? { path: real, name: basename(path) } : undefined;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function scanDomain(
  folder: string,
  name: string,
  root: string,
  entries: readonly Dirent[],
): Promise<FolderDomain> {
  const files: DataFile[] = [];
  const problems: string[] = [];
  let catalog: string | undefined;
  let policy: FolderPolicy | undefined;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      if (entry.name === CATALOG) {
        if (isWithin(await realpath(path), root)) catalog = await readFile(path, 'utf8');
        else problems.push(`${CATALOG}: ${LEADS_OUT}`);
      } else if (entry.name === QUESTIONS) {
        // What is asked of the data is none of it.
      } else if (entry.name === POLICY) {
        policy = await readPolicy(path, root);
      } else if (entry.isDirectory()) {
        if (folder !== root) problems.push(`${entry.name}: a folder in a domain's folder is not read`);
      } else {
        const file = await readEntry(path, entry.name, root);
        if (typeof file === 'string') problems.push(`${entry.name}: ${file}`);
        else if (file !== undefined) files.push(file);
      }
    } catch (error) {
      problems.push(`${entry.name}: it can't be read (${reasonOf(error)})`);
    }
  }
  return { name: domainNameOf(name), folder, files, catalog, policy, problems };
}

/** What can't be read is not taken for none, which would open the domain to everybody. */
async function readPolicy(path: string, root: string): Promise<FolderPolicy> {
  try {
    if (!isWithin(await realpath(path), root)) return { problem: LEADS_OUT };
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { problem: `it can't be read (${reasonOf(error)})` };
  }
}

/** A data file; why a file that is called like one is none; undefined for any other file. */
async function readEntry(path: string, name: string, root: string): Promise<DataFile | string | undefined> {
  const called = kindOfName(name);
  if (called === undefined) return undefined;
  const real = await realpath(path);
  if (!isWithin(real, root)) return LEADS_OUT;
  const found = await stat(real, { bigint: true });
  if (!found.isFile()) return undefined;
  if (found.size === 0n) return 'the file is empty';
  const kind = called === 'database' ? await kindOfDatabase(real) : called;
  if (kind === undefined) return 'it is neither a DuckDB nor a SQLite database';
  return { name, path: real, kind, state: await stateOf(real) };
}

/** Equal while nobody has written to a file, or to the log that a database keeps beside it. */
export async function stateOf(path: string): Promise<string> {
  const states = await Promise.all([path, `${path}-wal`, `${path}.wal`].map(stateOfOne));
  return states.join(' ');
}

/** Equal for files of equal content where that is cheap to know. */
async function stateOfOne(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return 'none';
  if (found.size > CHEAP_BYTES) return `${found.size} ${found.mtimeNs} ${found.ino}`;
  return createHash('sha256')
    .update(await readFile(path))
    .digest('base64url');
}

function refuseTwins(domains: readonly FolderDomain[]): readonly FolderDomain[] {
  const known = new Map<string, FolderDomain>();
  for (const domain of domains) {
    const key = domain.name.replaceAll('_', '').toLowerCase();
    const twin = known.get(key);
    if (twin !== undefined) {
      throw new AskgraphError(
        'CONFIGURATION_INVALID',
        `The folders "${twin.folder}" and "${domain.folder}" would be one domain, "${domain.name}". Rename one of them.`,
        { details: { folders: [twin.folder, domain.folder] } },
      );
    }
    known.set(key, domain);
  }
  return domains;
}

/** The supergraph has fields of its own, which no domain can have too. */
function withoutReserved(domains: readonly FolderDomain[], reserved: readonly string[]): FolderDomain[] {
  const taken = new Set(reserved.map((name) => name.toLowerCase()));
  return domains.map((domain) =>
    taken.has(domain.name.toLowerCase()) ? { ...domain, name: `${domain.name}_data` } : domain,
  );
}

/** `EACCES`, or what was said. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
