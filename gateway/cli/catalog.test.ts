import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GlueColumn, type GlueSnapshot, readGlueSnapshot } from '../../schema/glue.js';
import { printSubgraphSdl } from '../../schema/print-sdl.js';
import { findSchemaChanges } from '../../schema/schema-changes.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { type AwsFake, FAKE_CREDENTIALS } from '../../test/fakes/aws-server.js';
import { startGlueFake } from '../../test/fakes/glue-server.js';
import { type CatalogOptions, crawlCatalogs, type PullSettings, pullCatalogs } from './catalog.js';

let root: string;
let glue: AwsFake;
const columns: GlueColumn[] = [
  { Name: 'policy_id', Type: 'bigint' },
  { Name: 'state', Type: 'string', Comment: 'From Glue.' },
];
const printed: string[] = [];
let now = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'askgraph-catalog-'));
  for (const domain of ['legal', 'finance', 'hr', 'sales']) {
    await mkdir(join(root, 'subgraphs', domain), { recursive: true });
    await cp(join('subgraphs', domain, 'catalog.json'), join(root, 'subgraphs', domain, 'catalog.json'));
  }
  const Columns = columns;
  glue = await startGlueFake({
    catalogs: {
      'eu-west-1': {
        legal: [
          { Name: 'customers', StorageDescriptor: { Columns, Location: 's3://lake/customers/' } },
          { Name: 'letters', StorageDescriptor: { Columns, Location: 's3://lake/letters/' } },
        ],
        finance: [],
        hr: [],
        sales: [],
      },
      'eu-west-1/999': { legal: [{ Name: 'partner', StorageDescriptor: { Columns } }] },
    },
    pageSize: 1,
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', FAKE_CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', FAKE_CREDENTIALS.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  printed.length = 0;
  now = '2026-11-22T23:00:00Z';
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await glue.close();
  await rm(root, { recursive: true });
});

function options(environment: Environment = {}): CatalogOptions {
  return {
    root,
    environment,
    dataDirectory: join(root, 'data'),
    signal: AbortSignal.timeout(25_000),
    now: new Date(now),
    print: (line) => printed.push(line),
  };
}

async function snapshotOf(domain: string): Promise<GlueSnapshot> {
  return JSON.parse(await readFile(join(root, 'subgraphs', domain, 'catalog.json'), 'utf8')) as GlueSnapshot;
}

describe('catalog pull', () => {
  it("writes Glue's tables with the keys and comments that people added, once", async () => {
    await pullCatalogs(['legal'], { endpoint: glue.url, keepRemoved: 0 }, options());
    const snapshot = await snapshotOf('legal');
    expect(snapshot.DatabaseList).toEqual([{ Name: 'legal', Description: 'The database legal.' }]);
    const [customers, letters] = snapshot.TableList;
    expect(customers).toEqual({
      Name: 'customers',
      DatabaseName: 'legal',
      Description: expect.stringContaining('Insurance customers'),
      StorageDescriptor: {
        Columns: [
          {
            Name: 'policy_id',
            Type: 'bigint',
            Comment: expect.stringMatching(/^Number of the insurance policy/),
          },
          { Name: 'state', Type: 'string', Comment: 'From Glue.' },
        ],
        Location: 's3://lake/customers/',
      },
      PartitionKeys: [],
      Parameters: { classification: 'parquet', 'askgraph.primaryKey': 'policy_id' },
    });
    expect(letters?.Name).toBe('letters');
    expect(printed).toEqual([
      'legal: claims: the table is gone',
      `legal: 2 tables, written to ${join(root, 'subgraphs/legal/catalog.json')}`,
    ]);
    printed.length = 0;
    await pullCatalogs(['legal'], { endpoint: glue.url }, options());
    expect(printed).toEqual(['legal: 2 tables, nothing has changed']);
  });

  it('takes the tables that are asked for, from the catalogs and regions that are named', async () => {
    const settings = { endpoint: glue.url, region: ['eu-west-1'], catalogId: ['999'], filter: 'p*' };
    await pullCatalogs(['legal'], settings, options());
    expect((await snapshotOf('legal')).TableList.map(({ Name }) => Name)).toEqual(['partner']);
    expect(glue.calls.map(({ input }) => input.CatalogId)).toEqual(glue.calls.map(() => '999'));
  });

  it('makes a first snapshot where there is none, and pulls every domain if none is named', async () => {
    await rm(join(root, 'subgraphs', 'legal', 'catalog.json'));
    await pullCatalogs([], { endpoint: glue.url }, options());
    expect((await snapshotOf('legal')).TableList).toHaveLength(2);
    expect(printed.map((line) => line.split(':')[0])).toEqual(
      expect.arrayContaining(['finance', 'hr', 'legal', 'sales']),
    );
  });

  it.each([
    ['lega', 'UNKNOWN_NAME', 'Unknown domain "lega" in this project. Did you mean "legal"?'],
    ['../legal', 'UNKNOWN_NAME', 'Unknown domain "../legal" in this project.'],
    ['product', 'BAD_USER_INPUT', 'The domain product has no catalog: its schema was written by hand.'],
  ])('refuses %s', async (domain, code, message) => {
    await expect(pullCatalogs([domain], { endpoint: glue.url }, options())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message.slice(0, 30)),
    });
  });
});

