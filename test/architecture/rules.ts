import { packageOf, resolveImport } from './read-sources.js';
import type { Source, Use } from './scan.js';

/** What breaks a rule, as a person finds it: `schema/names.ts:3 imports gateway/config.ts`. */
export type Violation = string;

export interface Layer {
  /** Folders or files that the layer is made of. */
  readonly of: readonly string[];
  /** What else it may import. */
  readonly may: readonly string[];
  /** What it may import the types of. */
  readonly mayKnow: readonly string[];
}

/** Imports by which a layer reaches past what it may. Folders end in a slash. */
export function layerViolations(sources: readonly Source[], layer: Layer): Violation[] {
  const within = (path: string, places: readonly string[]) =>
    places.some((place) => path === place || (place.endsWith('/') && path.startsWith(place)));
  return sources
    .filter(({ path }) => within(path, layer.of))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, line, kind }) => {
        const target = resolveImport(path, specifier);
        if (target === undefined || within(target, [...layer.of, ...layer.may])) return [];
        if (kind === 'types' && within(target, layer.mayKnow)) return [];
        return [`${path}:${line} imports ${target}${kind === 'types' ? ' (types)' : ''}`];
      }),
    );
}

/** Files outside the given ones that import a name of a file. */
export function importersOf(
  sources: readonly Source[],
  file: string,
  name: string,
  allowed: readonly string[],
): Violation[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier, names }) => resolveImport(path, specifier) === file && names.includes(name))
      .filter(() => !allowed.includes(path))
      .map(({ line }) => `${path}:${line} imports ${name}`),
  );
}

/** Uses of a name, such as `process.env`, outside the files that may. */
export function usesOf(
  sources: readonly Source[],
  names: readonly string[],
  allowed: readonly string[],
): Violation[] {
  return sources
    .filter(({ path }) => !allowed.includes(path))
    .flatMap(({ path, uses, imports }) => [
      ...uses.filter(({ text }) => names.includes(text)).map(({ text, line }) => `${path}:${line} uses ${text}`),
      ...imports.flatMap((item) =>
        item.names
          .filter((name) => item.specifier.startsWith('node:') && names.includes(name))
          .map((name) => `${path}:${item.line} imports ${name}`),
      ),
    ]);
}

/** Packages that are used by a file that does not own them. A package that nobody owns is one. */
export function ownerViolations(
  sources: readonly Source[],
  owners: Readonly<Record<string, readonly string[] | 'shared'>>,
): Violation[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line, kind }) => {
      const name = kind === 'types' ? undefined : packageOf(specifier);
      if (name === undefined) return [];
      const owner = owners[name];
      if (owner === 'shared' || owner?.includes(path)) return [];
      return [`${path}:${line} uses ${name}, which belongs to ${owner?.join(' and ') ?? 'no file'}`];
    }),
  );
}

/** Heavy packages that are loaded with the file that imports them, instead of when they are first needed. */
export function eagerLoads(sources: readonly Source[], isHeavy: (target: string) => boolean): Violation[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ kind }) => kind === 'static')
      .filter(({ specifier }) => isHeavy(resolveImport(path, specifier) ?? specifier))
      .map(({ specifier, line }) => `${path}:${line} loads ${specifier} at once`),
  );
}

/** Groups of files that import each other in a circle when the program starts. */
export function cycles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const next = (path: string) =>
    (byPath.get(path)?.imports ?? []).flatMap(({ specifier, kind }) => {
      const target = kind === 'static' ? resolveImport(path, specifier) : undefined;
      return target !== undefined && byPath.has(target) ? [target] : [];
    });
  const reached = new Map(sources.map(({ path }) => [path, reach(path, next)]));
  const circles = sources.map(({ path }) =>
    sources
      .map((other) => other.path)
      .filter((other) => reached.get(path)!.has(other) && reached.get(other)!.has(path)),
  );
  return [...new Set(circles.filter((circle) => circle.length > 0).map((circle) => circle.join(' ↔ ')))];
}

function reach(from: string, next: (path: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...next(from)];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...next(path));
  }
  return seen;
}

export function filesLongerThan(sources: readonly Source[], lines: number): Violation[] {
  return sources
    .filter((source) => source.lines > lines)
    .toSorted((a, b) => b.lines - a.lines)
    .map((source) => `${source.path} has ${source.lines} lines`);
}

const UNFINISHED = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'HACK\\b', 'not (yet )?implemented'].join('|'), 'i');
const SILENCED = /@ts-(ignore|nocheck|expect-error)/;

/** Work left open, checks switched off, and values of no type. */
export function unfinished(sources: readonly Source[]): Violation[] {
  const say = (path: string, { line, text }: Use) => `${path}:${line} says “${text.trim()}”`;
  return sources.flatMap(({ path, comments, strings, uses }) => [
    ...comments
      .filter(({ text }) => UNFINISHED.test(text) || SILENCED.test(text))
      .map((comment) => say(path, comment)),
    ...strings.filter(({ text }) => UNFINISHED.test(text)).map((string) => say(path, string)),
    ...uses.filter(({ text }) => text === 'any').map((use) => say(path, use)),
  ]);
}
