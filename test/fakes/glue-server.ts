import { AwsError, type AwsFake, startAwsFake } from './aws-server.js';

export interface FakeGlueTable {
  readonly Name: string;
  readonly [field: string]: unknown;
}

/** What one catalog in one region holds: tables by database. */
export type FakeGlueCatalog = Readonly<Record<string, readonly FakeGlueTable[]>>;

export interface FakeGlueOptions {
  /** By `region` or `region/catalogId`; the account's own catalog needs no id. */
  readonly catalogs: Readonly<Record<string, FakeGlueCatalog>>;
  readonly pageSize: number;
}

/** AWS Glue's data catalog, as far as GetDatabases and GetTables: paginated, in as many pages as it takes. */
export function startGlueFake({ catalogs, pageSize }: FakeGlueOptions): Promise<AwsFake> {
  const catalogOf = (input: Record<string, unknown>, region: string) =>
    catalogs[input.CatalogId === undefined ? region : `${region}/${String(input.CatalogId)}`] ?? {};
  const page = <Item>(items: readonly Item[], input: Record<string, unknown>) => {
    const start = input.NextToken === undefined ? 0 : Number(String(input.NextToken).replace('page-', ''));
    const end = start + pageSize;
    return {
      items: items.slice(start, end),
      ...(end < items.length ? { NextToken: `page-${end}` } : {}),
    };
  };
  return startAwsFake({
    service: 'glue',
    target: 'AWSGlue',
    operations: {
      GetDatabases(input, region) {
        const databases = Object.keys(catalogOf(input, region)).map((Name) => ({
          Name,
          Description: `The database ${Name}.`,
          CreateTime: 1_700_000_000.5,
          CatalogId: '123456789012',
        }));
        const { items, ...rest } = page(databases, input);
        return { DatabaseList: items, ...rest };
      },
      GetTables(input, region) {
        const tables = catalogOf(input, region)[String(input.DatabaseName)];
        if (tables === undefined) {
          throw new AwsError({
            status: 400,
            type: 'EntityNotFoundException',
            message: `Database ${String(input.DatabaseName)} not found.`,
          });
        }
        const pattern = new RegExp(`^(?:${String(input.Expression ?? '.*')})$`);
        const { items, ...rest } = page(
          tables.filter(({ Name }) => pattern.test(Name)),
          input,
        );
        return {
          TableList: items.map((table) => ({
            DatabaseName: input.DatabaseName,
            CreateTime: 1_700_000_000,
            ...table,
          })),
          ...rest,
        };
      },
    },
  });
}
