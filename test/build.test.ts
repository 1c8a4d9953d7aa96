import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;

/** A project of the same shape, with one source and one page, built by the real script. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-build-'));
  const root = process.cwd();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const file of [
    'scripts',
    'tsconfig.json',
    'tsconfig.build.json',
    'package.json',
    'package-lock.json',
    'prisma/schema.prisma',
  ])
    cpSync(join(root, file), join(folder, file), { recursive: true });
  mkdirSync(join(folder, 'gateway/web'), { recursive: true });
  mkdirSync(join(folder, 'subgraphs/hr'), { recursive: true });
  writeFileSync(join(folder, 'subgraphs/hr/catalog.json'), '{"made": "by hand"}');
  writeFileSync(join(folder, 'gateway/main.ts'), 'export const answer: number = 42;\n');
  writeFileSync(join(folder, 'gateway/main.test.ts'), 'export const test = 1;\n');
  writeFileSync(join(folder, 'gateway/web/index.html'), '<p>Hello</p>');
  writeFileSync(
    join(folder, 'gateway/web/vite.config.ts'),
    "export default { root: new URL('.', import.meta.url).pathname, logLevel: 'error', build: { emptyOutDir: true } };\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const build = () => spawnSync(process.execPath, [join(folder, 'scripts/build.mjs')], { encoding: 'utf8' });
const read = (file: string) => readFileSync(join(folder, 'dist', file), 'utf8');
const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('dist.'));

describe('scripts/build.mjs', () => {
  it('builds the server without its tests, the pages, and the data that the server reads', () => {
    const { status, stderr } = build();
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Building Askgraph'),
    });
    expect(read('gateway/main.js')).toContain('answer = 42');
    expect(existsSync(join(folder, 'dist/gateway/main.test.js'))).toBe(false);
    expect(read('web/index.html')).toContain('Hello');
    expect(read('subgraphs/hr/catalog.json')).toBe('{"made": "by hand"}');
    expect(leftovers()).toEqual([]);
  });

  it('does nothing where no source has changed, also where only a test has', () => {
    const stamp = read('.made-from');
    writeFileSync(join(folder, 'gateway/main.test.ts'), 'export const test = 2;\n');
    expect(build()).toMatchObject({ status: 0, stderr: '' });
    expect(read('.made-from')).toBe(stamp);
  });

  it('builds again where a source has changed, and drops what is no more', () => {
    rmSync(join(folder, 'subgraphs/hr/catalog.json'));
    writeFileSync(join(folder, 'gateway/main.ts'), 'export const answer: number = 43;\n');
    expect(build().status).toBe(0);
    expect(read('gateway/main.js')).toContain('answer = 43');
    expect(existsSync(join(folder, 'dist/subgraphs/hr/catalog.json'))).toBe(false);
  });

  it('says what is wrong with a source, and leaves the last good build', () => {
    writeFileSync(join(folder, 'gateway/main.ts'), 'export const answer: number = "x";\n');
    const { status, stderr } = build();
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/main\.ts.*TS2322/s);
    expect(read('gateway/main.js')).toContain('answer = 43');
    expect(leftovers()).toEqual([]);
  });
});
