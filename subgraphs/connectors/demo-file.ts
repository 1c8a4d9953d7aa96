import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Demo } from './demo-data.js';
import { withDatabase } from './with-database.js';

/** What the file was made from, apart from the domain's own tables. It is written last: without it a file is no data. */
const RECORD = 'askgraph.build';
const TABLES = `SELECT string_agg(table_name, ',' ORDER BY table_name) FROM duckdb_tables()
  WHERE schema_name = 'main' AND NOT temporary`;
/** Three header pages come before a DuckDB file's blocks. */
const SIZE = 'SELECT 3 * 4096 + block_size * total_blocks FROM pragma_database_size()';

/** The digest of the generator that made the file; undefined where the file is not whole. */
export async function readDemoFile(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    const reader = await withDatabase(path, { access_mode: 'READ_ONLY' }, (connection) =>
      connection.runAndReadAll(`SELECT digest, tables = (${TABLES}), (${SIZE})::DOUBLE FROM ${RECORD}`),
    );
    const [digest, allTables, wholeSize] = reader.getRows()[0] ?? [];
    return allTables === true && Number(wholeSize) <= size ? String(digest) : undefined;
  } catch {
    return undefined;
  }
}

export interface DemoFile {
  readonly demo: Demo;
  readonly digest: string;
  /** The DuckDB file to make. */
  readonly path: string;
  /** The folder for the files that the tables are imported from, where there are any. */
  readonly files: string;
}

/**
 * Makes the file under a name of its own and moves it into place when it is whole, so that programs which start at the
 * same time never see half of it, nor disturb each other.
 */
export async function makeDemoFile({ demo, digest, path, files }: DemoFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const workshop = await mkdtemp(`${path}-`);
  try {
    const folder = join(workshop, 'files');
    await mkdir(folder);
    const made = join(workshop, 'made.duckdb');
    await withDatabase(made, BUILDING, async (connection) => {
      for (const statement of demo.statements(folder)) await connection.run(statement);
      await connection.run(`CREATE SCHEMA askgraph`);
      await connection.run(`CREATE TABLE ${RECORD} AS SELECT '${digest}' AS digest, (${TABLES}) AS tables`);
      await connection.run('CHECKPOINT');
    });
    await moveFolder(folder, files, join(workshop, 'old'));
    await rename(made, path);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

const BUILDING = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '1GB',
};

/** A folder can't be renamed onto another that holds files, so the old one makes way first. */
async function moveFolder(from: string, to: string, old: string): Promise<void> {
  if ((await readdir(from)).length === 0) return;
  await rename(to, old).catch(ignore('ENOENT'));
  // A program that started at the same time has put the same files there already.
  await rename(from, to).catch(ignore('ENOTEMPTY', 'EEXIST'));
}

function ignore(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
