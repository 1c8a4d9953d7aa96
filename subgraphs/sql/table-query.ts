/**
 * The logical query: what a typed GraphQL field or a planned question asks of one domain, before any SQL dialect.
 * Names are the catalog's own. `compile` makes it one SQL statement.
 */
export interface TableQuery {
  readonly table: string;
  readonly select: readonly SelectItem[];
  readonly where?: Condition;
  /** Present (even if empty) where the query aggregates; then every selected column must be among them. */
  readonly groupBy?: readonly Expression[];
  readonly having?: Condition;
  readonly orderBy?: readonly OrderItem[];
  readonly distinct?: true;
  readonly limit?: number;
  readonly offset?: number;
  /** `limit` and `offset` count within each group of rows that share these values, not over all rows. */
  readonly limitPer?: readonly Expression[];
  /** Rows of other tables that stand in each row. Only in a query that neither aggregates nor limits per group. */
  readonly nested?: readonly NestedRows[];
}

/** The rows of `query` whose `column` is the row's `key`; the query's limit and offset hold for each key by itself. */
export interface NestedRows {
  /** The result has a column of this name, a list of rows as JSON, and before it the number of its rows. */
  readonly as: string;
  readonly key: ColumnExpression;
  readonly column: string;
  readonly query: TableQuery;
}

export interface SelectItem {
  /** The result column's name, unique in the query. */
  readonly as: string;
  readonly expression: Expression;
}

export interface OrderItem {
  readonly expression: Expression;
  readonly direction: 'ASC' | 'DESC';
  /** Absent: nulls last in both directions, on every engine. */
  readonly nulls?: 'FIRST' | 'LAST';
}

export type Expression =
  | ColumnExpression
  | AggregateExpression
  | { readonly kind: 'grain'; readonly grain: Grain; readonly of: Expression }
  | { readonly kind: 'part'; readonly part: DatePart; readonly of: Expression }
  | { readonly kind: 'literal'; readonly value: LiteralValue; readonly type: LiteralType }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | RelatedAggregate
  /** A query of one row and one column, independent of the query it stands in. */
  | { readonly kind: 'query'; readonly query: TableQuery };

/** A figure over the rows of a to-many relation, one for each row of the query; without any, a count is 0. */
export interface RelatedAggregate {
  readonly kind: 'relatedAggregate';
  /** Relations to one that lead to the table whose relation it is. */
  readonly path: readonly string[];
  readonly relation: string;
  /** Aggregates of the related rows, or what is calculated of such. */
  readonly figure: Expression;
}

export interface ColumnExpression {
  readonly kind: 'column';
  /**
   * Names of relations to follow from the query's table; empty for its own columns. A to-many relation on the way
   * pairs a row with each of its related rows: whoever writes such a path means that.
   */
  readonly path: readonly string[];
  readonly column: string;
}

export interface AggregateExpression {
  readonly kind: 'aggregate';
  readonly function: AggregateFunction;
  /** Absent only for `count`, which then counts rows. */
  readonly of?: Expression;
  /** For `first` and `last`: `of` in the row where this is smallest or largest. */
  readonly by?: Expression;
  /** Only rows that fulfil this are aggregated. */
  readonly where?: Condition;
}

export const AGGREGATE_FUNCTIONS = [
  'count',
  'countDistinct',
  'sum',
  'avg',
  'min',
  'max',
  'first',
  'last',
  // Of a sample: the squares are divided by one less than there are values, and of one value there is none.
  'stddevSample',
  'varianceSample',
  // The value in the middle, or the mean of the two there; exact on every engine.
  'median',
] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

/** A date or timestamp cut down to the start of its period. Weeks start on Monday. */
export const GRAINS = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR'] as const;
export type Grain = (typeof GRAINS)[number];

/** One number out of a date: MONTH is 1–12, DAY 1–31, DAY_OF_WEEK 1 (Monday) – 7, HOUR 0–23. */
export const DATE_PARTS = ['YEAR', 'QUARTER', 'MONTH', 'DAY', 'DAY_OF_WEEK', 'HOUR'] as const;
export type DatePart = (typeof DATE_PARTS)[number];

/** DECIMAL and BIGINT as strings, DATE as `2008-01-31`, DATETIME as `2008-01-31T12:00:00`, without a zone. */
export type LiteralValue = string | number | boolean | null;
export type LiteralType =
  | 'STRING'
  | 'INTEGER'
  | 'BIGINT'
  | 'DECIMAL'
  | 'FLOAT'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME';

export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';
export type TextMatch = 'contains' | 'startsWith' | 'endsWith' | 'equals';

export type Condition =
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly of: Expression; readonly values: readonly Expression[] }
  | { readonly kind: 'isNull'; readonly of: Expression }
  /** Case counts only where `caseSensitive` says so. */
  | {
      readonly kind: 'text';
      readonly match: TextMatch;
      readonly letters: 'caseSensitive' | 'caseInsensitive';
      readonly of: Expression;
      readonly value: string;
    }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  /** Rows of a to-many relation, reached over to-one relations first; `where` is about the related row. */
  | {
      readonly kind: 'related';
      readonly quantifier: 'some' | 'none' | 'every';
      readonly path: readonly string[];
      readonly relation: string;
      readonly where?: Condition;
    };
