// Makes prisma/client (SQLite) and prisma/client-postgres from prisma/schema.prisma, in about a second each; nothing
// where they are made already. Prisma takes one provider a schema, so the second is made from the same text with another.
// Prisma's CLI would download a schema engine, which `generate` never runs: any executable stands in for it, so that
// the npm registry is all that an installation needs to reach.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'prisma');
const require = createRequire(import.meta.url);
const { version } = require('prisma/package.json');
const schema = readFileSync(path.join(folder, 'schema.prisma'), 'utf8');

ensureClient(schema, 'client');
ensureClient(
  schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"./client"', '"./client-postgres"'),
  'client-postgres',
);

function ensureClient(text, output) {
  const stamp = path.join(folder, output, '.made-from');
  const madeFrom = createHash('sha256').update(version).update(text).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) return;
  // Without the stamp, a client that was left half made is made again.
  rmSync(stamp, { force: true });
  // Prisma finds the output beside the schema.
  const file = path.join(folder, `.${output}-${process.pid}.prisma`);
  writeFileSync(file, text);
  try {
    generate(file);
  } finally {
    rmSync(file);
  }
  writeFileSync(stamp, madeFrom);
}

function generate(file) {
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate', '--schema', file],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    },
  );
  if (status !== 0) throw new Error(`prisma generate failed.\n${stdout}${stderr}${error ?? ''}`);
}
