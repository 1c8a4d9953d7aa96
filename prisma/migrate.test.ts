import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from './engines.test-helper.js';
import { migrate as migrateDatabase } from './postgres/migrate.js';
import { type Migration, readMigrations } from './read-migrations.js';
import { migrate as migrateFile } from './sqlite/migrate.js';
import { placeOf } from './store-place.js';

const OWN = path.join(import.meta.dirname, 'migrations');
const TABLES = {
  SQLite: `SELECT name FROM sqlite_master WHERE type = 'table'`,
  PostgreSQL: 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()',
};
const now = () => new Date('2024-03-01T10:00:00Z');
let place: TestPlace;
let folder: string;

describe.each(ENGINES)('migrations on $name', ({ name, make }) => {
  const engine = name === 'SQLite' ? 'sqlite' : 'postgres';
  const own = () => readMigrations(OWN, engine);
  const migrate = (migrations: readonly Migration[]) => {
    const wanted = placeOf(place.url);
    const options = { patience: 5_000, now };
    return wanted.engine === 'sqlite'
      ? migrateFile(migrations, { ...options, url: wanted.url })
      : migrateDatabase(migrations, { ...options, url: wanted.url });
  };

  beforeEach(async () => {
    place = await make();
    folder = await mkdtemp(path.join(tmpdir(), 'askgraph-migrations-'));
  });
  afterEach(async () => {
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes the tables once and keeps what they hold', async () => {
    const migrations = await own();
    await migrate(migrations);
    await place.sql(`INSERT INTO "Conversation" VALUES ('c', 'ann', 'Sales', '2024-01-01', '2024-01-01')`);
    await migrate(migrations);
    expect(await place.sql('SELECT "title" FROM "Conversation"')).toEqual([{ title: 'Sales' }]);
    const applied = migrations.map(({ name }) => ({ name, appliedAt: '2024-03-01T10:00:00.000Z' }));
    expect(applied.map(({ name }) => name)).toContain('0001_conversations');
    expect(await place.sql('SELECT "name", "appliedAt" FROM "AppliedMigration"')).toEqual(applied);
  });

  it('applies only what is new, in the order of the names', async () => {
    const migrations = await ownFolder();
    await migrate(await readMigrations(migrations, engine));
    await addMigration(migrations, '0003_colour', 'UPDATE "Note" SET "colour" = \'red\';');
    await addMigration(
      migrations,
      '0002_note',
      'CREATE TABLE "Note" ("colour" TEXT);\nINSERT INTO "Note" VALUES (NULL);',
    );
    await migrate(await readMigrations(migrations, engine));
    expect(await place.sql('SELECT "colour" FROM "Note"')).toEqual([{ colour: 'red' }]);
  });

  it('refuses a migration that was changed after it was applied, by name', async () => {
    const migrations = await ownFolder();
    await migrate(await readMigrations(migrations, engine));
    await writeFile(
      path.join(migrations, '0001_conversations', `${engine}.sql`),
      'CREATE TABLE "Other" ("id" TEXT);',
    );
    await expect(migrate(await readMigrations(migrations, engine))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('"0001_conversations"'),
    });
  });

  it('refuses a store that a newer version made', async () => {
    const migrations = await ownFolder();
    await addMigration(migrations, '0002_note', 'CREATE TABLE "Note" ("colour" TEXT);');
    await migrate(await readMigrations(migrations, engine));
    await expect(migrate(await own())).rejects.toMatchObject({
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
    await expect(migrate(await readMigrations(migrations, engine))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('"0002_broken"'),
    });
    expect(await place.sql(TABLES[name])).toEqual([]);
  });

  it('lets several starts at once apply each migration once', async () => {
    const migrations = await ownFolder();
    await addMigration(
      migrations,
      '0002_count',
      'CREATE TABLE "Count" ("n" INTEGER);\nINSERT INTO "Count" VALUES (1);',
    );
    const read = await readMigrations(migrations, engine);
    await Promise.all(Array.from({ length: 5 }, () => migrate(read)));
    expect(await place.sql('SELECT count(*) AS n FROM "Count"')).toEqual([{ n: 1 }]);
  });
});

async function ownFolder(): Promise<string> {
  const copy = path.join(folder, 'migrations');
  await cp(OWN, copy, { recursive: true });
  return copy;
}

async function addMigration(migrations: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(migrations, name));
  for (const engine of ['sqlite', 'postgres'])
    await writeFile(path.join(migrations, name, `${engine}.sql`), sql);
}
