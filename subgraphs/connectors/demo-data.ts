import { createHash } from 'node:crypto';

/** How a domain's demo data is made: SQL for an empty DuckDB database, the same text at every call. */
export interface Demo {
  /** The statements that make the tables, in order. Files that the tables are read from go into `folder`. */
  statements(folder: string): readonly string[];
}

/** Changes whenever the generator does, so that data made by an older one is recognised. */
export function digestOf(demo: Demo): string {
  const hash = createHash('sha256');
  for (const statement of demo.statements('folder')) hash.update(statement).update('\0');
  return hash.digest('hex');
}

/**
 * Chance for generators, as DuckDB macros over a row number `n` and a `salt` below 1,000 that tells the draws of one row
 * apart. All of it is integer arithmetic on hashes: the same rows come out on every machine and over any threads.
 */
export const CHANCE: readonly string[] = [
  'CREATE TEMP MACRO draw(n, salt) AS hash(n::BIGINT * 1000 + salt::BIGINT)',
  // 0 … k-1, every number equally often.
  'CREATE TEMP MACRO below(n, salt, k) AS (draw(n, salt) % k::UBIGINT)::BIGINT',
  // 0 … k-1, small numbers more often: the smaller of two draws.
  'CREATE TEMP MACRO early(n, salt, k) AS least(below(n, salt, k), below(n, salt + 500, k))',
  // A bell curve around 0 in thousandths of its standard deviation: the sum of four even draws, so never past ±3,464.
  `CREATE TEMP MACRO bell(n, salt) AS (
    ((draw(n, salt) & 65535)::BIGINT + ((draw(n, salt) >> 16) & 65535)::BIGINT
      + ((draw(n, salt) >> 32) & 65535)::BIGINT + (draw(n, salt) >> 48)::BIGINT - 131070) * 1000 // 37837)`,
];

/** A text as a SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Rows as the SQL of a VALUES list. */
export function values(rows: readonly (readonly (string | number)[])[]): string {
  const tuples = rows.map(
    (row) => `(${row.map((cell) => (typeof cell === 'number' ? String(cell) : literal(cell))).join(', ')})`,
  );
  return `VALUES ${tuples.join(', ')}`;
}

/**
 * A pool to draw from: a temporary table with the given columns and `i`, which counts its rows from 0. Rows that are
 * to be drawn more often come more often.
 */
export function pool(name: string, columns: string, rows: readonly (readonly (string | number)[])[]): string {
  const numbered = rows.map((row, index) => [index, ...row]);
  return `CREATE TEMP TABLE ${name} AS SELECT * FROM (${values(numbered)}) AS pool(i, ${columns})`;
}

/** The words of a text that separates them by commas. */
export function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
