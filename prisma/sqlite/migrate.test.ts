import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownMigrations, readMigrations } from '../read-migrations.js';
import { migrate } from './migrate.js';

const now = () => new Date('2024-03-01T10:00:00Z');
let folder: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-migrate-'));
  url = `file:${path.join(folder, 'store.db')}`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a start waits for another process that holds the file, and gives up when its patience ends', async () => {
  const migrations = await readMigrations(ownMigrations(), 'sqlite');
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
  expect(await read('SELECT "name" FROM "AppliedMigration"')).toEqual(names);
});

async function read(sql: string): Promise<Record<string, unknown>[]> {
  const client = createClient({ url });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
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
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return holder;
}
