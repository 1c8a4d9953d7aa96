import { packageOf } from './read-sources.js';
import type { Violation } from './rules.js';
import type { Source } from './scan.js';

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** Imports of packages that are not among those that may be used there. */
export function undeclared(sources: readonly Source[], declared: readonly string[]): Violation[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line }) => {
      const name = packageOf(specifier);
      return name === undefined || declared.includes(name)
        ? []
        : [`${path}:${line} imports ${name}, which package.json does not name for it`];
    }),
  );
}

/** Packages of package.json that no source imports or names, and no script runs. */
export function unused(
  packages: readonly string[],
  sources: readonly Source[],
  commands: readonly string[],
): Violation[] {
  const named = new Set(
    sources.flatMap(({ imports, strings }) =>
      [...imports.map(({ specifier }) => specifier), ...strings.map(({ text }) => text)].map(packageOf),
    ),
  );
  return packages
    .filter((name) => !named.has(name) && !commands.some((command) => command.includes(name)))
    .map((name) => `package.json names ${name}, which nothing uses`);
}

/** An entry of package-lock.json. */
export interface LockedPackage {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}
export type Lock = Readonly<Record<string, LockedPackage>>;

export interface Installed {
  /** Where it is installed: `node_modules/glob/node_modules/minimatch`. */
  readonly place: string;
  /** Who needs it, from package.json on. */
  readonly chain: readonly string[];
}

/** Every package that the given ones bring along, with optional and peer ones; found as Node finds them. */
export function installedWith(lock: Lock, names: readonly string[]): Installed[] {
  const found = new Map<string, Installed>();
  const open = names.map((name) => ({ from: '', chain: [name] }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const place = placeOf(lock, next.from, next.chain.at(-1)!);
    if (place === undefined || found.has(place)) continue;
    const { chain } = next;
    found.set(place, { place, chain });
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[place]!;
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (peer) => peerDependenciesMeta?.[peer]?.optional !== true,
    );
    for (const name of [...keys(dependencies), ...keys(optionalDependencies), ...peers])
      open.push({ from: place, chain: [...chain, name] });
  }
  return [...found.values()];
}

/** As Node looks for it: beside the package that needs it, then further and further up. */
function placeOf(lock: Lock, folder: string, name: string): string | undefined {
  const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
  if (lock[place] !== undefined) return place;
  const parent = folder.lastIndexOf('/node_modules/');
  return folder === '' ? undefined : placeOf(lock, parent < 0 ? '' : folder.slice(0, parent), name);
}

function keys(record: Readonly<Record<string, string>> | undefined): string[] {
  return Object.keys(record ?? {});
}

/** Packages under a licence that is not allowed; `SPDX AND SPDX` wants both, `OR` one of them. */
export function licenceViolations(
  installed: readonly Installed[],
  licenceOf: (place: string) => string | undefined,
  allowed: readonly string[],
): Violation[] {
  const permits = (licence: string): boolean =>
    licence
      .replace(/[()]/g, '')
      .split(' OR ')
      .some((choice) => choice.split(' AND ').every((part) => allowed.includes(part.trim())));
  return installed.flatMap(({ place, chain }) => {
    const licence = licenceOf(place);
    return licence !== undefined && permits(licence)
      ? []
      : [`${chain.join(' > ')} is under ${licence ?? 'no licence that its package.json names'}`];
  });
}
