import { describe, expect, it } from 'vitest';
import { HEAVY } from './house.js';
import { installedWith, licenceViolations, undeclared, unused } from './packages.js';
import { isServer, packageOf, resolveImport } from './read-sources.js';
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
} from './rules.js';
import { COMPUTED, scan } from './scan.js';

const lines = (...texts: string[]) => texts.join('\n');

describe('scan', () => {
  it('sees every kind of import with its line, and none in comments and strings', () => {
    const { imports } = scan(
      'a.ts',
      lines(
        "import one, { two as zwei, type Three } from './one.js';",
        "import type { Four } from './four.js';",
        "import './five.js';",
        "export { six } from './six.js';",
        "export type { Seven } from './seven.js';",
        "export * from './eight.js';",
        "const nine = () => import('./nine.js');",
        "const ten = (name: string) => import('./' + name);",
        "// import './eleven.js';",
        'const twelve = "import \'./twelve.js\'";',
        'import {',
        '  thirteen,',
        "} from './thirteen.js';",
      ),
    );
    expect(imports.map(({ specifier, line, kind }) => [specifier, line, kind])).toEqual([
      ['./one.js', 1, 'static'],
      ['./four.js', 2, 'types'],
      ['./five.js', 3, 'static'],
      ['./six.js', 4, 'static'],
      ['./seven.js', 5, 'types'],
      ['./eight.js', 6, 'static'],
      ['./nine.js', 7, 'dynamic'],
      [COMPUTED, 8, 'dynamic'],
      ['./thirteen.js', 11, 'static'],
    ]);
    expect(imports[0]?.names).toEqual(['Default', 'two', 'Three']);
  });

  it('takes `import { type A }` for an import that the program runs, as TypeScript leaves it there', () =>
    expect(scan('a.ts', "import { type A } from 'pg';").imports[0]?.kind).toBe('static'));

  it('reads decorators and pages', () => {
    expect(
      scan('a.ts', "@ObjectType() class A { @Field() declare name: string }\nimport 'b';").imports,
    ).toHaveLength(1);
    expect(scan('a.tsx', "import 'b';\nexport const A = () => <p>import 'c'</p>;").imports).toHaveLength(1);
  });

  it('names the file that it cannot parse', () =>
    expect(() => scan('bad.ts', 'const = ;')).toThrow(/bad\.ts cannot be parsed/));
});

describe('paths', () => {
  it('resolves what a file imports from its own folder', () => {
    expect(resolveImport('gateway/ask/run.ts', '../../schema/errors.js')).toBe('schema/errors.ts');
    expect(resolveImport('gateway/ask/run.ts', 'graphql')).toBeUndefined();
  });

  it('knows a package by its name', () => {
    const named = ['graphiql/style.css', '@a/b', '@a/b/c', 'node:fs', './a.js', COMPUTED].map(packageOf);
    expect(named).toEqual(['graphiql', '@a/b', '@a/b', undefined, undefined, undefined]);
  });

  it('tells the server from tests, pages and scripts', () => {
    const paths = [
      'schema/names.ts',
      'schema/names.test.ts',
      'gateway/web/a.ts',
      'scripts/a.mjs',
      'test/a.ts',
    ];
    expect(paths.filter((path) => isServer(scan(path, '')))).toEqual(['schema/names.ts']);
  });
});

