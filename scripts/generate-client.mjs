// Makes prisma/client from prisma/schema.prisma, in about a second; nothing where it is made already.
// Prisma's CLI would download a schema engine, which `generate` never runs: any executable stands in for it, so that
// the npm registry is all that an installation needs to reach.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const schema = path.join(root, 'prisma', 'schema.prisma');
const stamp = path.join(root, 'prisma', 'client', '.made-from');
const require = createRequire(import.meta.url);

const madeFrom = createHash('sha256')
  .update(require('prisma/package.json').version)
  .update(readFileSync(schema))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== madeFrom) generate();

function generate() {
  // Without the stamp, a client that was left half made is made again.
  rmSync(stamp, { force: true });
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate', '--schema', schema],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    },
  );
  if (status !== 0) {
    process.stderr.write(`prisma generate failed.\n${stdout}${stderr}${error ?? ''}\n`);
    process.exit(1);
  }
  writeFileSync(stamp, madeFrom);
}
