import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.js';
import { readMigrations } from './read-migrations.js';

const OWN = path.join(import.meta.dirname, 'migrations');
const now = () => new Date('2024-03-01T10:00:00Z');
let folder: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-migrate-'));
  url = `file:${path.join(folder, 'store.db')}`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('migrate', () => {
  it('makes the tables once and keeps what they hold', async () => {
    const migrations = await readMigrations(OWN);
    await migrate(migrations, { url, patience: 1_000, now });
    await run(`INSERT INTO "Conversation" VALUES ('c', 'ann', 'Sales', '2024-01-01', '2024-01-01')`);
    await migrate(migrations, { url, patience: 1_000, now });
    expect(await run('SELECT "title" FROM "Conversation"')).toEqual([{ title: 'Sales' }]);
    const applied = migrations.map(({ name }) => ({ name, appliedAt: '2024-03-01T10:00:00.000Z' }));
    expect(applied.map(({ name }) => name)).toContain('0001_conversations');
    expect(await run('SELECT "name", "appliedAt" FROM "AppliedMigration"')).toEqual(applied);
  });

  it('applies only what is new, in the order of the names', async () => {
    const migrations = await ownFolder();
    await migrate(await readMigrations(migrations), { url, patience: 1_000, now });
    await addMigration(migrations, '0003_colour', 'UPDATE "Note" SET "colour" = \'red\';');
    await addMigration(
      migrations,
      '0002_note',
      'CREATE TABLE "Note" ("colour" TEXT);\nINSERT INTO "Note" VALUES (NULL);',
    );
    await migrate(await readMigrations(migrations), { url, patience: 1_000, now });
    expect(await run('SELECT "colour" FROM "Note"')).toEqual([{ colour: 'red' }]);
  });

  it('refuses a migration that was changed after it was applied, by name', async () => {
    const migrations = await ownFolder();
    await migrate(await readMigrations(migrations), { url, patience: 1_000, now });
    await writeFile(
      path.join(migrations, '0001_conversations', 'migration.sql'),
      'CREATE TABLE "Other" ("id" TEXT);',
    );
    await expect(
      migrate(await readMigrations(migrations), { url, patience: 1_000, now }),
    ).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('"0001_conversations"'),
    });
  });

  it('refuses a store that a newer version made', async () => {
    const migrations = await ownFolder();
    await addMigration(migrations, '0002_note', 'CREATE TABLE "Note" ("colour" TEXT);');
    await migrate(await readMigrations(migrations), { url, patience: 1_000, now });
    await expect(migrate(await readMigrations(OWN), { url, patience: 1_000, now })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('"0002_note"'),
    });
  });

  it('applies nothing where one of several fails', async () => {
    const migrations = await ownFolder();
    await addMigration(
      migrations,
      '0002_broken',
      'CREATE TABLE "Half" ("id" TEXT);\nINSERT INTO "Nowhere" VALUES (1);',
    );
    await expect(
      migrate(await readMigrations(migrations), { url, patience: 1_000, now }),
    ).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('"0002_broken"'),
    });
    expect(await run(`SELECT name FROM sqlite_master WHERE type = 'table'`)).toEqual([]);
  });

  it('lets several starts at once apply each migration once', async () => {
    const migrations = await ownFolder();
    await addMigration(
      migrations,
      '0002_count',
      'CREATE TABLE "Count" ("n" INTEGER);\nINSERT INTO "Count" VALUES (1);',
    );
    const read = await readMigrations(migrations);
    await Promise.all(Array.from({ length: 5 }, () => migrate(read, { url, patience: 5_000, now })));
    expect(await run('SELECT count(*) AS n FROM "Count"')).toEqual([{ n: 1 }]);
  });

  it('waits for another process that holds the file, and gives up when its patience ends', async () => {
    const migrations = await readMigrations(OWN);
    const holder = await holdFile();
    try {
      await expect(migrate(migrations, { url, patience: 100, now })).rejects.toMatchObject({
        code: 'SQLITE_BUSY',
      });
      const waiting = migrate(migrations, { url, patience: 20_000, now });
      holder.stdin.end();
      await waiting;
    } finally {
      holder.kill();
    }
    const names = migrations.map(({ name }) => ({ name }));
    expect(await run('SELECT "name" FROM "AppliedMigration"')).toEqual(names);
  });
});

async function run(sql: string): Promise<Record<string, unknown>[]> {
  const client = createClient({ url });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
}

async function ownFolder(): Promise<string> {
  const copy = path.join(folder, 'migrations');
  await cp(OWN, copy, { recursive: true });
  return copy;
}

async function addMigration(migrations: string, name: string, sql: string): Promise<void> {
  await cp(path.join(migrations, '0001_conversations'), path.join(migrations, name), { recursive: true });
  await writeFile(path.join(migrations, name, 'migration.sql'), sql);
}

/** Another process with the file's write lock, until its standard input ends. */
async function holdFile() {
  const script = `
    import { createClient } from '@libsql/client';
    const transaction = await createClient({ url: ${JSON.stringify(url)} }).transaction('write');
    console.log('held');
    for await (const chunk of process.stdin);
    await transaction.rollback();`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.dirname(import.meta.dirname),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}
