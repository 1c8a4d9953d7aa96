import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import { readGlueSnapshot } from '../../schema/glue.js';
import { printDomainSdl } from '../../schema/print-sdl.js';
import type { Source } from '../connectors/connector.js';
import { openDuckdb } from '../connectors/duckdb.js';
import { defineSubgraph, glue } from '../define-subgraph.js';
import type { LoadedDefinition } from '../list.js';
import { prepareCatalog, type Relations } from '../prepare-catalog.js';
import { readFolderPolicy } from './folder-policy.js';
import { type ImportedFile, importedFile, removeOlder, versionOf } from './imported-file.js';
import { type FolderDomain, reasonOf, scanData } from './scan-folder.js';

export interface FolderOptions {
  /** The folder of data, whose folders are domains. */
  readonly root: string;
  /** For what is imported. */
  readonly dataDirectory: string;
  /** Names that no domain can have, because the supergraph has fields of these names. */
  readonly reserved: readonly string[];
  /** Where the domains' relations come from. */
  readonly relations: Relations;
}

type Report = (message: string) => void;
/** What came of a state of a folder. */
type Listed = {
  readonly version: string;
  readonly told: readonly string[];
  readonly loaded?: LoadedDefinition;
};

/**
 * Makes the function that lists the domains of a data folder, imported and ready to be opened; what has not changed
 * since the last time is not looked into again. A folder of which nothing can be imported is told to `report` and left out.
 * @throws CONFIGURATION_INVALID where the folder is none, or holds no data.
 */
export function makeFolderLister(options: FolderOptions): (report: Report) => Promise<LoadedDefinition[]> {
  const known = new Map<string, Listed>();
  return async (report) => {
    const definitions: LoadedDefinition[] = [];
    const types = new Map<string, string>();
    // One after another: each import may take all the memory that is set aside for importing.
    for (const domain of await scanData(options.root, report, options.reserved)) {
      const version = stateOfDomain(domain);
      let listed = known.get(domain.folder);
      if (listed?.version !== version) listed = await list(domain, listed?.loaded, options, report);
      known.set(domain.folder, listed);
      for (const message of listed.told) report(message);
      if (listed.loaded !== undefined && !clashes(listed.loaded, types, report))
        definitions.push(listed.loaded);
    }
    if (definitions.length > 0) return definitions;
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The folder "${options.root}" holds no data that can be served: Parquet, CSV, JSON, DuckDB or SQLite files, or folders of them.`,
    );
  };
}

/** What cannot be imported any more stays as it was when it could. */
async function list(
  domain: FolderDomain,
  before: LoadedDefinition | undefined,
  options: FolderOptions,
  report: Report,
): Promise<Listed> {
  const version = stateOfDomain(domain);
  const directory = join(options.dataDirectory, 'folders');
  try {
    const rules = readFolderPolicy(domain.name, domain.policy);
    const imported = await importedFile(domain, directory, report);
    await removeOlder(domain, imported, directory);
    const told = imported.problems.map((problem) => `${domain.name}: ${problem}`);
    return { version, told, loaded: definitionOf(domain, imported, rules, options.relations) };
  } catch (error) {
    const reason = error instanceof AskgraphError ? error.message : reasonOf(error);
    return before === undefined
      ? { version, told: [`${domain.name} is left out: ${reason}`] }
      : { version, told: [`${domain.name} stays as it was: ${reason}`], loaded: before };
  }
}

/** Whether a domain's types are called as another's: `a_b` with a table `c`, and `a` with a table `b_c`. */
function clashes(
  { definition, catalog }: LoadedDefinition,
  types: Map<string, string>,
  report: Report,
): boolean {
  const { name } = definition;
  const own = [...printDomainSdl({ name, description: catalog!.description }, catalog!).own.keys()];
  const twin = own.find((type) => types.has(type));
  if (twin === undefined) {
    for (const type of own) types.set(type, name);
    return false;
  }
  report(
    `${name} is left out: its type ${twin} would be one with that of ${types.get(twin)}. Rename one of the folders.`,
  );
  return true;
}

/** The data's and the catalog's state, by which imported files are named, with that of who may see what. */
function stateOfDomain(domain: FolderDomain): string {
  const { policy } = domain;
  if (policy === undefined) return versionOf(domain);
  return `${versionOf(domain)}-${createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16)}`;
}

function definitionOf(
  domain: FolderDomain,
  imported: ImportedFile,
  rules: ReturnType<typeof readFolderPolicy>,
  relations: Relations,
): LoadedDefinition {
  const { name } = domain;
  const reference = glue({ database: name });
  const catalog = prepareCatalog({ catalog: reference }, readGlueSnapshot(imported.snapshot), relations);
  return {
    folder: domain.folder,
    catalog,
    version: stateOfDomain(domain),
    definition: defineSubgraph({
      name,
      description: catalog.description || `The data in the folder ${name}.`,
      production: 'a folder of files',
      catalog: reference,
      source: () => importedSource(imported.path),
      ...rules,
    }),
  };
}

function importedSource(path: string): Source {
  return { engine: 'duckdb', open: () => openDuckdb({ path }) };
}
