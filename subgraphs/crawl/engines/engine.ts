/**
 * What a crawl asks of one engine; each is a file here, named as the engine. The texts are constants: nothing is put
 * into them, and they are about the database and schema that the connection is in.
 */
export interface CrawlEngine {
  /** What Glue's crawlers call the kind of source; absent where a crawl says nothing of where data lies. */
  readonly classification: string | undefined;
  /** `table_name`, `comment` and `location`, one row a table or view. */
  readonly tables: string;
  /** `table_name`, `column_name`, `type` and `comment`, in the order of the columns. */
  readonly columns: string;
  /** The columns of primary keys, in the key's order. */
  readonly keys: CrawlQuery<'table' | 'column'>;
  /** Foreign keys of one column. */
  readonly references: CrawlQuery<'table' | 'column' | 'otherTable' | 'otherColumn'>;
  /** A name as the catalog has it. */
  name(name: string): string;
  /** The engine's type as Hive's. */
  hiveType(type: string): string;
}

export interface CrawlQuery<Field extends string> {
  readonly text: string;
  /** The names of the result's columns. */
  readonly fields: Readonly<Record<Field, string>>;
}

export const KEY_FIELDS = { table: 'table_name', column: 'column_name' } as const;
export const REFERENCE_FIELDS = {
  ...KEY_FIELDS,
  otherTable: 'other_table',
  otherColumn: 'other_column',
} as const;
