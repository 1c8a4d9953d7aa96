import type { AskColumn } from '../../../knowledge/domain.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import { isBirth, isYear, nameStems, timeColumns } from '../read/table-facts.js';
import { looksLikeTable } from './phrase-kind.js';
import type { Measured, Phrase } from './request.js';
import { type Attempt, isNumber, resolveColumn } from './resolve.js';
import { countOf } from './resolve-terms.js';
import type { Figure, Shown } from './shown.js';
import { labelOf } from './value-clauses.js';
import { isUse } from './verbs.js';

export function resolveMeasured(
  attempt: Attempt,
  measured: Measured,
  direction?: 'ASC' | 'DESC',
): { shown: Shown; turned?: boolean } | undefined {
  switch (measured.kind) {
    case 'count': {
      const clause = attempt.request.clauses.findLast((one) => one.kind === 'table' && !one.negated);
      const related = measured.phrase === undefined && clause?.kind === 'table' ? clause.phrase : undefined;
      if (measured.phrase === undefined && related === undefined && attempt.request.verbs.some(saysMore))
        attempt.evidence.guesses += 2;
      const figure = countMeasured(attempt, measured.phrase ?? related, measured.distinct);
      return figure === undefined ? undefined : { shown: figure };
    }
    case 'aggregate': {
      const place = resolveColumn(attempt, measured.phrase, 'number');
      return place === undefined
        ? undefined
        : { shown: { kind: 'figure', function: measured.function, ...place } };
    }
    case 'column': {
      const place =
        resolveColumn(attempt, measured.phrase, 'number') ?? resolveColumn(attempt, measured.phrase, 'time');
      if (place !== undefined) return { shown: { kind: 'plain', ...place } };
      const table =
        measured.phrase.tables.length > 0 ? countMeasured(attempt, measured.phrase, undefined) : undefined;
      if (table !== undefined) return { shown: table };
      // What is not a number can only be counted: "the most types".
      const text = resolveColumn(attempt, measured.phrase, 'any');
      if (text === undefined || text.table === attempt.subject) return undefined;
      attempt.evidence.guesses += 1;
      return { shown: { kind: 'figure', function: 'countDistinct', ...text } };
    }
    case 'hint':
      return hinted(attempt, measured, direction);
  }
}

/** "The method that is used most often" is the one of the most rows; of "taught" one can't tell. */
function saysMore(verb: Token): boolean {
  return !isUse(verb.lower);
}

function countMeasured(
  attempt: Attempt,
  phrase: Phrase | undefined,
  distinct: true | undefined,
): Figure | undefined {
  if (phrase === undefined) return { kind: 'figure', function: 'count', table: attempt.subject };
  const figure = countOf(attempt, phrase, distinct);
  return figure;
}

/** When rows that are no people began: the time, or the year, by which the oldest is told. */
function beginOf({ subject, evidence }: Attempt): AskColumn | undefined {
  const times = timeColumns(subject);
  const years = subject.columns.filter(isYear);
  const found = times.length > 0 ? times : years;
  if (found.length > 1) evidence.ties += 1;
  return found[0];
}

const HINTED: Readonly<Record<string, RegExp>> = {
  money: /price|cost|amount|fee|premium|value/i,
  pay: /salary|wage|income|(^|_)pay($|_)|earnings/i,
  rating: /rating|score|stars|points/i,
  size: /size|area|population|capacity|length|height|duration|distance|enrollment|acres/i,
};

function hinted(
  attempt: Attempt,
  { hint }: Measured & { kind: 'hint' },
  _direction: 'ASC' | 'DESC' | undefined,
): { shown: Shown; turned?: boolean } | undefined {
  const { columns } = attempt.subject;
  const place = (column: AskColumn | undefined, turned?: true) =>
    column === undefined
      ? undefined
      : {
          shown: { kind: 'plain', table: attempt.subject, column } as const,
          ...(turned === undefined ? {} : { turned }),
        };
  switch (hint) {
    case 'age':
    case 'youth': {
      const age = place(
        columns.find((column) => isNumber(column) && nameStems(column.name).includes('ag')),
        hint === 'youth' ? true : undefined,
      );
      return (
        age ??
        place(columns.find(isBirth), hint === 'age' ? true : undefined) ??
        place(beginOf(attempt), hint === 'age' ? true : undefined)
      );
    }
    case 'time': {
      const times = timeColumns(attempt.subject);
      if (times.length > 1) attempt.evidence.ties += 1;
      return place(times[0] ?? columns.find(isYear));
    }
    case 'money':
    case 'pay':
    case 'rating':
    case 'size': {
      const found = columns.filter((column) => isNumber(column) && HINTED[hint]!.test(column.name));
      if (found.length > 1) attempt.evidence.ties += 1;
      return place(found[0]);
    }
    default:
      return undefined;
  }
}

export function resolveOrder(attempt: Attempt, by: Measured, terms: readonly Shown[]): Shown | undefined {
  if (by.kind === 'column') {
    const said = terms.find(
      (term) => term.column !== undefined && by.phrase.columns.some(({ column }) => column === term.column),
    );
    if (said !== undefined) return said;
    const label = looksLikeTable(by.phrase) ? labelOf(attempt, by.phrase) : undefined;
    const place = label ?? resolveColumn(attempt, by.phrase, 'any');
    return place === undefined ? undefined : { kind: 'plain', ...place };
  }
  return resolveMeasured(attempt, by)?.shown;
}
