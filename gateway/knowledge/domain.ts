import type { Catalog, Column } from '../../schema/catalog.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Relation } from '../../schema/names.js';
import type { Glossary } from '../../subgraphs/define-subgraph.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import type { Expression } from '../../subgraphs/sql/table-query.js';

/** A domain as questions see it: what it holds and how it is asked, never a connection. */
export interface AskDomain {
  readonly name: string;
  readonly description: string;
  /** The engine in force. */
  readonly engine: string;
  /** The engine that the domain is meant for. */
  readonly production: string;
  readonly tables: readonly AskTable[];
  /** What SQL is written and guarded against; without tables for a hand-written domain. */
  readonly catalog: Catalog;
  /** Absent where the domain can be asked in GraphQL only. */
  readonly dialect: Dialect | undefined;
  readonly glossary: Glossary;
  readonly examples: readonly string[];
  /** Absent where the asker sees it as it stands. */
  readonly restriction?: DomainRestriction;
}

/** What the answers to an asker have to tell of how a domain is seen. */
export interface DomainRestriction {
  /** By table, the columns of which no or not every value is seen as it stands. */
  readonly masked: ReadonlyMap<string, ReadonlySet<string>>;
  /** A statement gives no more rows. */
  readonly maximumRows: number | undefined;
}

/** A table of the catalog, or a field of a hand-written schema that gives rows. */
export interface AskTable {
  readonly domain: string;
  readonly name: string;
  /** Its name in words, as it stands: `dept_emp` is "department employee". */
  readonly label: string;
  readonly comment: string;
  readonly columns: readonly AskColumn[];
  readonly primaryKey: readonly string[];
  readonly relations: readonly Relation[];
  /** Figures over its rows that the domain has declared. */
  readonly metrics: readonly AskMetric[];
  /** Present where the rows come from a GraphQL field with arguments of its own, not from a table. */
  readonly operation: Operation | undefined;
}

/** A figure that a domain has declared, as questions see it. */
export interface AskMetric {
  /** Its field under `metrics`. */
  readonly name: string;
  /** Its name in words. */
  readonly label: string;
  /** What people say for it as well. */
  readonly synonyms: readonly string[];
  readonly unit: string | undefined;
  readonly owner: string;
  readonly description: string;
  /** As it was declared, for people. */
  readonly formula: string;
  readonly expression: Expression;
  readonly type: ColumnType;
}

export type AskColumn = Pick<Column, 'name' | 'columnType' | 'comment' | 'unit' | 'references'> & {
  /** Its name in words: `numtickets` is "number of tickets". */
  readonly label: string;
  /** For an operation: the GraphQL fields that lead from its row to the value. */
  readonly path?: readonly string[];
  /** For an operation: the argument whose choice is the unit of its values. */
  readonly unitArgument?: string;
};

/** A field of a hand-written domain, as a table that wants arguments. */
export interface Operation {
  readonly field: string;
  readonly arguments: readonly OperationArgument[];
  /** Fields to select between the operation's own and its rows: `['weather']` for `{ weather {…} reason }`. */
  readonly rowPath: readonly string[];
  /** Text fields beside the rows, which say why there are none. */
  readonly notes: readonly string[];
  readonly rows: 'one' | 'many';
}

export interface OperationArgument {
  readonly name: string;
  readonly comment: string;
  readonly type: 'text' | 'date' | 'choice' | 'number' | 'other';
  readonly graphqlType: string;
  /** Whether it must be given. */
  readonly presence: 'required' | 'optional';
  /** For a choice: its values. */
  readonly choices: readonly { readonly name: string; readonly comment: string }[];
  /** What holds where the argument is left out. */
  readonly defaultChoice: string | undefined;
}

/** What is known of the values that a domain's columns hold, sampled once for all questions. */
export interface Profile {
  tableFacts(domain: string, table: string): TableFacts | undefined;
  columnFacts(domain: string, table: string, column: string): ColumnFacts | undefined;
}

export interface TableFacts {
  readonly rows: number;
}

export interface ColumnFacts {
  /** Distinct values of a text column; absent where there are too many to keep. */
  readonly values?: readonly string[];
  /** Smallest and largest value of a date or timestamp column, as ISO text. */
  readonly range?: { readonly from: string; readonly to: string };
}

export function findAskTable(domain: AskDomain, name: string): AskTable | undefined {
  return domain.tables.find((table) => table.name === name);
}

export function findAskColumn(table: AskTable, name: string): AskColumn | undefined {
  return table.columns.find((column) => column.name === name);
}
