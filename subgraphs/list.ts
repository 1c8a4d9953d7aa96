import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Catalog } from '../schema/catalog.js';
import { AskgraphError } from '../schema/errors.js';
import { readGlueSnapshot } from '../schema/glue.js';
import { isCatalogSubgraph, type SubgraphDefinition } from './define-subgraph.js';

/** A domain as its folder defines it. */
export interface LoadedDefinition {
  readonly definition: SubgraphDefinition;
  readonly folder: string;
  /** Of a catalog domain: what its `catalog.json` says. */
  readonly catalog?: Catalog;
}

/** The folder that holds this file and the domains: of the sources, or of what is built from them. */
const SUBGRAPHS = dirname(fileURLToPath(import.meta.url));

/**
 * Every domain: each folder that holds a `subgraph.ts` (or the `.js` built from it), in the order of their names.
 * @throws CONFIGURATION_INVALID where a folder defines no domain of its own name, CATALOG_INVALID for a bad catalog.
 */
export async function listSubgraphs(root: string = SUBGRAPHS): Promise<LoadedDefinition[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const loaded = await Promise.all(folders.sort().map((name) => load(name, join(root, name))));
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

async function load(name: string, folder: string): Promise<LoadedDefinition | undefined> {
  const definition = await loadDefinition(name, folder);
  if (definition === undefined) return undefined;
  if (!isCatalogSubgraph(definition)) return { definition, folder };
  return { definition, folder, catalog: await readCatalog(name, folder, definition.catalog.database) };
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

async function readCatalog(domain: string, folder: string, database: string): Promise<Catalog> {
  const file = join(folder, 'catalog.json');
  try {
    return readGlueSnapshot(JSON.parse(await readFile(file, 'utf8')), database);
  } catch (error) {
    if (error instanceof AskgraphError) throw error;
    throw new AskgraphError('CATALOG_INVALID', `subgraphs/${domain}/catalog.json cannot be read as JSON.`, {
      domain,
      cause: error,
    });
  }
}
