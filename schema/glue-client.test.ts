import { afterEach, describe, expect, it } from 'vitest';
import {
  type AwsFake,
  BROKEN,
  EXPIRED_TOKEN,
  FAKE_CREDENTIALS,
  THROTTLED,
} from '../test/fakes/aws-server.js';
import { type FakeGlueOptions, startGlueFake } from '../test/fakes/glue-server.js';
import { type GluePullOptions, pullGlue } from './glue-client.js';

let fake: AwsFake;
afterEach(() => fake.close());

async function start(catalogs: FakeGlueOptions['catalogs'], pageSize = 100) {
  fake = await startGlueFake({ catalogs, pageSize });
}

function pull(options: Partial<GluePullOptions> & { database: string }) {
  return pullGlue({
    places: [{ region: 'eu-west-1' }],
    endpoint: fake.url,
    credentials: FAKE_CREDENTIALS,
    signal: AbortSignal.timeout(20_000),
    warn: () => {},
    ...options,
  });
}

function tables(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    Name: `t${String(index).padStart(3, '0')}`,
    StorageDescriptor: { Columns: [{ Name: 'id', Type: 'int' }] },
  }));
}

describe('pulling from AWS Glue', () => {
  it('reads any number of pages of databases and of tables', async () => {
    const others = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`other_${index}`, []]));
    await start({ 'eu-west-1': { ...others, lake: tables(93) } }, 10);
    const snapshot = await pull({ database: 'lake' });
    expect(snapshot.DatabaseList).toEqual([{ Name: 'lake', Description: 'The database lake.' }]);
    expect(snapshot.TableList.map(({ Name }) => Name)).toEqual(tables(93).map(({ Name }) => Name));
    const operations = fake.calls.map(({ operation }) => operation);
    expect(operations.filter((name) => name === 'GetDatabases')).toHaveLength(2);
    expect(operations.filter((name) => name === 'GetTables')).toHaveLength(10);
  });

  it('keeps of a table what a catalog needs, and nothing that every crawl changes', async () => {
    await start({
      'eu-west-1': {
        lake: [
          {
            Name: 'claims',
            Description: 'Claims.',
            Owner: 'hadoop',
            Retention: 0,
            StorageDescriptor: {
              Columns: [
                {
                  Name: 'id',
                  Type: 'int',
                  Comment: 'Id.',
                  Parameters: { CrawlerSchema: 'x', 'askgraph.unit': 'km' },
                },
                { Name: 'note', Type: 'struct<a:int>' },
              ],
              Location: 's3://lake/claims/',
              InputFormat: 'parquet',
              Compressed: false,
              NumberOfBuckets: -1,
            },
            PartitionKeys: [{ Name: 'day', Type: 'date' }],
            TableType: 'EXTERNAL_TABLE',
            Parameters: {
              classification: 'parquet',
              transient_lastDdlTime: '17',
              recordCount: '5',
              table_type: 'ICEBERG',
            },
          },
        ],
      },
    });
    expect((await pull({ database: 'lake' })).TableList).toEqual([
      {
        Name: 'claims',
        DatabaseName: 'lake',
        Description: 'Claims.',
        StorageDescriptor: {
          Columns: [
            { Name: 'id', Type: 'int', Comment: 'Id.', Parameters: { 'askgraph.unit': 'km' } },
            { Name: 'note', Type: 'struct<a:int>' },
          ],
          Location: 's3://lake/claims/',
        },
        PartitionKeys: [{ Name: 'day', Type: 'date' }],
        Parameters: { classification: 'parquet', table_type: 'ICEBERG' },
      },
    ]);
  });

  it('retries where Glue throttles or breaks', async () => {
    await start({ 'eu-west-1': { lake: tables(3) } }, 2);
    fake.failNext('GetDatabases', THROTTLED, 2);
    fake.failNext('GetTables', BROKEN, 1);
    expect((await pull({ database: 'lake' })).TableList).toHaveLength(3);
    expect(fake.calls.map(({ operation }) => operation)).toEqual([
      ...Array(3).fill('GetDatabases'),
      ...Array(3).fill('GetTables'),
    ]);
  });

  it('reads only the tables that the filter names, and lets Glue do the choosing', async () => {
    await start({ 'eu-west-1': { lake: tables(40) } }, 5);
    const snapshot = await pull({ database: 'lake', filter: 't01*' });
    expect(snapshot.TableList.map(({ Name }) => Name)).toEqual(
      tables(20)
        .slice(10)
        .map(({ Name }) => Name),
    );
    expect(fake.calls.filter(({ operation }) => operation === 'GetTables')).toHaveLength(2);
    expect((await pull({ database: 'lake', filter: 't.1' })).TableList).toEqual([]);
  });

  it('brings the tables of several catalogs and regions together, the first of a name first', async () => {
    const table = (Name: string, Description: string) => ({ Name, Description });
    await start({
      'eu-west-1': { lake: [table('a', 'Ireland')] },
      'eu-west-1/999': { lake: [table('b', 'Partner'), table('a', 'Partner')] },
      'us-east-1': { lake: [table('c', 'Virginia')] },
      'us-west-2': {},
    });
    const warnings: string[] = [];
    const snapshot = await pull({
      database: 'lake',
      places: [
        { region: 'eu-west-1' },
        { region: 'eu-west-1', catalogId: '999' },
        { region: 'us-west-2' },
        { region: 'us-east-1' },
      ],
      warn: (message) => warnings.push(message),
    });
    expect(snapshot.TableList.map(({ Name, Description }) => `${Name} ${Description}`)).toEqual([
      'a Ireland',
      'b Partner',
      'c Virginia',
    ]);
    expect(warnings).toEqual(['a: there is another table of this name in eu-west-1, catalog 999']);
  });

  it('says which databases are near where there is none of the name', async () => {
    await start({ 'eu-west-1': { legal: [], sales: [] } });
    await expect(pull({ database: 'leagl' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'AWS Glue has no database "leagl" in eu-west-1. Did you mean "legal"?',
    });
  });

  it.each([
    ['expired credentials', { ...FAKE_CREDENTIALS, sessionToken: EXPIRED_TOKEN }, 'have expired'],
    ['unknown credentials', { ...FAKE_CREDENTIALS, accessKeyId: 'AKIDUNKNOWN' }, 'refuses the credentials'],
  ])('says plainly what is wrong with %s', async (_, credentials, message) => {
    await start({ 'eu-west-1': { lake: [] } });
    await expect(pull({ database: 'lake', credentials })).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: expect.stringContaining(message),
      cause: expect.any(Error),
    });
  });

  it('stops when it is told to', async () => {
    await start({ 'eu-west-1': { lake: [] } });
    await expect(pull({ database: 'lake', signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
