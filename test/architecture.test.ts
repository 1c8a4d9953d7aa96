import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ALLOWED_LICENCES,
  CLOCKS,
  HEAVY,
  OWNERS,
  TOLERATED_CIRCLES,
  TOLERATED_LICENCES,
  USED_BY_OTHERS,
} from './architecture/house.js';
import {
  installedWith,
  type Lock,
  licenceViolations,
  type Manifest,
  undeclared,
  unused,
} from './architecture/packages.js';
import { isServer, isTest, packageOf, readSources } from './architecture/read-sources.js';
import {
  computedImports,
  cycles,
  eagerLoads,
  filesLongerThan,
  importersOf,
  importsInto,
  layerViolations,
  ownerViolations,
  unfinished,
  usesOf,
} from './architecture/rules.js';

const root = process.cwd();
const sources = readSources(root);
const server = sources.filter(isServer);
const pages = sources.filter((source) => source.path.startsWith('gateway/web/') && !isTest(source));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const lock = (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock })
  .packages;
const domains = sources.flatMap(({ path }) => /^subgraphs\/([\w-]+)\/subgraph\.ts$/.exec(path)?.[1] ?? []);

describe('who may import whom', () => {
  const holds = (of: readonly string[], may: readonly string[], mayKnow: readonly string[]) =>
    expect(layerViolations(server, { of, may, mayKnow })).toEqual([]);

  it('sees every source and every domain', () => {
    expect(server.length).toBeGreaterThan(150);
    expect(domains).toEqual(expect.arrayContaining(['finance', 'hr', 'legal', 'product', 'sales']));
  });

  it('schema imports nothing of ours', () => holds(['schema/'], [], []));

  it('subgraphs/sql imports only schema', () => holds(['subgraphs/sql/'], ['schema/'], []));

  it('subgraphs/connectors imports only subgraphs/sql and schema', () =>
    holds(['subgraphs/connectors/'], ['subgraphs/sql/', 'schema/'], []));

  it('subgraphs/typed reaches a database only through a connector that it is handed', () =>
    holds(
      ['subgraphs/typed/'],
      ['subgraphs/audit/', 'subgraphs/metrics/', 'subgraphs/sql/', 'subgraphs/own-callers.ts', 'schema/'],
      [
        'subgraphs/connectors/connector.ts',
        'subgraphs/describe-domain.ts',
        'subgraphs/policy/permissions.ts',
        'subgraphs/request-context.ts',
      ],
    ));

  it('subgraphs/policy decides for whoever asks, and reaches no database', () =>
    holds(
      ['subgraphs/policy/'],
      ['subgraphs/own-callers.ts', 'subgraphs/sql/', 'schema/'],
      ['subgraphs/define-subgraph.ts', 'subgraphs/request-context.ts'],
    ));

  it('subgraphs/folder makes definitions of files: it serves nothing, and knows no request', () =>
    holds(
      ['subgraphs/folder/'],
      [
        'subgraphs/connectors/',
        'subgraphs/crawl/',
        'subgraphs/prepare-catalog.ts',
        'subgraphs/define-subgraph.ts',
        'subgraphs/describe-domain.ts',
        'schema/',
      ],
      ['subgraphs/list.ts'],
    ));

  it('nothing outside the gateway imports the gateway, and no subgraph the store', () => {
    holds(['subgraphs/'], ['schema/'], []);
    holds(['prisma/'], ['schema/'], []);
  });

  it.each(domains)(
    'the domain %s imports no other, and of the rest only what defines it, connects it and keeps its record',
    (name) =>
      holds(
        [`subgraphs/${name}/`],
        [
          'subgraphs/define-subgraph.ts',
          'subgraphs/connectors/',
          'subgraphs/audit/run-request.ts',
          'schema/',
        ],
        ['subgraphs/request-context.ts', 'subgraphs/audit/audit-trail.ts'],
      ),
  );

  it('nothing of the server imports a domain: each is found by its folder', () =>
    expect(
      importsInto(
        server,
        domains.map((name) => `subgraphs/${name}/`),
      ),
    ).toEqual([]));

  it('gateway/knowledge holds what domains are, and knows neither who plans nor who asks', () =>
    holds(
      ['gateway/knowledge/'],
      ['subgraphs/metrics/', 'schema/'],
      [
        'subgraphs/sql/',
        'subgraphs/define-subgraph.ts',
        'subgraphs/open-subgraph.ts',
        'subgraphs/policy/permissions.ts',
      ],
    ));

  it('gateway/planner writes queries, and knows neither connectors nor who asks', () =>
    holds(['gateway/planner/'], ['gateway/knowledge/', 'gateway/model/', 'subgraphs/sql/', 'schema/'], []));

  it('gateway/model knows nothing but errors: what is asked of a model is for others to say', () =>
    holds(['gateway/model/'], ['schema/'], []));

  it('gateway/ask touches no connector: it is handed the doors to the domains', () =>
    holds(
      ['gateway/ask/'],
      [
        'gateway/knowledge/',
        'gateway/planner/choice-id.ts',
        'gateway/planner/conversation/',
        'gateway/planner/plans/',
        'gateway/planner/references.ts',
        'schema/',
      ],
      [
        'gateway/model/model.ts',
        'gateway/planner/planner.ts',
        'prisma/store.ts',
        'prisma/verified-queries.ts',
        'subgraphs/connectors/connector.ts',
        'subgraphs/request-context.ts',
        'subgraphs/sql/',
      ],
    ));

  it('gateway/supergraph knows requests and errors, and nothing of asking', () =>
    holds(
      ['gateway/supergraph/'],
      ['subgraphs/own-callers.ts', 'schema/', 'subgraphs/request-headers.ts'],
      ['subgraphs/request-context.ts'],
    ));

  it('the pages import nothing of the server', () =>
    expect(layerViolations(pages, { of: ['gateway/web/'], may: [], mayKnow: ['gateway/web/'] })).toEqual([]));

  it('no files import each other in a circle when the program starts', () =>
    expect(cycles([...server, ...pages]).filter((circle) => !TOLERATED_CIRCLES.includes(circle))).toEqual(
      [],
    ));
});

