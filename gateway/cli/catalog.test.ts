import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GlueSnapshot, readGlueSnapshot } from '../../schema/glue.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { type AwsFake, FAKE_CREDENTIALS } from '../../test/fakes/aws-server.js';
import { startGlueFake } from '../../test/fakes/glue-server.js';
import { type CatalogOptions, crawlCatalogs, pullCatalogs } from './catalog.js';

let root: string;
let glue: AwsFake;
const printed: string[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'askgraph-catalog-'));
  for (const domain of ['legal', 'finance', 'hr', 'sales']) {
    await mkdir(join(root, 'subgraphs', domain), { recursive: true });
    await cp(join('subgraphs', domain, 'catalog.json'), join(root, 'subgraphs', domain, 'catalog.json'));
  }
  const Columns = [
    { Name: 'policy_id', Type: 'bigint' },
    { Name: 'state', Type: 'string', Comment: 'From Glue.' },
  ];
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
    print: (line) => printed.push(line),
  };
}

async function snapshotOf(domain: string): Promise<GlueSnapshot> {
  return JSON.parse(await readFile(join(root, 'subgraphs', domain, 'catalog.json'), 'utf8')) as GlueSnapshot;
}

describe('catalog pull', () => {
  it("writes Glue's tables with the keys and comments that people added, once", async () => {
    await pullCatalogs(['legal'], { endpoint: glue.url }, options());
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

describe('catalog crawl', () => {
  it('reads the embedded data, and leaves what it does not know as it was', async () => {
    const before = readGlueSnapshot(await snapshotOf('legal'));
    await crawlCatalogs(['legal'], options());
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
    await crawlCatalogs(['legal'], options({ LEGAL_ATHENA_WORKGROUP: 'analysts' }));
    expect((await snapshotOf('legal')).TableList.map(({ Name }) => Name)).toEqual(['customers', 'letters']);
  });
});