describe('what Glue has no more', () => {
  const sdlOf = async () => {
    const catalog = readGlueSnapshot(await snapshotOf('legal'));
    return printSubgraphSdl({ name: 'legal', description: catalog.description }, catalog);
  };
  const pull = (settings: PullSettings = {}) =>
    pullCatalogs(['legal'], { endpoint: glue.url, ...settings }, options());
  const marksOf = async (day: string) => {
    now = `${day}T12:00:00Z`;
    await pull();
    const { TableList } = await snapshotOf('legal');
    const customers = TableList.find(({ Name }) => Name === 'customers');
    const age = customers?.StorageDescriptor?.Columns?.find(({ Name }) => Name === 'customer_age');
    return { tables: TableList.map(({ Name }) => Name), age: age?.Parameters };
  };
  const REASON = 'Removed from the catalog on 2026-11-22; it answers null until 2026-12-22.';
  const MARK = { 'askgraph.removed': '2026-11-22', 'askgraph.removedUntil': '2026-12-22' };

  it('is announced with its days in catalog.json and the schema, and dropped when they are over', async () => {
    const before = await sdlOf();
    expect(await marksOf('2026-11-22')).toEqual({
      tables: ['claims', 'customers', 'letters'],
      age: expect.objectContaining(MARK),
    });
    expect(printed).toContain('legal: claims: it is gone, and answers null until 2026-12-22');
    const announced = await sdlOf();
    expect(announced).toContain(`  customerAge: Int @deprecated(reason: "${REASON}")`);
    expect(announced).toMatch(new RegExp(`claims\\(.*@deprecated\\(reason: "${REASON}"\\)`));
    // The key's type has changed as well, which is another matter.
    const sudden = findSchemaChanges(before, announced).filter(({ kind }) => kind === 'breaking');
    expect(sudden.filter(({ description }) => !description.includes('olicyId'))).toEqual([]);

    expect((await marksOf('2026-12-21')).age).toMatchObject(MARK);
    expect(await marksOf('2026-12-22')).toEqual({ tables: ['customers', 'letters'], age: undefined });
    const after = await sdlOf();
    expect(after).not.toMatch(/customerAge|claims|@deprecated/);
    const changes = findSchemaChanges(announced, after);
    expect(changes.filter(({ kind }) => kind === 'breaking')).toEqual([]);
    expect(changes).toContainEqual({
      kind: 'safe',
      description: 'LegalCustomers.customerAge was removed. It was deprecated.',
    });
    expect(findSchemaChanges(before, after)).toContainEqual({
      kind: 'breaking',
      description: 'LegalCustomers.customerAge was removed.',
    });
  });

  it('is there as before when it comes back', async () => {
    await marksOf('2026-11-22');
    columns.push({ Name: 'customer_age', Type: 'int' });
    expect((await marksOf('2026-11-23')).age).toEqual({ 'askgraph.unit': 'years' });
    columns.pop();
  });

  it('goes at once where it is of the primary key, and the key with it', async () => {
    const key = columns.shift()!;
    await pull();
    columns.unshift(key);
    expect(printed).toContain(
      'legal: customers.policy_id: the column is gone at once, since it was of the primary key, which goes with it',
    );
    expect(await sdlOf()).not.toContain('customersByPk');
  });

  it('is not announced where it was not looked for', async () => {
    await pull({ filter: 'cust*' });
    expect((await snapshotOf('legal')).TableList.map(({ Name }) => Name)).toEqual(['customers']);
  });
});

describe('catalog crawl', () => {
  it('reads the embedded data, and leaves what it does not know as it was', async () => {
    const before = readGlueSnapshot(await snapshotOf('legal'));
    await crawlCatalogs(['legal'], {}, options());
    const after = readGlueSnapshot(await snapshotOf('legal'));
    expect(
      after.tables.map(({ name, primaryKey, comment, location }) => ({
        name,
        primaryKey,
        comment,
        location,
      })),
    ).toEqual(
      before.tables.map(({ name, primaryKey, comment, location }) => ({
        name,
        primaryKey,
        comment,
        location,
      })),
    );
    const columns = (catalog: typeof after) =>
      catalog.tables.flatMap((table) =>
        table.columns.map(({ name, comment, columnType, references }) => ({
          name,
          comment,
          columnType,
          references,
        })),
      );
    expect(columns(after)).toEqual(columns(before));
  });

  it('of a domain on Athena asks Glue', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_GLUE', glue.url);
    await crawlCatalogs(['legal'], { keepRemoved: 0 }, options({ LEGAL_ATHENA_WORKGROUP: 'analysts' }));
    expect((await snapshotOf('legal')).TableList.map(({ Name }) => Name)).toEqual(['customers', 'letters']);
  });
});
