import type { GlueClient, Table } from '@aws-sdk/client-glue';
import { nearestNames } from './did-you-mean.js';
import { AskgraphError } from './errors.js';
import type { GlueColumn, GlueSnapshot, GlueTable } from './glue.js';

/** One catalog of one region; an account has one of its own in every region, which needs no id. */
export interface GlueCatalogPlace {
  readonly region?: string;
  readonly catalogId?: string;
}

export interface GluePullOptions {
  /** The Glue database. */
  readonly database: string;
  /** Where to look for it; where several have it, their tables come together, and the first of a name counts. */
  readonly places: readonly GlueCatalogPlace[];
  /** Which tables: a name, in which `*` stands for anything. */
  readonly filter?: string;
  /** Where Glue answers, if not at its own address. */
  readonly endpoint?: string;
  /** If not those that the AWS SDK finds by itself. */
  readonly credentials?: AwsCredentials;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Throttling is retried by the SDK, each time after a longer wait. */
const ATTEMPTS = 8;
/** What changes with every crawl would make every pull a change. */
const KEPT_PARAMETER = /^(classification|table_type|askgraph\..+)$/;

/**
 * Reads a database out of AWS Glue, page by page, as much of it as a catalog needs.
 * @throws NOT_FOUND where no place has the database, SOURCE_UNAVAILABLE where Glue does not answer or refuses.
 */
export async function pullGlue(options: GluePullOptions): Promise<GlueSnapshot> {
  const tables = new Map<string, GlueTable>();
  const databases: GlueSnapshot['DatabaseList'] = [];
  const known: string[] = [];
  for (const place of options.places) {
    const found = await withClient(options, place, (client) => pullPlace(client, options, place));
    known.push(...found.databases);
    if (found.database === undefined) continue;
    databases.push(found.database);
    for (const table of found.tables) {
      if (tables.has(table.Name))
        options.warn(`${table.Name}: there is another table of this name in ${nameOf(place)}`);
      else tables.set(table.Name, table);
    }
  }
  const [database] = databases;
  if (database === undefined) throw missing(options, known);
  return { DatabaseList: [database], TableList: [...tables.values()] };
}

interface FoundPlace {
  readonly databases: readonly string[];
  readonly database: GlueSnapshot['DatabaseList'][number] | undefined;
  readonly tables: readonly GlueTable[];
}

async function pullPlace(
  client: GlueClient,
  options: GluePullOptions,
  place: GlueCatalogPlace,
): Promise<FoundPlace> {
  const { paginateGetDatabases, paginateGetTables } = await import('@aws-sdk/client-glue');
  const catalog = place.catalogId === undefined ? {} : { CatalogId: place.catalogId };
  const settings = { abortSignal: options.signal };
  const databases: string[] = [];
  let database: FoundPlace['database'];
  // A copy: the paginator writes its token into what it is given.
  for await (const page of paginateGetDatabases({ client }, { ...catalog }, settings)) {
    for (const { Name = '', Description } of page.DatabaseList ?? []) {
      databases.push(Name);
      if (Name === options.database) database = { Name, ...(Description ? { Description } : {}) };
    }
  }
  const tables: GlueTable[] = [];
  if (database === undefined) return { databases, database, tables };
  const pattern = options.filter === undefined ? undefined : patternOf(options.filter);
  const input = {
    ...catalog,
    DatabaseName: options.database,
    ...(pattern === undefined ? {} : { Expression: pattern }),
  };
  const matches = new RegExp(`^${pattern ?? '.*'}$`);
  for await (const page of paginateGetTables({ client }, input, settings)) {
    for (const table of page.TableList ?? []) {
      if (table.Name !== undefined && matches.test(table.Name)) tables.push(kept(table, table.Name));
    }
  }
  return { databases, database, tables };
}

async function withClient<Result>(
  { endpoint, credentials, signal }: GluePullOptions,
  place: GlueCatalogPlace,
  use: (client: GlueClient) => Promise<Result>,
): Promise<Result> {
  const { GlueClient } = await import('@aws-sdk/client-glue');
  const client = new GlueClient({
    maxAttempts: ATTEMPTS,
    ...(place.region === undefined ? {} : { region: place.region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  try {
    return await use(client);
  } catch (error) {
    throw signal.aborted
      ? new AskgraphError('CANCELLED', 'The pull was cancelled.', { cause: error })
      : new AskgraphError('SOURCE_UNAVAILABLE', `AWS Glue in ${nameOf(place)} ${complaint(error)}`, {
          cause: error,
        });
  } finally {
    client.destroy();
  }
}

const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
]);

function complaint(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (/Throttl|TooManyRequests/.test(name)) return 'is throttling; it did so in every attempt.';
  if (name === 'ExpiredTokenException') return 'says that the credentials have expired.';
  if (REFUSALS.has(name)) return 'refuses the credentials, or there are none.';
  if (/region is missing/i.test(String(error))) return 'cannot be found: set AWS_REGION, or name a region.';
  return 'does not answer as it should.';
}

function missing({ database, places }: GluePullOptions, known: readonly string[]): AskgraphError {
  const suggestions = nearestNames(database, new Set(known));
  const hint =
    suggestions.length > 0 ? ` Did you mean ${suggestions.map((name) => `"${name}"`).join(' or ')}?` : '';
  return new AskgraphError(
    'NOT_FOUND',
    `AWS Glue has no database "${database}" in ${places.map(nameOf).join(' or ')}.${hint}`,
    { details: { database, suggestions } },
  );
}

function nameOf({ region, catalogId }: GlueCatalogPlace): string {
  return [region ?? 'the default region', ...(catalogId === undefined ? [] : [`catalog ${catalogId}`])].join(
    ', ',
  );
}

/** The filter as the regular expression that Glue takes. */
function patternOf(filter: string): string {
  return filter
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
}

function kept(table: Table, name: string): GlueTable {
  const { Description, DatabaseName, StorageDescriptor, PartitionKeys, Parameters } = table;
  return {
    Name: name,
    ...(DatabaseName === undefined ? {} : { DatabaseName }),
    ...(Description ? { Description } : {}),
    StorageDescriptor: {
      Columns: (StorageDescriptor?.Columns ?? []).map(keptColumn),
      ...(StorageDescriptor?.Location ? { Location: StorageDescriptor.Location } : {}),
    },
    PartitionKeys: (PartitionKeys ?? []).map(keptColumn),
    ...keptParameters(Parameters),
  };
}

function keptColumn({
  Name = '',
  Type,
  Comment,
  Parameters,
}: NonNullable<Table['PartitionKeys']>[number]): GlueColumn {
  return {
    Name,
    ...(Type === undefined ? {} : { Type }),
    ...(Comment ? { Comment } : {}),
    ...keptParameters(Parameters),
  };
}

function keptParameters(parameters: Record<string, string> | undefined): {
  Parameters?: Record<string, string>;
} {
  const entries = Object.entries(parameters ?? {}).filter(([name]) => KEPT_PARAMETER.test(name));
  return entries.length === 0 ? {} : { Parameters: Object.fromEntries(entries) };
}
