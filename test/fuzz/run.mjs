// A longer fuzz than the test's: node test/fuzz/run.mjs --runs 1000 --seed 1
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const outDir = path.join(root, 'dist.fuzz');
const { status } = spawnSync(process.execPath, [compiler, '-p', root, '--noCheck', '--outDir', outDir], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
await import(pathToFileURL(path.join(outDir, 'test/fuzz/run.js')).href);
