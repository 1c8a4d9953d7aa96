import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createClient } from '@libsql/client';
import { expect } from 'vitest';
import type { Catalog } from '../../schema/catalog.js';
import { isCatalogSubgraph } from '../define-subgraph.js';
import type { LoadedDefinition } from '../list.js';
import { makeStatement } from '../sql/statement.js';
import { makeFolderLister } from './list-folder.js';

/** A data folder and a home of its own, for one test. */
export interface TestFolder {
  readonly root: string;
  readonly home: string;
  readonly reports: string[];
  /** Writes a file of the folder, and gives its path. */
  put(path: string, content: string | Buffer): Promise<string>;
  /** Lists the folder, or one in it, as a gateway that has just started. */
  list(reserved?: readonly string[], within?: string): Promise<LoadedDefinition[]>;
  /** The one domain that it has. */
  only(): Promise<LoadedDefinition>;
  /** All rows of a query, through the connector that serves the domain. */
  rows(loaded: LoadedDefinition, sql: string): Promise<readonly (readonly unknown[])[]>;
  /** What was told beside that the data is imported. */
  problems(): string[];
  parquet(path: string, select: string): Promise<void>;
  remove(): Promise<void>;
}

export async function makeTestFolder(): Promise<TestFolder> {
  const root = await mkdtemp(join(tmpdir(), 'askgraph-folder-'));
  const home = await mkdtemp(join(tmpdir(), 'askgraph-home-'));
  const reports: string[] = [];
  const list = (reserved: readonly string[] = [], within = '.') =>
    makeFolderLister({ root: join(root, within), dataDirectory: home, reserved, relations: 'declared' })(
      (message) => void reports.push(message),
    );
  return {
    root,
    home,
    reports,
    list,
    async put(path, content) {
      const file = join(root, path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    async only() {
      const [loaded, ...others] = await list();
      expect(others).toEqual([]);
      return loaded!;
    },
    async rows({ definition }, sql) {
      if (!isCatalogSubgraph(definition)) throw new Error('It has no catalog.');
      const connector = await definition
        .source({})
        .open({ domain: 'data', dataDirectory: home, report: () => {} });
      try {
        const limits = { rowLimit: 1_000, signal: AbortSignal.timeout(10_000) };
        return (await connector.query(makeStatement(sql, [], undefined, limits))).rows;
      } finally {
        await connector.close();
      }
    },
    problems: () => reports.filter((report) => !report.startsWith('importing ')),
    parquet: (path, select) =>
      makeDuckdb(join(home, 'maker.duckdb'), `COPY (${select}) TO '${path}' (FORMAT parquet)`),
    async remove() {
      await rm(root, { recursive: true });
      await rm(home, { recursive: true });
    },
  };
}

/** `table(key): column TYPE -> reference, …` */
export function told(catalog: Catalog | undefined): string[] {
  return (catalog?.tables ?? []).map(
    ({ name, primaryKey, columns }) =>
      `${name}(${primaryKey.join(',')}): ${columns
        .map(
          (column) =>
            `${column.name} ${column.columnType}${column.references ? ` -> ${column.references.table}.${column.references.column}` : ''}`,
        )
        .join(', ')}`,
  );
}

export async function makeDuckdb(path: string, ...statements: string[]): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

export async function makeSqlite(path: string, ...statements: string[]): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const client = createClient({ url: `file:${path}` });
  for (const statement of statements) await client.execute(statement);
  client.close();
}
