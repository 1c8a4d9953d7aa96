import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { type Source, scan } from './scan.js';

const FOLDERS = ['gateway', 'subgraphs', 'schema', 'prisma', 'test', 'bench', 'scripts', 'bin'];
/** Made by `prisma generate`, or installed for a benchmark. */
const NOT_OURS = /^prisma\/client(-postgres)?\/|^bench\/typed\/peers\/(client|built)\/|\/node_modules\//;

/** Every source of the project, by its path. */
export function readSources(root: string): Source[] {
  const paths = FOLDERS.flatMap((folder) => filesBelow(root, folder)).concat('vitest.config.ts');
  return paths
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !NOT_OURS.test(path))
    .sort()
    .map((path) => scan(path, readFileSync(join(root, path), 'utf8')));
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Tests and what only they use: they may reach everywhere. */
export function isTest({ path }: Source): boolean {
  return (
    /\.test(-helper)?\.ts$/.test(path) ||
    /^(test|bench)\//.test(path) ||
    path.startsWith('gateway/supergraph/conformance/') ||
    path.startsWith('subgraphs/sql/guard/corpus/')
  );
}

/** What is built into the server: neither tests nor what builds, nor the pages, which run in a browser. */
export function isServer(source: Source): boolean {
  return (
    /^(gateway|subgraphs|schema|prisma)\//.test(source.path) &&
    !source.path.startsWith('gateway/web/') &&
    !isTest(source)
  );
}

/** The path that a relative import names: of `./errors.js` in schema/names.ts, `schema/errors.ts`. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** The package that an import names: of `graphiql/style.css`, `graphiql`; undefined for a file or a Node module. */
export function packageOf(specifier: string): string | undefined {
  const name = /^(?:@[\w.-]+\/)?[a-z][\w.-]*(?=\/|$)/.exec(specifier)?.[0];
  return name === undefined || specifier.startsWith('node:') ? undefined : name;
}
