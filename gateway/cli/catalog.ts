import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unknownName } from '../../schema/did-you-mean.js';
import { AskgraphError } from '../../schema/errors.js';
import { checkGlueSnapshot, type GlueSnapshot, readGlueSnapshot } from '../../schema/glue.js';
import { type GlueCatalogPlace, pullGlue } from '../../schema/glue-client.js';
import { keepRemoved } from '../../schema/keep-removed.js';
import { mergeSnapshot } from '../../schema/merge-snapshot.js';
import { patternOf } from '../../schema/select-tables.js';
import { crawl } from '../../subgraphs/crawl/crawl.js';
import {
  type CatalogSubgraph,
  type Environment,
  isCatalogSubgraph,
} from '../../subgraphs/define-subgraph.js';
import { listSubgraphs, readDefinition } from '../../subgraphs/list.js';

/** How long names are still answered where nothing else is said. */
const KEEP_REMOVED_DAYS = 30;

export interface CatalogOptions {
  /** The project's folder. */
  readonly root: string;
  readonly environment: Environment;
  /** For files that can be made again, such as demo data. */
  readonly dataDirectory: string;
  readonly signal: AbortSignal;
  readonly now: Date;
  readonly print: (line: string) => void;
}

export interface KeepSettings {
  /** For how many days the names of what the source has no more are still answered, by null. */
  readonly keepRemoved: number;
}

export interface PullSettings extends Partial<KeepSettings> {
  readonly filter?: string;
  readonly region?: readonly string[];
  readonly catalogId?: readonly string[];
  readonly endpoint?: string;
}

/** Reads each domain's database out of AWS Glue into its `catalog.json`; of all domains with a catalog if none is named. */
export async function pullCatalogs(
  domains: readonly string[],
  settings: PullSettings,
  options: CatalogOptions,
): Promise<void> {
  for (const definition of await definitionsOf(domains)) {
    await refresh(definition, settings, options, () => pull(definition, settings, options));
  }
}

/** Reads what each domain's source says of its own tables into its `catalog.json`; Athena's tables are in Glue. */
export async function crawlCatalogs(
  domains: readonly string[],
  settings: Partial<KeepSettings>,
  options: CatalogOptions,
): Promise<void> {
  for (const definition of await definitionsOf(domains)) {
    const source = definition.source(options.environment);
    await refresh(definition, settings, options, async () => {
      if (source.engine === 'athena') return pull(definition, {}, options);
      const { name, catalog } = definition;
      const { dataDirectory, print, signal } = options;
      const connector = await source.open({ domain: name, dataDirectory, report: print });
      try {
        return await crawl(connector, { database: catalog.database, signal });
      } finally {
        await connector.close();
      }
    });
  }
}

async function definitionsOf(domains: readonly string[]): Promise<CatalogSubgraph[]> {
  if (domains.length > 0) return Promise.all(domains.map(definitionOf));
  return (await listSubgraphs()).map(({ definition }) => definition).filter(isCatalogSubgraph);
}

async function definitionOf(name: string): Promise<CatalogSubgraph> {
  const definition = await readDefinition(name);
  if (definition === undefined) {
    const known = (await listSubgraphs()).map((loaded) => loaded.definition.name);
    throw unknownName('domain', name, 'this project', known);
  }
  if (isCatalogSubgraph(definition)) return definition;
  throw new AskgraphError(
    'BAD_USER_INPUT',
    `The domain ${name} has no catalog: its schema was written by hand.`,
  );
}

function pull(
  definition: CatalogSubgraph,
  settings: PullSettings,
  options: CatalogOptions,
): Promise<GlueSnapshot> {
  const { database, places } = definition.catalog;
  const { filter, endpoint } = settings;
  return pullGlue({
    database,
    places: placesOf(settings) ?? places ?? [{}],
    ...(filter === undefined ? {} : { filter }),
    ...(endpoint === undefined ? {} : { endpoint }),
    signal: options.signal,
    warn: (message) => options.print(`${definition.name}: ${message}`),
  });
}

/** Every named catalog in every named region; undefined where neither is named. */
function placesOf({ region, catalogId }: PullSettings): GlueCatalogPlace[] | undefined {
  if (region === undefined && catalogId === undefined) return undefined;
  return (region ?? [undefined]).flatMap((inRegion) =>
    (catalogId ?? [undefined]).map((id) => ({
      ...(inRegion === undefined ? {} : { region: inRegion }),
      ...(id === undefined ? {} : { catalogId: id }),
    })),
  );
}

/** Merges what was found into the committed snapshot, and writes that only if a gateway could read it. */
async function refresh(
  { name, catalog }: CatalogSubgraph,
  { filter, keepRemoved: days = KEEP_REMOVED_DAYS }: Pick<PullSettings, 'filter' | 'keepRemoved'>,
  { root, print, now }: CatalogOptions,
  find: () => Promise<GlueSnapshot>,
): Promise<void> {
  const file = join(root, 'subgraphs', name, 'catalog.json');
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const warn = (message: string) => print(`${name}: ${message}`);
  const committed = before === undefined ? undefined : parse(name, before);
  const isLookedFor = (table: string) => filter === undefined || patternOf(filter).test(table);
  const found = keepRemoved(committed, await find(), { now, days, isLookedFor, warn });
  const merged = mergeSnapshot(committed, found, warn);
  readGlueSnapshot(merged, catalog.database, warn);
  const after = `${JSON.stringify(merged, null, 2)}\n`;
  const tables = `${merged.TableList.length} ${merged.TableList.length === 1 ? 'table' : 'tables'}`;
  if (after === before) return print(`${name}: ${tables}, nothing has changed`);
  await writeFile(file, after);
  print(`${name}: ${tables}, written to ${file}`);
}

function parse(domain: string, text: string): GlueSnapshot {
  try {
    return checkGlueSnapshot(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof AskgraphError) throw cause;
    throw new AskgraphError('CATALOG_INVALID', `subgraphs/${domain}/catalog.json is not JSON.`, {
      domain,
      cause,
    });
  }
}
