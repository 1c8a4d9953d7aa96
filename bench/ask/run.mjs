// How fast the embedded planner reads: npm run bench:ask
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const out = path.join(root, 'dist.bench');

run([compiler, '-p', root, '--noCheck', '--outDir', out]);
run(['--expose-gc', '--max-old-space-size=8192', path.join(out, 'bench/ask/reading.js')]);

function run(commandLine) {
  const { status } = spawnSync(process.execPath, commandLine, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
