import { createHash } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Catalog } from '../schema/catalog.js';
import { AskgraphError } from '../schema/errors.js';
import { readGlueSnapshot } from '../schema/glue.js';
import { isCatalogSubgraph, type SubgraphDefinition } from './define-subgraph.js';
import { prepareCatalog, type Relations } from './prepare-catalog.js';

/** A domain as its folder defines it. */
export interface LoadedDefinition {
  readonly definition: SubgraphDefinition;
  readonly folder: string;
  /** Of a catalog domain: what its `catalog.json` says. */
  readonly catalog?: Catalog;
  /** Another where its catalog or data is; absent of a domain that stays as it is while the program runs. */
  readonly version?: string;
}

/** The folder that holds this file and the domains: of the sources, or of what is built from them. */
const SUBGRAPHS = dirname(fileURLToPath(import.meta.url));
/** Where the sources of what is built are, in a checkout. */
const SOURCES = join(SUBGRAPHS, '..', '..', 'subgraphs');

export interface ListOptions {
  /** The folder of the domains, if not this project's. */
  readonly root?: string;
  /** Is told what of the catalogs is not as one might expect, such as types that are not known. */
  readonly report?: (message: string) => void;
  /** For domains that say nothing of it: where their relations come from. */
  readonly relations?: Relations;
}

function ignore(): void {}

/**
 * Every domain: each folder that holds a `subgraph.ts` (or the `.js` built from it), in the order of their names.
 * @throws CONFIGURATION_INVALID where a folder defines no domain of its own name, CATALOG_INVALID for a bad catalog.
 */
export async function listSubgraphs(options: ListOptions = {}): Promise<LoadedDefinition[]> {
  const { root = SUBGRAPHS, report = ignore, relations = 'declared' } = options;
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const loaded = await Promise.all(folders.sort().map((name) => load(name, { root, report, relations })));
  return loaded.filter((item) => item !== undefined);
}

/**
 * One domain as its folder defines it, whether it has a `catalog.json` yet or not.
 * @throws as `listSubgraphs`; undefined where the folder defines no domain.
 */
export async function readDefinition(
  name: string,
  root: string = SUBGRAPHS,
): Promise<SubgraphDefinition | undefined> {
  return /^[\w-]+$/.test(name) ? loadDefinition(name, join(root, name)) : undefined;
}

async function load(
  name: string,
  { root, report, relations }: Required<ListOptions>,
): Promise<LoadedDefinition | undefined> {
  const folder = join(root, name);
  const definition = await loadDefinition(name, folder);
  if (definition === undefined) return undefined;
  if (!isCatalogSubgraph(definition)) return { definition, folder };
  const warn = (message: string) => report(`${name}: ${message}`);
  const { catalog, version } = await readCatalog(name, root, definition.catalog.database, warn);
  return { definition, folder, version, catalog: prepareCatalog(definition, catalog, relations) };
}

async function loadDefinition(name: string, folder: string): Promise<SubgraphDefinition | undefined> {
  const file = await firstFile(join(folder, 'subgraph.js'), join(folder, 'subgraph.ts'));
  if (file === undefined) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { default?: SubgraphDefinition };
  const definition = module.default;
  if (definition?.name !== name) {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `subgraphs/${name}/subgraph must export a subgraph named "${name}".`,
      {
        domain: name,
        details: { found: definition?.name },
      },
    );
  }
  return definition;
}

async function firstFile(...files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

async function readCatalog(
  domain: string,
  root: string,
  database: string,
  warn: (message: string) => void,
): Promise<{ catalog: Catalog; version: string }> {
  // What runs in a checkout is built; people and `catalog pull` write the catalog of the sources.
  const own = join(root, domain, 'catalog.json');
  const written = root === SUBGRAPHS ? await firstFile(join(SOURCES, domain, 'catalog.json')) : undefined;
  try {
    const text = await readFile(written ?? own, 'utf8');
    const version = createHash('sha256').update(text).digest('hex');
    return { catalog: readGlueSnapshot(JSON.parse(text), database, warn), version };
  } catch (error) {
    if (error instanceof AskgraphError) throw error;
    throw new AskgraphError('CATALOG_INVALID', `subgraphs/${domain}/catalog.json cannot be read as JSON.`, {
      domain,
      cause: error,
    });
  }
}
