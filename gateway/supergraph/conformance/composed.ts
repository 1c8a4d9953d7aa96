import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SubgraphSource } from '../compose.js';
import { type ConformanceCase, subgraphSdl } from './conformance.js';

const FOLDER = new URL('./composed/', import.meta.url);
const OF = '# Composed of subgraphs whose hash is ';

/** A case's subgraphs, as composition takes them. */
export function sourcesOf({ subgraphs }: ConformanceCase): SubgraphSource[] {
  return Object.entries(subgraphs).map(([name, subgraph]) => ({
    name,
    sdl: subgraphSdl(subgraph),
    url: `http://${name}.test`,
  }));
}

/** The name of the file that keeps what another composer made of a case. */
export function composedFile({ name }: ConformanceCase): string {
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.graphql`;
}

/** What is kept of another composer's work: with it, of what it was made. */
export function composedText(fixture: ConformanceCase, sdl: string): string {
  return `${OF}${hashOf(fixture)}\n${sdl.trimEnd()}\n`;
}

/** Throws where the kept file was made of other subgraphs than the case has now. */
export async function readComposed(fixture: ConformanceCase): Promise<string> {
  const text = await readFile(new URL(composedFile(fixture), FOLDER), 'utf8');
  if (!text.startsWith(`${OF}${hashOf(fixture)}\n`)) {
    throw new Error(
      `${composedFile(fixture)} is of other subgraphs. Make it anew: node test/fuzz/run.mjs --composer <its file> --cases`,
    );
  }
  return text;
}

function hashOf(fixture: ConformanceCase): string {
  return createHash('sha256')
    .update(JSON.stringify(sourcesOf(fixture)))
    .digest('hex');
}
