// Builds the Ask page and GraphiQL into the folder that is given.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
await build({
  configFile: path.join(root, 'gateway', 'web', 'vite.config.ts'),
  build: { outDir: path.resolve(process.argv[2]) },
});
