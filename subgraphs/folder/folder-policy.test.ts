import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../audit/audit-trail.js';
import { openSubgraph } from '../open-subgraph.js';
import { makeTestFolder, type TestFolder } from './folder.test-helper.js';
import { makeFolderLister } from './list-folder.js';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeTestFolder();
  await folder.put('shop/customers.csv', 'id,name,city\n1,Ann,Oslo\n2,Bob,Rome\n');
});
afterEach(() => folder.remove());

const everything = (name: string) => ({ name, for: 'everyone', admit: [{ tables: '*', columns: '*' }] });
const json = (...policies: unknown[]) => JSON.stringify({ policies });
const cyd = { subject: 'cyd', roles: ['clerk'], claims: { city: 'Oslo' } };

/** What cyd sees of the folder's one domain, through the SQL that the typed API runs. */
async function open() {
  const loaded = await folder.only();
  return openSubgraph(loaded, {
    environment: {},
    dataDirectory: folder.home,
    report: () => {},
    audit: NO_AUDIT,
  });
}

describe('a policy.json beside the data', () => {
  it('is the domain’s policy, and no data', async () => {
    await folder.put(
      'shop/policy.json',
      json({
        name: 'clerks',
        for: { roles: ['clerk'] },
        admit: [{ tables: 'customers', columns: ['id', 'city'], rows: { city: { eq: { claim: 'city' } } } }],
      }),
    );
    const subgraph = await open();
    expect(subgraph.permissions.kind).toBe('policies');
    const access = subgraph.permissions.accessOf(cyd);
    expect(access.catalog.tables.map(({ name, columns }) => [name, columns.map((one) => one.name)])).toEqual([
      ['customers', ['id', 'city']],
    ]);
    expect(access.tables.get('customers')?.rows).toBeDefined();
    expect(subgraph.permissions.accessOf({ ...cyd, roles: [] }).domain).toBe('hidden');
    await subgraph.close();
  });

  it('in the root is that of every domain without its own', async () => {
    await folder.put('policy.json', json(everything('of all')));
    await folder.put('staff/people.csv', 'id\n1\n');
    await folder.put('staff/policy.json', json(everything('of its own')));
    const names = (await folder.list()).map(({ definition }) => [
      definition.name,
      definition.policy?.map(({ name }) => name),
    ]);
    expect(names).toEqual([
      ['shop', ['of all']],
      ['staff', ['of its own']],
    ]);
  });

  it.each([
    ['is not JSON', 'policies: everyone', /The policy.json of shop is not valid: it is not JSON/],
    ['is a table of data', '[{"id": 1}]', /is not valid: the whole: /],
    [
      'has a word that there is not',
      json({ ...everything('a'), restricted: [] }),
      /policies\.0: .*restricted/,
    ],
    ['is for nobody in particular', json({ name: 'a', admit: [] }), /policies\.0\.for: /],
  ])('that %s leaves the domain out, instead of opening it', async (_, text, message) => {
    await folder.put('other/things.csv', 'id\n1\n');
    await folder.put('shop/policy.json', text);
    const loaded = await folder.list();
    expect(loaded.map(({ definition }) => definition.name)).toEqual(['other']);
    expect(folder.problems().join('\n')).toMatch(message);
  });

  it('that leads out of the folder leaves the domain out', async () => {
    await folder.put('other/things.csv', 'id\n1\n');
    await writeFile(join(folder.home, 'outside.json'), json(everything('outside')));
    await symlink(join(folder.home, 'outside.json'), join(folder.root, 'shop/policy.json'));
    expect((await folder.list()).map(({ definition }) => definition.name)).toEqual(['other']);
  });

  it('that does not fit the data is an error, as in code', async () => {
    await folder.put(
      'shop/policy.json',
      json({ name: 'a', for: 'everyone', admit: [{ tables: 'custmers', columns: '*' }] }),
    );
    await expect(open()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringMatching(/Did you mean "customers"/),
    });
  });

  it('is followed without importing the data again', async () => {
    const reports: string[] = [];
    const list = makeFolderLister({
      root: folder.root,
      dataDirectory: folder.home,
      reserved: [],
      relations: 'declared',
    });
    const look = async () => (await list((message) => void reports.push(message)))[0]!;
    await folder.put('shop/policy.json', json(everything('first')));
    const first = await look();
    await folder.put('shop/policy.json', json(everything('second')));
    const second = await look();
    expect(second.definition.policy?.map(({ name }) => name)).toEqual(['second']);
    expect(second.version).not.toBe(first.version);
    expect(reports.filter((report) => report.startsWith('importing'))).toHaveLength(1);
    // A slip leaves the rules as they were.
    await folder.put('shop/policy.json', '{');
    expect((await look()).definition.policy?.map(({ name }) => name)).toEqual(['second']);
  });
});
