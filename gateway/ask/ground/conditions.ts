import type { Plan, PlanStep } from '../../planner/planner.js';
import { type Decimal, readDecimal } from './decimal.js';
import { dayBefore, type Moment, readIsoMoment } from './moments.js';
import { wordsOf } from './words.js';

/** The values that a plan's own queries hold: what its rows were chosen by holds of all of them. */
export interface Conditions {
  readonly numbers: readonly Decimal[];
  readonly moments: readonly Moment[];
  /** In lower case. */
  readonly words: ReadonlySet<string>;
}

const TEXT = /'((?:[^']|'')*)'|"((?:[^"\\]|\\.)*)"/g;
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g;
const DATE = /\d{4}-\d{2}-\d{2}/g;

/** Reads them from the text of the queries and their variables; names of tables and columns do no harm among them. */
export function conditionsOf({ steps, combine, time }: Plan): Conditions {
  const queries = [...steps.map(({ query }) => query), combine?.query ?? ''].join('\n');
  const values = [...textsIn(queries), ...steps.flatMap(variablesOf)];
  const written = `${queries.replace(TEXT, ' ')} ${values.join(' ')}`;
  const dates = [...(values.join(' ').match(DATE) ?? []), time?.from, time?.to].filter(
    (date) => date !== undefined,
  );
  const moments = [...dates, ...dates.map(dayBefore)].flatMap((date) => readIsoMoment(date) ?? []);
  const numbers = written.match(NUMBER) ?? [];
  return {
    numbers: numbers.flatMap((text) => readDecimal(text) ?? []),
    moments: [
      ...moments,
      ...numbers.filter((text) => /^[12]\d{3}$/.test(text)).map((year) => ({ year: Number(year) })),
    ],
    words: new Set(values.flatMap(wordsOf)),
  };
}

function textsIn(query: string): string[] {
  return [...query.matchAll(TEXT)].map(([, sql, graphql]) => sql?.replaceAll("''", "'") ?? graphql ?? '');
}

function variablesOf(step: PlanStep): string[] {
  return step.language === 'GRAPHQL' ? leaves(step.variables) : [];
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}
