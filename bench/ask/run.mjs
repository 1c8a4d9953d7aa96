// How fast questions are looked up and read, and how often what they are about is found: npm run bench:ask
// The last needs question sets: ASKGRAPH_EVAL names the folder of their folders.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const out = path.join(root, 'dist.bench');

run([compiler, '-p', root, '--noCheck', '--outDir', out]);
run(['--expose-gc', '--max-old-space-size=8192', path.join(out, 'bench/ask/reading.js')]);
run([path.join(out, 'bench/ask/own-time.js')]);
const folders = setsIn(process.env.ASKGRAPH_EVAL);
if (folders.length === 0)
  console.log('\nRetrieval was not measured: ASKGRAPH_EVAL names no folder of question sets.');
for (const folder of folders) run([path.join(out, 'bench/ask/retrieval.js'), folder]);

/** The sets of a folder: those of its folders whose own hold questions. */
function setsIn(folder) {
  if (folder === undefined || !existsSync(folder)) return [];
  const foldersOf = (place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(place, name));
  return foldersOf(folder).filter((set) =>
    foldersOf(set).some((database) => existsSync(path.join(database, 'questions.json'))),
  );
}

function run(commandLine) {
  const { status } = spawnSync(process.execPath, commandLine, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