describe('each rule finds what breaks it', () => {
  it('a layer that reaches out of itself, and a type where only a type is allowed', () => {
    const layer = { of: ['schema/'], may: ['house/'], mayKnow: ['types/'] };
    const file = scan(
      'schema/a.ts',
      lines(
        "import './b.js';",
        "import '../house/c.js';",
        "import type { D } from '../types/d.js';",
        "import { D } from '../types/d.js';",
        "export * from '../gateway/e.js';",
        "await import('../gateway/f.js');",
        "import type { G } from '../gateway/g.js';",
      ),
    );
    expect(layerViolations([file], layer)).toEqual([
      'schema/a.ts:4 imports types/d.ts',
      'schema/a.ts:5 imports gateway/e.ts',
      'schema/a.ts:6 imports gateway/f.ts',
      'schema/a.ts:7 imports gateway/g.ts (types)',
    ]);
    expect(layerViolations([scan('schematic/a.ts', "import '../gateway/b.js';")], layer)).toEqual([]);
  });

  it('a domain that another file imports', () => {
    const files = [
      scan('subgraphs/hr/a.ts', "import './b.js';"),
      scan('subgraphs/list.ts', "import './hr/b.js';"),
    ];
    expect(importsInto(files, ['subgraphs/hr/'])).toEqual(['subgraphs/list.ts:1 imports subgraphs/hr/b.ts']);
  });

  it('a third maker of statements, also under another name', () => {
    const file = scan('x/a.ts', "\nimport { makeStatement as make } from '../sql/statement.js';");
    expect(importersOf([file], 'sql/statement.ts', 'makeStatement', [])).toEqual([
      'x/a.ts:2 imports makeStatement',
    ]);
    expect(importersOf([file], 'sql/statement.ts', 'makeStatement', ['x/a.ts'])).toEqual([]);
    expect(usesOf([scan('a.ts', 'run({ text } as Statement);')], ['as Statement'], [])).toEqual([
      'a.ts:1 uses as Statement',
    ]);
  });

  it('a reader of the environment, a clock and a die', () => {
    const names = ['process.env', 'env', 'Math.random', 'Date.now', 'new Date()', 'randomUUID'];
    const file = scan(
      'a.ts',
      lines(
        "import { env } from 'node:process';",
        "import { randomUUID } from 'node:crypto';",
        'const home = process.env.HOME;',
        'const die = Math.random;',
        'const at = [Date.now(), new Date(), new Date(0), performance.now()];',
        '// process.env, Math.random()',
      ),
    );
    expect(usesOf([file], names, [])).toEqual([
      'a.ts:3 uses process.env',
      'a.ts:4 uses Math.random',
      'a.ts:5 uses Date.now',
      'a.ts:5 uses new Date()',
      'a.ts:1 imports env',
      'a.ts:2 imports randomUUID',
    ]);
    expect(usesOf([file], names, ['a.ts'])).toEqual([]);
  });

  it('a package in a file that does not own it, or that nobody owns', () => {
    const file = scan(
      'a.ts',
      lines("import 'pg';", "import 'new-sdk';", "import 'zod';", "import type { A } from 'pg';"),
    );
    expect(ownerViolations([file], { pg: ['b.ts'], zod: 'shared' })).toEqual([
      'a.ts:1 uses pg, which belongs to b.ts',
      'a.ts:2 uses new-sdk, which belongs to no file',
    ]);
  });

  it('a heavy package that is loaded at once', () => {
    const file = scan(
      'prisma/a.ts',
      lines(
        "import { DuckDBInstance } from '@duckdb/node-api';",
        "import type { Client } from '@libsql/client';",
        "import { PrismaClient } from './client/client.js';",
        "import mysql from 'mysql2/promise';",
        "await import('@duckdb/node-api');",
        "import pgFormat from 'pg-format';",
      ),
    );
    expect(eagerLoads([file], (target) => HEAVY.test(target))).toEqual([
      'prisma/a.ts:1 loads @duckdb/node-api at once',
      'prisma/a.ts:3 loads ./client/client.js at once',
      'prisma/a.ts:4 loads mysql2/promise at once',
    ]);
  });

  it('an import of what only the running program knows', () =>
    expect(
      computedImports([scan('a.ts', 'await import(name);'), scan('b.ts', 'await import(name);')], ['b.ts']),
    ).toEqual(['a.ts:1 imports what is only known when it runs']));

  it('files in a circle, however long, but not by types or later loading', () => {
    const file = (path: string, text: string) => scan(path, text);
    expect(
      cycles([
        file('a.ts', "import './b.js';"),
        file('b.ts', "export * from './c.js';"),
        file('c.ts', "import './a.js'; import './d.js';"),
        file('d.ts', "import type { A } from './a.js'; import('./c.js');"),
        file('e.ts', "import './e.js';"),
      ]),
    ).toEqual(['a.ts ↔ b.ts ↔ c.ts', 'e.ts']);
  });

  it('a file that is too long', () => {
    const files = [scan('a.ts', '\n'.repeat(3)), scan('b.ts', '\n'.repeat(4))];
    expect(filesLongerThan(files, 3)).toEqual(['b.ts has 4 lines']);
  });

  it('work that was left open, and checks that were switched off', () => {
    const [open, off] = [`TO${'DO'}: later`, `@ts-${'ignore'}`];
    const file = scan(
      'a.ts',
      lines(
        `// ${open}`,
        `/* ${off} */`,
        `throw new Error('not ${'impl'}emented');`,
        'const any = a as any;',
      ),
    );
    expect(unfinished([file])).toEqual([
      `a.ts:1 says “${open}”`,
      `a.ts:2 says “${off}”`,
      `a.ts:3 says “not ${'impl'}emented”`,
      'a.ts:4 says “any”',
    ]);
    expect(unfinished([scan('a.ts', "// any method\nconst methods = 'any';")])).toEqual([]);
  });

  it('a package that package.json does not name, and one that nothing uses', () => {
    const files = [
      scan('a.ts', "import 'pg'; import 'zod/v4'; import 'node:fs';"),
      scan('b.mjs', "resolve('prisma/build.js');"),
    ];
    expect(undeclared(files, ['zod'])).toEqual([
      'a.ts:1 imports pg, which package.json does not name for it',
    ]);
    expect(unused(['zod', 'prisma', 'vitest', 'left'], files, ['vitest run'])).toEqual([
      'package.json names left, which nothing uses',
    ]);
  });
});

describe('licences', () => {
  const lock = {
    'node_modules/a': {
      dependencies: { b: '1' },
      peerDependencies: { p: '1', q: '1' },
      peerDependenciesMeta: { q: { optional: true } },
    },
    'node_modules/a/node_modules/b': { optionalDependencies: { c: '1' } },
    'node_modules/b': {},
    'node_modules/c': { dependencies: { a: '1' } },
    'node_modules/p': {},
    'node_modules/q': {},
    'node_modules/dev': {},
  };

  it('follows what a package brings along, as Node finds it', () =>
    expect(installedWith(lock, ['a']).map(({ chain, place }) => `${chain.join(' > ')}: ${place}`)).toEqual([
      'a: node_modules/a',
      'a > b: node_modules/a/node_modules/b',
      'a > p: node_modules/p',
      'a > b > c: node_modules/c',
    ]));

  it('finds what is under another licence, and by which way it came', () => {
    const licences: Record<string, string> = {
      'node_modules/a': 'MIT',
      'node_modules/a/node_modules/b': '(MIT AND BSD-3-Clause)',
      'node_modules/c': 'Elastic-2.0',
    };
    expect(
      licenceViolations(installedWith(lock, ['a']), (place) => licences[place], ['MIT', 'BSD-3-Clause']),
    ).toEqual(['a > p is under no licence that its package.json names', 'a > b > c is under Elastic-2.0']);
    const one = [{ place: 'x', chain: ['x'] }];
    expect(licenceViolations(one, () => '(GPL-3.0 OR MIT)', ['MIT'])).toEqual([]);
    expect(licenceViolations(one, () => '(GPL-3.0 AND MIT)', ['MIT'])).toEqual([
      'x is under (GPL-3.0 AND MIT)',
    ]);
  });
});
