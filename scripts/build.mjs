// Builds dist: the server by TypeScript, the pages by Vite, side by side; nothing where the sources have not changed.
// The result is moved into place whole, so that two starts at once never see half a build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);
const SOURCES = [
  'gateway',
  'subgraphs',
  'schema',
  'prisma',
  'scripts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
/** Files that the server reads beside its code. */
const DATA = /(catalog\.json|\.csv|\.graphql|\.sql|\.prisma)$/;

/** Makes dist if the sources are not what it was made from. */
export async function ensureBuilt(report = () => {}) {
  const stamp = path.join(dist, '.made-from');
  const digest = digestOf(SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  report('Building Askgraph (once; about ten seconds) …');
  const next = path.join(root, `dist.next-${process.pid}`);
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next);
  try {
    // Both are waited for, also where one fails: what still runs would write into a folder that is gone.
    const failed = (await Promise.allSettled([buildServer(next), buildPages(next)])).find(
      ({ status }) => status === 'rejected',
    );
    if (failed !== undefined) throw failed.reason;
    copyData(next);
    writeFileSync(path.join(next, '.made-from'), digest);
    const previous = path.join(root, `dist.previous-${process.pid}`);
    if (existsSync(dist)) renameSync(dist, previous);
    renameSync(next, dist);
    rmSync(previous, { recursive: true, force: true });
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

async function buildServer(outDir) {
  await run([path.join(root, 'scripts', 'generate-client.mjs')]);
  await run([
    path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'),
    '-p',
    path.join(root, 'tsconfig.build.json'),
    '--outDir',
    outDir,
  ]);
}

async function buildPages(outDir) {
  await run([path.join(root, 'scripts', 'build-pages.mjs'), path.join(outDir, 'web')]);
}

function run(parameters) {
  return new Promise((resolve, reject) => {
    // Whoever builds, a test too, builds what is served: React as for production.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, parameters, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(parameters[0])} failed:\n${output}`)),
    );
  });
}

function copyData(outDir) {
  for (const file of filesBelow('subgraphs').concat(
    filesBelow('schema'),
    filesBelow('prisma'),
    filesBelow('gateway'),
  )) {
    if (DATA.test(file)) cpSync(path.join(root, file), path.join(outDir, file));
  }
}

/** A digest of names, sizes and times: reading every file would cost more than the start it saves. */
function digestOf(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesBelow(place)) {
      const { size, mtimeMs } = statSync(path.join(root, file));
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesBelow(place) {
  const full = path.join(root, place);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [place];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(path.join('prisma', 'client')))
    .sort();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureBuilt((message) => process.stderr.write(`${message}\n`));
}
