import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps the schema that a remote domain last gave, so that the gateway can start while the domain is down. */
export async function rememberSdl(folder: string, domain: string, sdl: string): Promise<void> {
  const path = pathOf(folder, domain);
  await mkdir(folder, { recursive: true });
  // Another gateway on the same folder must never read half a schema.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, sdl);
  await rename(draft, path);
}

/** The schema that a remote domain last gave; undefined where it never gave one. */
export async function recallSdl(folder: string, domain: string): Promise<string | undefined> {
  try {
    return await readFile(pathOf(folder, domain), 'utf8');
  } catch {
    return undefined;
  }
}

function pathOf(folder: string, domain: string): string {
  return join(folder, `${domain}.graphql`);
}
