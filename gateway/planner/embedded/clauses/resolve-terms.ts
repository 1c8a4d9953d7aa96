import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { isTime, nameStems } from '../read/table-facts.js';
import { isBareName } from './phrase-kind.js';
import type { Phrase, Term } from './request.js';
import { type Attempt, isNumber, type Place, resolveColumn, resolveTable } from './resolve.js';
import { distinctRows, type Figure, type Shown, shownOf, unique } from './shown.js';

export function resolveTerms(attempt: Attempt): Shown[] | undefined {
  const shown: Shown[] = [];
  const { request, subject } = attempt;
  if (
    request.everything &&
    request.terms.every((term) => term.phrase === request.subject && term.function === undefined)
  )
    return subject.columns.map((column) => ({ kind: 'plain', table: subject, column }));
  if (request.when) {
    const time = timeOf(attempt);
    return time === undefined ? undefined : [{ kind: 'plain', table: subject, column: time }];
  }
  for (const term of attempt.request.terms) {
    const found = resolveTerm(attempt, term);
    if (found === undefined) return undefined;
    shown.push(...found);
  }
  return unique(shown);
}

function resolveTerm(attempt: Attempt, term: Term): Shown[] | undefined {
  const { phrase } = term;
  if (term.function === 'count') {
    const value = term.distinct === undefined && phrase !== undefined ? numberOf(attempt, phrase) : undefined;
    if (value !== undefined) {
      const isFigure =
        attempt.request.terms.every((other) => other.function !== undefined) &&
        attempt.request.clauses.length === 0;
      attempt.evidence.guesses += 1;
      return [isFigure ? { kind: 'figure', function: 'sum', ...value } : { kind: 'plain', ...value }];
    }
    const figure = countOf(attempt, phrase, term.distinct);
    return figure === undefined ? undefined : [figure];
  }
  if (phrase === undefined) return undefined;
  if (term.function !== undefined) {
    const wanted = term.function === 'min' || term.function === 'max' ? 'any' : 'number';
    const place =
      resolveColumn(attempt, phrase, 'number') ??
      (wanted === 'any' ? resolveColumn(attempt, phrase, 'time') : undefined);
    return place === undefined ? undefined : [{ kind: 'figure', function: term.function, ...place }];
  }
  const owner = term.owner === undefined ? undefined : resolveTable(attempt, term.owner);
  if (term.owner !== undefined && owner === undefined) return undefined;
  if (phrase === attempt.request.subject || (phrase.columns.length === 0 && phrase.tables.length > 0)) {
    const table = phrase === attempt.request.subject ? attempt.subject : resolveTable(attempt, phrase);
    if (table === undefined) return undefined;
    attempt.evidence.guesses += 1;
    return shownOf(attempt, table);
  }
  if (phrase.columns.length === 0 && phrase.tables.length === 0)
    return shownOf(attempt, owner ?? attempt.subject);
  const place = resolveColumn(attempt, phrase, 'any', owner);
  if (place !== undefined && place.table !== (owner ?? attempt.subject) && isBareName(phrase)) {
    const labels = shownOf(attempt, owner ?? attempt.subject);
    attempt.evidence.guesses += 1;
    return labels;
  }
  if (place !== undefined && place.table !== (owner ?? attempt.subject) && isBareDetail(phrase)) {
    const own = ownDetail(owner ?? attempt.subject);
    return own === undefined ? undefined : [{ kind: 'plain', ...own }];
  }
  if (place !== undefined) {
    if (place.table !== attempt.subject) attempt.evidence.foreign += 1;
    return [{ kind: 'plain', ...place }];
  }
  const table = resolveTable(attempt, phrase);
  return table === undefined ? undefined : shownOf(attempt, table);
}

/** The column that holds the number of something: nobody counts its values. */
function numberOf(attempt: Attempt, phrase: Phrase): Place | undefined {
  const table = Math.max(0, ...phrase.tables.map(({ quality }) => quality));
  const numeric = phrase.columns.filter(
    ({ column, quality }) =>
      isNumber(column) &&
      column.references === undefined &&
      !/id$/i.test(column.name) &&
      quality >= 0.9 &&
      quality > table,
  );
  if (
    numeric.length === 0 ||
    phrase.columns.some(({ column, quality }) => !isNumber(column) && quality >= 0.9)
  )
    return undefined;
  return resolveColumn(attempt, phrase, 'number');
}

/** Rows of a table that are counted, or the different values of a column. */
export function countOf(
  attempt: Attempt,
  phrase: Phrase | undefined,
  distinct: true | undefined,
): Figure | undefined {
  if (phrase === undefined) return { kind: 'figure', function: 'count', table: attempt.subject };
  const table = Math.max(0, ...phrase.tables.map(({ quality }) => quality));
  const column = Math.max(0, ...phrase.columns.map(({ quality }) => quality));
  if (table > 0 && table >= column - 0.15) {
    const found = phrase === attempt.request.subject ? attempt.subject : resolveTable(attempt, phrase);
    const figure: Figure | undefined =
      found === undefined ? undefined : { kind: 'figure', function: 'count', table: found };
    // Where a column says how many there are, its sum may be meant.
    const numbers = phrase.columns.filter(
      (candidate) =>
        isNumber(candidate.column) &&
        candidate.column.references === undefined &&
        !/id$/i.test(candidate.column.name) &&
        candidate.quality >= 0.65,
    );
    if (numbers.length > 0) attempt.evidence.ties += 1;
    if (figure !== undefined)
      return distinct === true && found !== attempt.subject ? distinctRows(figure) : figure;
  }
  const place = resolveColumn(attempt, phrase, 'any');
  if (place === undefined) return undefined;
  // The number of seats is a value of the rows, not a number of rows; measures are added up, not told apart.
  const holdsNumbers = nameStems(place.column.name).some((word) => word === 'number' || word === 'count');
  const isKey = place.table.primaryKey.includes(place.column.name) || place.column.references !== undefined;
  if (distinct === undefined && !isKey && holdsNumbers) return undefined;
  if (distinct === undefined && !isKey && isNumber(place.column)) attempt.evidence.ties += 1;
  if (distinct === undefined && !place.table.primaryKey.includes(place.column.name))
    attempt.evidence.guesses += 1;
  return { kind: 'figure', function: 'countDistinct', ...place };
}

/** The time that a question starting with "when" asks for: the only one, or the one that is called like what happened. */
function timeOf({ subject, request }: Attempt): AskColumn | undefined {
  const times = subject.columns.filter((column) => isTime(column) || /(^|_)year$/i.test(column.name));
  const verbs = request.verbs.map((token) => token.stem);
  const named = times.filter((column) => nameStems(column.name).some((word) => verbs.includes(word)));
  if (named.length === 1) return named[0];
  return times.length === 1 ? times[0] : undefined;
}

function isBareDetail(phrase: Phrase): boolean {
  return /^(details?|descriptions?)$/i.test(phrase.text);
}

/** `tourist_details` of visitors: nobody asks for the details of another thing. */
function ownDetail(table: AskTable): Place | undefined {
  const found = table.columns.filter((column) => /(detail|description)s?$/i.test(column.name));
  return found.length === 1 ? { table, column: found[0]! } : undefined;
}
