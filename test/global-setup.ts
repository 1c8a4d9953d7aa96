import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The generated store client and the built pages, which the tests run against, are made once, before all of them. */
export default async function setup(): Promise<void> {
  const builder = (await import(pathToFileURL(resolve('scripts/build.mjs')).href)) as {
    ensureBuilt(): Promise<void>;
  };
  await builder.ensureBuilt();
}
