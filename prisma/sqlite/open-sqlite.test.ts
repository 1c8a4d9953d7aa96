import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../store.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (url: string) =>
  openStore({ url, rows: 'kept', now: () => new Date('2024-03-01'), newId: () => 'c1' });

it.each([
  ['is deleted', (file: string) => rm(file)],
  [
    'is another',
    (file: string) => rm(file).then(() => writeFile(file, 'SQLite format 3\0 and nothing else')),
  ],
])('a store is made with its folder, and is not healthy when its file %s under it', async (_, spoil) => {
  const file = path.join(folder, 'made', 'store.db');
  const store = await open(`file:${file}`);
  await store.ensureConversation('ann', undefined, 'What is kept.');
  await store.checkHealth();
  await spoil(file);
  await expect(store.checkHealth()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await store.close();
});

it('a store is said to be unavailable where its file is no database', async () => {
  const file = path.join(folder, 'notes.txt');
  await writeFile(file, 'This is not a database, whatever its name may say. '.repeat(50));
  await expect(open(`file:${file}`)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining(file),
  });
});

it.each(['mysql://localhost/askgraph', ':memory:', 'file::memory:', ''])(
  'the URL "%s" is refused',
  async (wrong) => {
    await expect(open(wrong)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  },
);
