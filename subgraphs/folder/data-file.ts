import { open } from 'node:fs/promises';

/** What a file of a data folder is, by which it is imported. */
export type DataKind = 'parquet' | 'csv' | 'json' | 'duckdb' | 'sqlite';

/** A file of a domain's folder that holds data. */
export interface DataFile {
  /** As it is called in the folder. */
  readonly name: string;
  /** Where it really lies, links followed. */
  readonly path: string;
  readonly kind: DataKind;
  /** What makes one state of the file another: its size, times and where it is cheap its content. */
  readonly state: string;
}

const EXTENSIONS: readonly (readonly [pattern: RegExp, kind: DataKind | 'database'])[] = [
  [/\.parquet$/i, 'parquet'],
  [/\.(csv|tsv)(\.gz)?$/i, 'csv'],
  [/\.(json|jsonl|ndjson)(\.gz)?$/i, 'json'],
  [/\.(duckdb|sqlite3?|db)$/i, 'database'],
];

/** What a file's name says that it is; undefined where it is no data. */
export function kindOfName(name: string): DataKind | 'database' | undefined {
  return EXTENSIONS.find(([pattern]) => pattern.test(name))?.[1];
}

/** The name of a file of one table, without what says its kind. */
export function withoutExtension(name: string): string {
  return EXTENSIONS.reduce((text, [pattern]) => text.replace(pattern, ''), name);
}

/** `.db` is what both call their files; each says in its first bytes what it is. Undefined where it is neither. */
export async function kindOfDatabase(path: string): Promise<'duckdb' | 'sqlite' | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    if (start.startsWith('SQLite format 3')) return 'sqlite';
    return start.slice(8, 12) === 'DUCK' ? 'duckdb' : undefined;
  } finally {
    await file.close();
  }
}
