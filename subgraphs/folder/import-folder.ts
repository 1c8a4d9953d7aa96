import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AskgraphError } from '../../schema/errors.js';
import type { GlueSnapshot } from '../../schema/glue.js';
import { literal } from '../connectors/demo-data.js';
import { stageCsv } from './csv-file.js';
import type { DataFile, DataKind } from './data-file.js';
import { stageDuckdb } from './duckdb-file.js';
import { type FolderCatalog, readFolderCatalog, tableInCatalog } from './folder-catalog.js';
import { nameKey, quoted, tableNameOf } from './folder-names.js';
import { type ImportedTable, importTable } from './import-table.js';
import { stageJson } from './json-file.js';
import { stageParquet } from './parquet-file.js';
import { snapshotOf } from './print-snapshot.js';
import { withoutUnprintable } from './printable-tables.js';
import { type FolderDomain, stateOf } from './scan-folder.js';
import { stageSqlite } from './sqlite-file.js';
import type { Stage, StagedTable } from './staged-table.js';

const STAGES: Readonly<Record<DataKind, Stage>> = {
  parquet: stageParquet,
  csv: stageCsv,
  json: stageJson,
  duckdb: stageDuckdb,
  sqlite: stageSqlite,
};

const TRIES = 3;
const PAUSE_MILLISECONDS = 300;

export interface FolderImport {
  readonly domain: FolderDomain;
  /** The new database that the tables go into. */
  readonly connection: DuckDBConnection;
  /** An empty folder of the import's own. */
  readonly workshop: string;
}

export interface ImportedFolder {
  readonly snapshot: GlueSnapshot;
  /** What costs a table, or is otherwise not as one might expect, for people. */
  readonly problems: readonly string[];
}

/**
 * Imports the data files of a folder, one after another. A file that cannot be imported costs its own tables.
 * @throws CATALOG_INVALID for a `catalog.json` that is none, DATA_CORRUPT where no table is left.
 */
export async function importFolder({ domain, connection, workshop }: FolderImport): Promise<ImportedFolder> {
  const catalog = readFolderCatalog(domain.name, domain.catalog);
  const problems = [...domain.problems];
  await closeOff(connection, workshop, domain.files);
  const tables: ImportedTable[] = [];
  for (const file of domain.files) {
    await importSettled({ connection, workshop, file, catalog, tables, problems });
  }
  const served = await nameTables(connection, tables, problems);
  for (const missing of missingTables(catalog, tables))
    problems.push(`${missing}: catalog.json has this table, the folder has not`);
  const warn = (message: string) => void problems.push(message);
  const whole = snapshotOf(domain.name, catalog?.description ?? '', served, warn);
  const snapshot = withoutUnprintable(domain.name, whole, warn);
  if (snapshot.TableList.length === 0) {
    throw new AskgraphError(
      'DATA_CORRUPT',
      `The folder of ${domain.name} has no table that can be served. ${problems.join('. ')}`,
      { domain: domain.name, details: { problems } },
    );
  }
  return { snapshot, problems };
}

