/** How a dialect writes what models get wrong, over columns d and e (dates), n and m (numbers) and s (text). */
export interface DialectHints {
  /** Expressions that the guard lets through, each with what it is. */
  readonly expressions: readonly (readonly [what: string, expression: string])[];
  readonly note: string;
}

const EXACT = 'n / m is exact.';
const WHOLE = 'n / m of whole numbers is a whole number: cast first.';

/** By the dialect's name. */
export const DIALECT_HINTS: Readonly<Record<string, DialectHints>> = {
  duckdb: {
    expressions: [
      ['month', "date_trunc('month', d)"],
      ['year', 'extract(year FROM d)'],
      ['a month later', "d + INTERVAL '1' MONTH"],
      ['days between', "date_diff('day', d, e)"],
      ['any case', "s ILIKE '%word%'"],
    ],
    note: EXACT,
  },
  postgres: {
    expressions: [
      ['month', "date_trunc('month', d)"],
      ['year', 'extract(year FROM d)'],
      ['a month later', "d + INTERVAL '1 month'"],
      ['days between', 'e - d'],
      ['any case', "s ILIKE '%word%'"],
      ['share', 'CAST(n AS numeric) / m'],
    ],
    note: WHOLE,
  },
  redshift: {
    expressions: [
      ['month', "date_trunc('month', d)"],
      ['year', 'extract(year FROM d)'],
      ['a month later', 'dateadd(month, 1, d)'],
      ['days between', 'datediff(day, d, e)'],
      ['any case', "s ILIKE '%word%'"],
      ['share', 'CAST(n AS float) / m'],
    ],
    note: WHOLE,
  },
  mysql: {
    expressions: [
      ['month', "date_format(d, '%Y-%m-01')"],
      ['year', 'year(d)'],
      ['a month later', 'd + INTERVAL 1 MONTH'],
      ['days between', 'datediff(e, d)'],
      ['any case', "lower(s) LIKE '%word%'"],
    ],
    note: `${EXACT} There is no FULL JOIN, QUALIFY, FILTER or date_trunc; names that need quotes stand in backticks.`,
  },
  snowflake: {
    expressions: [
      ['month', "date_trunc('month', d)"],
      ['year', 'year(d)'],
      ['a month later', 'dateadd(month, 1, d)'],
      ['days between', 'datediff(day, d, e)'],
      ['any case', "s ILIKE '%word%'"],
    ],
    note: EXACT,
  },
  athena: {
    expressions: [
      ['month', "date_trunc('month', d)"],
      ['year', 'year(d)'],
      ['a month later', "date_add('month', 1, d)"],
      ['days between', "date_diff('day', d, e)"],
      ['any case', "lower(s) LIKE '%word%'"],
      ['share', 'CAST(n AS double) / m'],
    ],
    note: `${WHOLE} Text is never compared with a date: write DATE '2024-01-31' or TIMESTAMP '2024-01-31 00:00:00'.`,
  },
};

/** One line for the prompt; empty for a dialect of which nothing has to be said. */
export function dialectHint(name: string): string {
  const hints = DIALECT_HINTS[name];
  if (hints === undefined) return '';
  const written = hints.expressions.map(([what, expression]) => `${what} ${expression}`).join('; ');
  return `In ${name}: ${written}. ${hints.note}`;
}
