/** What masks and fences need of an engine. Operands are SQL. */
export interface Masking {
  /** 64 hexadecimal digits: SHA-256 of the key and then the text. */
  hash(key: string, text: string): string;
  /** How many characters a text has. */
  characters(text: string): string;
  /** A cover, and then the text's last characters. */
  covered(cover: string, text: string, shown: number): string;
  /** A value of any type that is shown as text, as text. */
  text(value: string): string;
  /** A day as the midnight that it begins with. */
  midnight(day: string): string;
}

/** What ends a subquery, so that nothing of the query around it is worked out on rows that it leaves out. */
export interface Fence {
  readonly text: string;
  /** Where it is not known to hold, expressions that can raise an error are refused over filtered rows. */
  readonly holds: 'proven' | 'unproven';
}

/** DuckDB, MySQL and Snowflake name these alike. */
export const commonMasking = {
  characters: (text) => `CHAR_LENGTH(${text})`,
  covered: (cover, text, shown) => `CONCAT(${cover}, RIGHT(${text}, ${shown}))`,
  text: (value) => value,
} as const satisfies Partial<Masking>;

/** PostgreSQL's and Redshift's: text may be of types that do not mix with it. */
export const postgresMasking = {
  characters: (text) => `CHAR_LENGTH(CAST(${text} AS TEXT))`,
  covered: (cover, text, shown) => `(${cover} || RIGHT(CAST(${text} AS TEXT), ${shown}))`,
  text: (value) => `CAST(${value} AS TEXT)`,
  midnight: (day) => `CAST(${day} AS TIMESTAMP)`,
} as const satisfies Partial<Masking>;
