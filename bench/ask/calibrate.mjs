// Fits the planner's confidence to golden questions: npm run bench:calibrate -- FOLDER [pattern]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const out = path.join(root, 'dist.bench');

run([compiler, '-p', root, '--noCheck', '--outDir', out]);
run([path.join(out, 'bench/ask/calibrate.js'), ...process.argv.slice(2)]);

function run(commandLine) {
  const { status } = spawnSync(process.execPath, commandLine, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