describe('the only ways', () => {
  it('only compile and guard make a statement, and the crawl of its own constants', () => {
    const [statement, makers] = [
      'subgraphs/sql/statement.ts',
      ['subgraphs/sql/compile.ts', 'subgraphs/sql/guard.ts', 'subgraphs/crawl/catalog-statement.ts'],
    ];
    expect(importersOf(server, statement, 'makeStatement', makers)).toEqual([]);
    expect(usesOf(server, ['as Statement'], [statement])).toEqual([]);
  });

  it('a statement reaches a database only once it is on record, but for the crawl, which is an operator’s', () =>
    expect(
      usesOf(
        server.filter(({ path }) => !path.startsWith('subgraphs/connectors/')),
        ['connector.query', 'place.connector.query'],
        ['subgraphs/audit/run-statement.ts', 'subgraphs/crawl/crawl.ts'],
      ),
    ).toEqual([]));

  it('only gateway/main.ts reads the environment', () =>
    expect(usesOf([...server, ...pages], ['process.env', 'env'], ['gateway/main.ts'])).toEqual([]));

  it('time and chance come in as arguments from where a request or a process begins', () => {
    const names = ['Math.random', 'Date.now', 'new Date()', 'randomUUID', 'randomBytes', 'getRandomValues'];
    expect(usesOf(server, names, CLOCKS)).toEqual([]);
  });

  it('signals are joined by schema/signals.ts, whose deadlines are not collected', () =>
    expect(usesOf(server, ['AbortSignal.any'], ['schema/signals.ts'])).toEqual([]));

  it('every package belongs to the files that are told in architecture/house.ts', () =>
    expect(ownerViolations(server, OWNERS)).toEqual([]));

  it('no exception in architecture/house.ts outlives what it was made for', () => {
    const usesPackage = (path: string, name: string) =>
      server
        .find((source) => source.path === path)
        ?.imports.some(({ specifier, kind }) => kind !== 'types' && packageOf(specifier) === name);
    const stale = Object.entries(OWNERS).flatMap(([name, owner]) =>
      owner === 'shared'
        ? []
        : owner.filter((path) => !usesPackage(path, name)).map((path) => `${path}: ${name}`),
    );
    expect(stale).toEqual([]);
    expect(CLOCKS.filter((path) => !server.some((source) => source.path === path))).toEqual([]);
    expect(TOLERATED_CIRCLES.filter((circle) => !cycles(server).includes(circle))).toEqual([]);
  });

  it('heavy packages are loaded when they are first needed, not at the start', () =>
    expect(eagerLoads(server, (target) => HEAVY.test(target))).toEqual([]));

  it('only the list of domains imports what is only known when it runs', () =>
    expect(computedImports(server, ['subgraphs/list.ts'])).toEqual([]));
});

describe('the files', () => {
  it('no file is longer than 400 lines', () => {
    const long = filesLongerThan(sources, 250);
    if (long.length > 0) process.stdout.write(`Longer than 250 lines:\n  ${long.join('\n  ')}\n`);
    expect(filesLongerThan(sources, 400)).toEqual([]);
  });

  it('nothing is left unfinished, untyped or unchecked', () => expect(unfinished(sources)).toEqual([]));
});

describe('the packages', () => {
  const production = Object.keys(manifest.dependencies);
  const development = Object.keys(manifest.devDependencies);

  it('the server imports nothing that is only installed for development', () =>
    expect(undeclared(server, production)).toEqual([]));

  it('tests, scripts and pages import nothing that package.json does not name', () =>
    expect(
      undeclared(
        // What the benchmark compares with has a package.json of its own.
        sources.filter((source) => !isServer(source) && !/^bench\/\w+\/peers\//.test(source.path)),
        [...production, ...development],
      ),
    ).toEqual([]));

  it('every production package is used by the server', () =>
    expect(
      unused(production, server, []).filter(
        (line) => !USED_BY_OTHERS.some((name) => line.includes(`${name},`)),
      ),
    ).toEqual([]));

  it('every development package is used by a test, a script, a page or a command', () =>
    expect(
      unused(
        development.filter((name) => !name.startsWith('@types/')),
        sources,
        [...Object.values(manifest.scripts), readFileSync(join(root, 'biome.json'), 'utf8')],
      ),
    ).toEqual([]));

  it('every production package is under a licence that permits everything the project does', () => {
    const installed = installedWith(lock, production);
    expect(installed.length).toBeGreaterThan(150);
    const violations = licenceViolations(installed, licenceOf, ALLOWED_LICENCES);
    expect(violations).toEqual(TOLERATED_LICENCES);
  });
});

/** As the installed package says it; of one for another platform, which is not installed, as the lock file does. */
function licenceOf(place: string): string | undefined {
  const file = join(root, place, 'package.json');
  const found = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { license?: string }).license
    : lock[place]?.license;
  return typeof found === 'string' ? found : undefined;
}
