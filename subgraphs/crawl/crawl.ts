import { AskgraphError } from '../../schema/errors.js';
import {
  type GlueColumn,
  type GlueSnapshot,
  type GlueTable,
  PRIMARY_KEY_PARAMETER,
  REFERENCES_PARAMETER,
} from '../../schema/glue.js';
import type { Connector } from '../connectors/connector.js';
import type { Cell } from '../sql/statement.js';
import { catalogStatement, loadCrawlEngine } from './catalog-statement.js';
import type { CrawlEngine } from './engines/engine.js';

export interface CrawlOptions {
  /** The name of the domain's database in its catalog. */
  readonly database: string;
  readonly signal: AbortSignal;
}

/** A thousand tables of two thousand columns. */
const ROW_LIMIT = 2_000_000;

/**
 * Reads what a database says of its own tables: columns, types, comments, and keys and references where it knows them,
 * in the shape that AWS Glue's crawlers give.
 * @throws BAD_USER_INPUT for an engine that cannot be crawled.
 */
export async function crawl(connector: Connector, options: CrawlOptions): Promise<GlueSnapshot> {
  const engine = await loadCrawlEngine(connector.engine);
  const ask = (question: 'tables' | 'columns' | 'keys' | 'references') =>
    records(connector, engine, question, options.signal);
  const [tables, columns, keys, references] = [
    await ask('tables'),
    byTable(engine, await ask('columns'), 'table_name'),
    byTable(engine, await ask('keys'), engine.keys.fields.table),
    byTable(engine, await ask('references'), engine.references.fields.table),
  ];
  return {
    DatabaseList: [{ Name: options.database }],
    TableList: tables.map((table) => {
      const name = engine.name(text(table.table_name));
      const targets = new Map((references.get(name) ?? []).map((row) => referenceOf(engine, row)));
      return tableOf(engine, options.database, table, {
        columns: (columns.get(name) ?? []).map((column) => columnOf(engine, column, targets)),
        key: (keys.get(name) ?? []).map((row) => engine.name(text(row[engine.keys.fields.column]))),
      });
    }),
  };
}

type CatalogRow = Readonly<Record<string, Cell>>;

async function records(
  connector: Connector,
  engine: CrawlEngine,
  question: 'tables' | 'columns' | 'keys' | 'references',
  signal: AbortSignal,
): Promise<CatalogRow[]> {
  const limits = { rowLimit: ROW_LIMIT, signal, origin: 'operator' } as const;
  const { columns, rows, truncated } = await connector.query(catalogStatement(engine, question, limits));
  if (truncated) {
    throw new AskgraphError('TOO_COMPLEX', `The source has more than ${ROW_LIMIT} ${question}.`);
  }
  const names = columns.map(({ name }) => name.toLowerCase());
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
}

function byTable(engine: CrawlEngine, rows: readonly CatalogRow[], field: string): Map<string, CatalogRow[]> {
  const tables = new Map<string, CatalogRow[]>();
  for (const row of rows) {
    const name = engine.name(text(row[field]));
    const known = tables.get(name);
    if (known === undefined) tables.set(name, [row]);
    else known.push(row);
  }
  return tables;
}

function referenceOf({ references: { fields }, name }: CrawlEngine, row: CatalogRow): [string, string] {
  return [
    name(text(row[fields.column])),
    `${name(text(row[fields.otherTable]))}.${name(text(row[fields.otherColumn]))}`,
  ];
}

function tableOf(
  engine: CrawlEngine,
  database: string,
  row: CatalogRow,
  { columns, key }: { columns: GlueColumn[]; key: readonly string[] },
): GlueTable {
  const parameters = {
    ...(engine.classification === undefined ? {} : { classification: engine.classification }),
    ...(key.length === 0 ? {} : { [PRIMARY_KEY_PARAMETER]: key.join(',') }),
  };
  return {
    Name: engine.name(text(row.table_name)),
    DatabaseName: database,
    ...(row.comment ? { Description: text(row.comment) } : {}),
    StorageDescriptor: { Columns: columns, ...(row.location ? { Location: text(row.location) } : {}) },
    PartitionKeys: [],
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
  };
}

function columnOf(engine: CrawlEngine, row: CatalogRow, targets: ReadonlyMap<string, string>): GlueColumn {
  const name = engine.name(text(row.column_name));
  const target = targets.get(name);
  return {
    Name: name,
    Type: engine.hiveType(text(row.type)),
    ...(row.comment ? { Comment: text(row.comment) } : {}),
    ...(target === undefined ? {} : { Parameters: { [REFERENCES_PARAMETER]: target } }),
  };
}

function text(cell: Cell | undefined): string {
  return String(cell ?? '');
}
