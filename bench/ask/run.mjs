// How fast questions are looked up and read, and how often what they are about is found: npm run bench:ask
// The second needs question sets: ASKGRAPH_EVAL names their folder.
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
const folder = process.env.ASKGRAPH_EVAL;
if (folder === undefined)
  console.log('\nRetrieval was not measured: ASKGRAPH_EVAL names no folder of question sets.');
else run([path.join(out, 'bench/ask/retrieval.js'), folder]);

function run(commandLine) {
  const { status } = spawnSync(process.execPath, commandLine, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
