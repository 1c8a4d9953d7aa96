#!/usr/bin/env node
// The launcher: builds what is not built in a checkout, and hands over. A published package has dist and no sources.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Askgraph needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const builder = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(builder)) {
  const { ensureBuilt } = await import(builder.href);
  try {
    await ensureBuilt((message) => process.stderr.write(`${message}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
await import(new URL('../dist/gateway/main.js', import.meta.url).href);
