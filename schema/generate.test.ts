import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from './generate.js';

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
  it('writes a schema for every domain with a catalog, and then finds nothing to do', async () => {
    await writeCatalog('one', { a: 'int' });
    await writeCatalog('two', { b: 'string' });
    await mkdir(join(root, 'subgraphs', 'connectors'));
    const missing = await generate(root, 'check');
    expect(missing.map(({ file }) => file)).toEqual([
      'schema/generated/one.graphql',
      'schema/generated/two.graphql',
    ]);
    await generate(root, 'write');
    expect(await generate(root, 'check')).toEqual([]);
    expect(await readFile(join(root, 'schema/generated/two.graphql'), 'utf8')).toContain(
      'type TwoThing {\n  b: String\n}',
    );
  });

  it('names the file and the lines that drifted', async () => {
    await writeCatalog('one', { a: 'int' });
    await generate(root, 'write');
    await writeCatalog('one', { a: 'bigint' });
    const [drift, ...others] = await generate(root, 'check');
    expect(others).toEqual([]);
    expect(drift?.file).toBe('schema/generated/one.graphql');
    expect(drift?.lines.some((text) => /^-\d+: {3}a: Int$/.test(text))).toBe(true);
    expect(drift?.lines.some((text) => /^\+\d+: {3}a: BigInt$/.test(text))).toBe(true);
  });

  it('says which changes break clients and which do not', async () => {
    await writeCatalog('one', { a: 'int', b: 'string', c: 'date' });
    await generate(root, 'write');
    await writeCatalog('one', { a: 'bigint', c: 'date', d: 'boolean' });
    const [drift] = await generate(root, 'check');
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
    const [missing] = await generate(root, 'check');
    expect(missing?.changes.map(({ description }) => description)).toContain('OneThing was added.');
    await generate(root, 'write');
    await rm(join(root, 'subgraphs', 'one'), { recursive: true });
    const [gone] = await generate(root, 'check');
    expect(gone?.changes).toContainEqual({ kind: 'breaking', description: 'OneThing was removed.' });
  });

  it('removes the schema of a domain that is gone', async () => {
    await writeCatalog('one', { a: 'int' });
    await generate(root, 'write');
    await rm(join(root, 'subgraphs', 'one'), { recursive: true });
    await generate(root, 'write');
    expect(await generate(root, 'check')).toEqual([]);
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
    expect(await generate(root, 'check')).toEqual([]);
  });
});
