import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogSubgraph } from '../subgraphs/define-subgraph.js';
import { describeDomain } from '../subgraphs/describe-domain.js';
import { readDefinition } from '../subgraphs/list.js';
import type { Catalog } from './catalog.js';
import { type Describe, generate } from './generate.js';

const noMetrics = async (name: string, catalog: Catalog) => ({
  catalog,
  domain: { name, description: catalog.description },
});
const declaredMetrics: Describe = async (domain, catalog) => {
  const definition = (await readDefinition(domain)) as CatalogSubgraph;
  return { catalog, domain: describeDomain(definition, catalog) };
};
const warnings: string[] = [];
const warn = (message: string) => void warnings.push(message);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'askgraph-generate-'));
});
afterEach(() => rm(root, { recursive: true }));

async function writeCatalog(domain: string, columns: Record<string, string>) {
  await mkdir(join(root, 'subgraphs', domain), { recursive: true });
  const Columns = Object.entries(columns).map(([Name, Type]) => ({ Name, Type }));
  const snapshot = {
    DatabaseList: [{ Name: domain }],
    TableList: [{ Name: 'thing', StorageDescriptor: { Columns } }],
  };
  await writeFile(join(root, 'subgraphs', domain, 'catalog.json'), JSON.stringify(snapshot));
}

describe('generate', () => {
  it('tells what of a catalog it can read only in part, and prints what a definition makes of it', async () => {
    await writeCatalog('one', { a: 'int', b: 'geometry' });
    warnings.length = 0;
    await generate(
      root,
      'write',
      async (name, catalog) => ({ catalog, domain: { name, description: 'Made so.' } }),
      warn,
    );
    expect(warnings).toEqual(['one: thing.b: the type geometry is not known and is read as string']);
    expect(await readFile(join(root, 'schema/generated/one.graphql'), 'utf8')).toContain('"Made so."');
  });

  it('writes a schema for every domain with a catalog, and then finds nothing to do', async () => {
    await writeCatalog('one', { a: 'int' });
    await writeCatalog('two', { b: 'string' });
    await mkdir(join(root, 'subgraphs', 'connectors'));
    const missing = await generate(root, 'check', noMetrics, warn);
    expect(missing.map(({ file }) => file)).toEqual([
      'schema/generated/one.graphql',
      'schema/generated/two.graphql',
    ]);
    await generate(root, 'write', noMetrics, warn);
    expect(await generate(root, 'check', noMetrics, warn)).toEqual([]);
    expect(await readFile(join(root, 'schema/generated/two.graphql'), 'utf8')).toContain(
      'type TwoThing {\n  b: String\n}',
    );
  });

  it('names the file and the lines that drifted', async () => {
    await writeCatalog('one', { a: 'int' });
    await generate(root, 'write', noMetrics, warn);
    await writeCatalog('one', { a: 'bigint' });
    const [drift, ...others] = await generate(root, 'check', noMetrics, warn);
    expect(others).toEqual([]);
    expect(drift?.file).toBe('schema/generated/one.graphql');
    expect(drift?.lines.some((text) => /^-\d+: {3}a: Int$/.test(text))).toBe(true);
    expect(drift?.lines.some((text) => /^\+\d+: {3}a: BigInt$/.test(text))).toBe(true);
  });

  it('says which changes break clients and which do not', async () => {
    await writeCatalog('one', { a: 'int', b: 'string', c: 'date' });
    await generate(root, 'write', noMetrics, warn);
    await writeCatalog('one', { a: 'bigint', c: 'date', d: 'boolean' });
    const [drift] = await generate(root, 'check', noMetrics, warn);
    const of = (kind: string) =>
      drift?.changes.filter((change) => change.kind === kind).map(({ description }) => description);
    expect(of('breaking')).toContain('OneThing.a changed type from Int to BigInt.');
    expect(of('breaking')).toContain('OneThing.b was removed.');
    expect(of('breaking')?.join()).not.toMatch(/OneThing\.[cd]\b/);
    expect(of('safe')).toContain('OneThing.d was added.');
    expect(drift?.changes.map(({ kind }) => kind)).toEqual(drift?.changes.map(({ kind }) => kind).sort());
  });

  it('calls a new domain safe and a domain that is gone breaking', async () => {
    await writeCatalog('one', { a: 'int' });
    const [missing] = await generate(root, 'check', noMetrics, warn);
    expect(missing?.changes.map(({ description }) => description)).toContain('OneThing was added.');
    await generate(root, 'write', noMetrics, warn);
    await rm(join(root, 'subgraphs', 'one'), { recursive: true });
    const [gone] = await generate(root, 'check', noMetrics, warn);
    expect(gone?.changes).toContainEqual({ kind: 'breaking', description: 'OneThing was removed.' });
  });

  it('removes the schema of a domain that is gone', async () => {
    await writeCatalog('one', { a: 'int' });
    await generate(root, 'write', noMetrics, warn);
    await rm(join(root, 'subgraphs', 'one'), { recursive: true });
    await generate(root, 'write', noMetrics, warn);
    expect(await generate(root, 'check', noMetrics, warn)).toEqual([]);
    await expect(readFile(join(root, 'schema/generated/one.graphql'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('finds the committed schemas as the catalogs give them', async () => {
    const project = fileURLToPath(new URL('..', import.meta.url));
    await cp(join(project, 'schema/generated'), join(root, 'schema/generated'), { recursive: true });
    for (const domain of ['sales', 'hr', 'finance', 'legal']) {
      await cp(
        join(project, 'subgraphs', domain, 'catalog.json'),
        join(root, 'subgraphs', domain, 'catalog.json'),
        { recursive: true },
      );
    }
    expect(await generate(root, 'check', declaredMetrics, warn)).toEqual([]);
  });
});
