import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the Ask page and GraphiQL into dist/web, with every asset inside: no page asks another host for anything. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es' },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // An inlined asset is a data: address, which the Ask page's Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    // A first `npm start` waits for this build: what only serves people who read bundles is left out.
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      input: [here('index.html'), here('graphiql.html')],
      onLog(level, log, handle) {
        // React server components' "use client" means nothing in a browser bundle.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
