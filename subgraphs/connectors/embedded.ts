import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import type { Source, SourceContext } from './connector.js';
import { type Demo, digestOf } from './demo-data.js';
import { makeDemoFile, readDemoFile } from './demo-file.js';
import { openDuckdb } from './duckdb.js';

/**
 * A domain's demo data, made on this machine and read in process: `<dataDirectory>/<domain>.duckdb`, and beside it
 * `<domain>.files` where the tables are imported from files. Made at the first opening, and again when its generator
 * has changed or the file is damaged.
 * @throws DATA_CORRUPT where a damaged file can't be replaced, SOURCE_UNAVAILABLE where the data can't be made.
 */
export function embedded(demo: Demo): Source {
  return {
    engine: 'duckdb',
    async open(context) {
      const path = join(context.dataDirectory, `${context.domain}.duckdb`);
      const digest = digestOf(demo);
      const state = await stateOf(path, digest);
      if (state !== 'current') {
        context.report(announce(state, context.domain, path));
        await make(demo, digest, path, state, context);
      }
      // Closed off from other files, the engine finds a file's own companions only by its real name.
      return openDuckdb({ path: await realpath(path) });
    },
  };
}

type FileState = 'current' | 'missing' | 'outdated' | 'damaged';

async function stateOf(path: string, digest: string): Promise<FileState> {
  if (await isMissing(path)) return 'missing';
  const found = await readDemoFile(path);
  if (found === undefined) return 'damaged';
  return found === digest ? 'current' : 'outdated';
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw new AskgraphError('SOURCE_UNAVAILABLE', `The data file ${path} can't be read.`, { cause: error });
  }
}

function announce(state: Exclude<FileState, 'current'>, domain: string, path: string): string {
  switch (state) {
    case 'missing':
      return `making the demo data of ${domain}`;
    case 'outdated':
      return `making the demo data of ${domain} again, because its generator has changed`;
    case 'damaged':
      return `making the demo data of ${domain} again, because ${path} is damaged`;
  }
}

async function make(
  demo: Demo,
  digest: string,
  path: string,
  state: FileState,
  { domain, dataDirectory }: SourceContext,
): Promise<void> {
  try {
    await makeDemoFile({ demo, digest, path, files: join(dataDirectory, `${domain}.files`) });
  } catch (cause) {
    throw state === 'damaged'
      ? new AskgraphError(
          'DATA_CORRUPT',
          `${path} is damaged and can't be replaced. Delete it and start again.`,
          {
            domain,
            cause,
          },
        )
      : new AskgraphError(
          'SOURCE_UNAVAILABLE',
          `The demo data of ${domain} can't be made in ${dataDirectory}.`,
          {
            domain,
            cause,
          },
        );
  }
}