/** The import reads the domain's files and writes into its workshop: a view in a database can reach nothing else. */
async function closeOff(
  connection: DuckDBConnection,
  workshop: string,
  files: readonly DataFile[],
): Promise<void> {
  const paths = files.flatMap(({ path }) => [path, `${path}.wal`]).map(literal);
  await connection.run(`SET temp_directory = ${literal(join(workshop, 'temporary'))}`);
  await connection.run(`SET TimeZone = 'UTC'`).catch(() => {});
  await connection.run(`SET allowed_directories = [${literal(workshop)}]`);
  await connection.run(`SET allowed_paths = [${paths.join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

interface FileImport {
  readonly connection: DuckDBConnection;
  readonly workshop: string;
  readonly file: DataFile;
  readonly catalog: FolderCatalog | undefined;
  readonly tables: ImportedTable[];
  readonly problems: string[];
}

/** Imports a file as it was while nobody wrote to it; what somebody is still writing is left to the next time. */
async function importSettled(job: FileImport): Promise<void> {
  const { file, connection, tables, problems } = job;
  for (let attempt = 1; ; attempt++) {
    const before = await stateOf(file.path);
    const found: string[] = [];
    const imported = await importFile({ ...job, problems: found });
    if ((await stateOf(file.path)) === before) {
      problems.push(...found.map((problem) => `${file.name}: ${problem}`));
      tables.push(...imported);
      return;
    }
    await dropAll(connection, imported);
    if (attempt === TRIES) {
      problems.push(`${file.name}: the file is still being written`);
      return;
    }
    await setTimeout(PAUSE_MILLISECONDS);
  }
}

async function importFile(job: FileImport): Promise<ImportedTable[]> {
  const { connection, file, workshop, problems } = job;
  const place = join(workshop, 'file');
  const path = join(place, `file${/(\.[A-Za-z]+)?(\.gz)?$/.exec(file.name)?.[0] ?? ''}`);
  const imported: ImportedTable[] = [];
  await mkdir(place);
  try {
    await symlink(file.path, path);
    const warn = (message: string) => void problems.push(message);
    await STAGES[file.kind]({ connection, file, path, workshop: place, warn }, async (staged) => {
      for (const table of staged) imported.push(...(await importOne(job, table)));
    });
  } catch (error) {
    problems.push(describeFault(error, workshop));
    await dropAll(connection, imported.splice(0));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return imported;
}

async function importOne(job: FileImport, staged: StagedTable): Promise<ImportedTable[]> {
  const { connection, file, catalog, problems } = job;
  const inCatalog = catalog === undefined ? undefined : tableInCatalog(catalog, file, staged.name);
  if (catalog !== undefined && catalog.tables.length > 0 && inCatalog === undefined) {
    problems.push(`the table ${staged.name} is not in catalog.json, so it is not served`);
    return [];
  }
  const place = `import_${job.tables.length}_${staged.name}`;
  try {
    const name = tableNameOf(inCatalog?.Name ?? staged.name);
    const warn = (message: string) => void problems.push(message);
    return [await importTable({ connection, file: file.name, name, place, staged, inCatalog, warn })];
  } catch (error) {
    await connection.run(`DROP TABLE IF EXISTS ${quoted(place)}`);
    problems.push(`${staged.name}: ${describeFault(error, job.workshop)}`);
    return [];
  }
}

async function dropAll(connection: DuckDBConnection, tables: readonly ImportedTable[]): Promise<void> {
  for (const { place } of tables) await connection.run(`DROP TABLE ${quoted(place)}`);
}

/** Gives the tables their names. Of two that would have one name neither is served: who is to say which is meant? */
async function nameTables(
  connection: DuckDBConnection,
  tables: readonly ImportedTable[],
  problems: string[],
): Promise<ImportedTable[]> {
  const byName = new Map<string, ImportedTable[]>();
  for (const table of tables)
    byName.set(nameKey(table.name), [...(byName.get(nameKey(table.name)) ?? []), table]);
  const served: ImportedTable[] = [];
  for (const [first, ...twins] of byName.values()) {
    if (first === undefined) continue;
    if (twins.length === 0) {
      await connection.run(`ALTER TABLE ${quoted(first.place)} RENAME TO ${quoted(first.name)}`);
      served.push(first);
      continue;
    }
    const all = [first, ...twins];
    await dropAll(connection, all);
    const places = all.map(({ file, sourceName }) =>
      file.startsWith(sourceName) ? file : `${file} (${sourceName})`,
    );
    problems.push(
      `${places.join(' and ')} would both be the table ${first.name}, so neither is served: rename one, or say in catalog.json which is meant`,
    );
  }
  return served;
}

function missingTables(catalog: FolderCatalog | undefined, tables: readonly ImportedTable[]): string[] {
  const found = new Set(tables.map(({ catalogName }) => catalogName));
  return (catalog?.tables ?? []).map(({ Name }) => Name).filter((name) => !found.has(name));
}

/** What DuckDB or SQLite says, without rows of the data and without paths that only the import knows. */
function describeFault(error: unknown, workshop: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = '', ...others] = message.split(workshop).join('').split('\n');
  const reason = others.find((line) => /\bfound\.?$/i.test(line));
  const text = [first, reason ?? '']
    .join(' ')
    .trim()
    .replaceAll(/['"]?\/file\/\w+(\.\w+)*['"]?/g, 'the file');
  return `it cannot be imported (${text.slice(0, 300)})`;
}
