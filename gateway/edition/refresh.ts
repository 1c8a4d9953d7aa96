import { asAskgraphError } from '../../schema/errors.js';
import { findSchemaChanges } from '../../schema/schema-changes.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import { isUnavailable } from '../../subgraphs/unavailable-subgraph.js';
import type { Edition, ServedDomain } from './edition.js';

/** What came of looking for changes. */
export type Refreshed = 'unchanged' | 'replaced' | 'failed';

export type Report = (message: string) => void;

export interface RefreshOptions {
  readonly current: () => Edition;
  /** The domains as their folders and catalogs define them now. */
  readonly list: (report: Report) => Promise<readonly LoadedDefinition[]>;
  readonly open: (loaded: LoadedDefinition, report: Report) => Promise<OpenSubgraph>;
  /** Makes the next edition, and serves it once it knows of its domains. */
  readonly serve: (domains: readonly ServedDomain[]) => Promise<void>;
  /** What is done with a change that breaks clients' queries. */
  readonly breakingChanges: 'hold' | 'apply';
  readonly report: Report;
}

/**
 * Makes the function that looks for changes of the domains and serves them. One look is taken at a time; who calls
 * while one is under way gets another after it. It never throws: what fails is reported, and what is served stays.
 */
export function makeRefresh(options: RefreshOptions): () => Promise<Refreshed> {
  const held = new Map<string, string | undefined>();
  let told: ReadonlySet<string> = new Set();
  let last: Promise<Refreshed> = Promise.resolve('unchanged');
  let waiting: Promise<Refreshed> | undefined;
  const look = async (): Promise<Refreshed> => {
    waiting = undefined;
    const [before, now] = [told, new Set<string>()];
    told = now;
    // What is as it was at the last look has been told then.
    const report = (message: string): void => {
      if (!before.has(message) && !now.has(message)) options.report(message);
      now.add(message);
    };
    try {
      return await refresh({ ...options, report }, held);
    } catch (thrown) {
      const error = asAskgraphError(thrown, 'INTERNAL', 'Looking for changes failed.');
      report(`what is served stays as it is: ${error.code}: ${error.message}`);
      return 'failed';
    }
  };
  return () => {
    waiting ??= last.then(look);
    last = waiting;
    return waiting;
  };
}

async function refresh(options: RefreshOptions, held: Map<string, string | undefined>): Promise<Refreshed> {
  const before = options.current().domains;
  const listed = await options.list(options.report);
  const opened: OpenSubgraph[] = [];
  try {
    const next: ServedDomain[] = [];
    for (const loaded of listed) {
      const served = before.find(({ subgraph }) => subgraph.name === loaded.definition.name);
      next.push(...(await nextOf(loaded, served, options, held, opened)));
    }
    for (const served of before) {
      if (listed.some(({ definition }) => definition.name === served.subgraph.name)) continue;
      if (keepsGone(served, options, held)) next.push(served);
    }
    next.sort((a, b) => (a.subgraph.name < b.subgraph.name ? -1 : 1));
    if (isSame(before, next)) return 'unchanged';
    await options.serve(next);
    return 'replaced';
  } catch (error) {
    await Promise.all(opened.map((subgraph) => subgraph.close()));
    throw error;
  }
}

function isSame(before: readonly ServedDomain[], next: readonly ServedDomain[]): boolean {
  return before.length === next.length && next.every((domain) => before.includes(domain));
}

/** What is served of a domain from now on: nothing where a new one does not open. */
async function nextOf(
  loaded: LoadedDefinition,
  served: ServedDomain | undefined,
  options: RefreshOptions,
  held: Map<string, string | undefined>,
  opened: OpenSubgraph[],
): Promise<ServedDomain[]> {
  const { version, definition } = loaded;
  const { name } = definition;
  const { report } = options;
  const wasDown = served !== undefined && isUnavailable(served.subgraph);
  const isKnown = served?.version === version || (held.has(name) && held.get(name) === version);
  if (served !== undefined && isKnown && !wasDown) {
    if (served.version === version) held.delete(name);
    return [served];
  }
  const subgraph = await options.open(loaded, report).catch((thrown: unknown) => {
    const { code, message } = asAskgraphError(thrown, 'SOURCE_UNAVAILABLE', 'It cannot be opened.');
    report(`${name}: its new state cannot be served: ${code}: ${message}`);
    return undefined;
  });
  if (subgraph === undefined) return served === undefined ? [] : [served];
  if (served !== undefined && isUnavailable(subgraph)) {
    await subgraph.close();
    return [served];
  }
  if (served !== undefined && served.version !== version) {
    const breaking = findSchemaChanges(served.subgraph.sdl, subgraph.sdl).filter(
      ({ kind }) => kind === 'breaking',
    );
    const texts = breaking.map(({ description }) => description);
    if (texts.length > 0 && options.breakingChanges === 'hold') {
      await subgraph.close();
      held.set(name, version);
      report(
        `${name}: its new state is held back, because it would break queries: ${listed(texts)} ${ADVICE}`,
      );
      return [served];
    }
    if (texts.length > 0) report(`${name}: its new state breaks queries: ${listed(texts)}`);
  }
  opened.push(subgraph);
  held.delete(name);
  report(served === undefined ? `${name} is new` : `${name} has changed`);
  return [{ subgraph, version }];
}

const ADVICE = 'Restart, or set ASKGRAPH_BREAKING_CHANGES=apply, to serve it.';
const TOLD_CHANGES = 10;

/** Fields before types, of which each table has many, and the tables' own before those that are derived. */
function listed(descriptions: readonly string[]): string {
  const rank = (text: string): number => text.length + (/^\w+\./.test(text) ? 0 : 1_000);
  const texts = [...descriptions].sort((a, b) => rank(a) - rank(b));
  const more = texts.length - TOLD_CHANGES;
  return `${texts.slice(0, TOLD_CHANGES).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
}

/** Whether a domain that is gone is served all the same. */
function keepsGone(
  { subgraph: { name } }: ServedDomain,
  { breakingChanges, report }: RefreshOptions,
  held: Map<string, string | undefined>,
): boolean {
  if (breakingChanges === 'apply') {
    report(`${name} is gone`);
    return false;
  }
  if (!held.has(name))
    report(`${name} is gone, and is served all the same, because that would break queries. ${ADVICE}`);
  held.set(name, 'gone');
  return true;
}
