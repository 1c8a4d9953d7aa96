import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { isMany, nodeFor, numberLiteral, oneOf, type Sink } from './add-condition.js';
import type { Clause, Literal, Phrase } from './request.js';
import {
  type Attempt,
  isKey,
  isNumber,
  labelColumns,
  nearness,
  note,
  type Place,
  resolveColumn,
  resolveTable,
} from './resolve.js';
import type { Node } from './tree.js';

export function addValues(
  attempt: Attempt,
  root: Node,
  clause: Clause & { kind: 'value' },
  near: AskTable | undefined,
  addOn: Sink,
): AskTable | undefined {
  const [first] = clause.values;
  const shared = first!.values.filter((value) =>
    clause.values.every((phrase) => phrase.values.some((other) => other.column === value.column)),
  );
  const [best, second] = shared
    .map((value) => ({
      ...value,
      score:
        0.6 +
        nearness(attempt, value.table, near) +
        namedBy(clause.column, value) +
        liesOn(clause.way, value),
    }))
    .sort((a, b) => b.score - a.score);
  if (best === undefined || best.score < -1) return undefined;
  const other = second !== undefined && second.column !== best.column ? second.score : undefined;
  note(attempt, 1, best.score, other);
  const literals = clause.values.map(
    (phrase) =>
      ({
        kind: 'literal',
        type: 'STRING',
        value: phrase.values.find((value) => value.column === best.column)!.value,
      }) as const,
  );
  if (clause.all === undefined || literals.length === 1)
    return addOn(attempt, root, best, clause.negated, (of) => oneOf(of, literals));
  const own = attempt.graph.routesToOne(root.table, best.table)[0];
  if (own !== undefined) {
    // "The marketing and finance departments" are either; only "both" is of several rows with one value shown.
    if (clause.all === 'and') {
      attempt.evidence.guesses += 1;
      return addOn(attempt, root, best, clause.negated, (of) => oneOf(of, literals));
    }
    if (clause.negated) return undefined;
    const path = own.relations.map(({ name }) => name);
    for (const literal of literals)
      attempt.ofGroups.push({
        holds: 'some',
        condition: oneOf({ kind: 'column', path, column: best.column.name }, [literal]),
      });
    return best.table;
  }
  // Two things of one row that differ must be said of two related rows.
  for (const literal of literals) {
    const node = nodeFor(attempt, root, best.table, clause.negated ? 'negated' : 'fresh');
    if (node === undefined || !isMany(node)) return undefined;
    node.conditions.push((path) => oneOf({ kind: 'column', path, column: best.column.name }, [literal]));
  }
  return best.table;
}

const ENDS = { from: /origin|from|source|depart|start/i, to: /dest|arriv|(^|_)to(_|$)|end/i };

/** "From" speaks for a column that is called an origin, and against one that is called a destination. */
function liesOn(way: 'from' | 'to' | undefined, { column }: { column: AskColumn }): number {
  if (way === undefined) return 0;
  if (ENDS[way].test(column.name)) return 0.2;
  return ENDS[way === 'from' ? 'to' : 'from'].test(column.name) ? -0.2 : 0;
}

/** Whether the words beside a value name its column or table. */
function namedBy(phrase: Phrase | undefined, value: { table: AskTable; column: AskColumn }): number {
  if (phrase === undefined) return 0;
  const column = phrase.columns.find((candidate) => candidate.column === value.column);
  if (column !== undefined) return 0.6 * column.quality;
  const table = phrase.tables.find((candidate) => candidate.table === value.table);
  if (table === undefined) return -0.3;
  return labelColumns(table.table).includes(value.column) ? 0.4 : 0.2;
}

/** The column that a literal is compared with; of a table, its key or its name. */
export function placeOfLiteral(
  attempt: Attempt,
  phrase: Phrase,
  literals: readonly Literal[],
  near: AskTable | undefined,
): Place | undefined {
  const isText = literals.some((literal) => literal.kind === 'text');
  const fitting = resolveColumn(attempt, phrase, isText ? 'text' : 'any', near);
  const table = phrase.tables[0];
  if (table !== undefined && (fitting === undefined || table.quality >= 0.9)) {
    if (isText) return labelOf(attempt, phrase) ?? fitting;
    const key = table.table.columns.find((column) => column.name === table.table.primaryKey[0]);
    attempt.evidence.guesses += 1;
    if (key !== undefined && table.table.primaryKey.length === 1) return { table: table.table, column: key };
  }
  return fitting;
}

export function labelOf(attempt: Attempt, phrase: Phrase): Place | undefined {
  const table = phrase.tables.length === 0 ? undefined : resolveTable(attempt, phrase);
  const labels = table === undefined ? [] : labelColumns(table);
  if (table === undefined || labels.length !== 1) return undefined;
  attempt.evidence.guesses += 1;
  return { table, column: labels[0]! };
}

export function literalFor(
  attempt: Attempt,
  { table, column }: Place,
  literal: Literal,
): Expression | undefined {
  if (isNumber(column)) return literal.kind === 'number' ? numberLiteral(column, literal.text) : undefined;
  if (column.columnType !== 'STRING') return undefined;
  const values = attempt.profile.columnFacts(table.domain, table.name, column.name)?.values;
  const known = values?.find((value) => value.toLowerCase() === literal.text.toLowerCase());
  if (known === undefined) attempt.evidence.unseenValues += 1;
  return { kind: 'literal', type: 'STRING', value: known ?? literal.text };
}

export function comparedColumn(
  attempt: Attempt,
  clause: Clause & { kind: 'compare' },
  near: AskTable | undefined,
): Place | undefined {
  if (clause.column !== undefined) {
    const place = resolveColumn(attempt, clause.column, 'number', near);
    // Keys are not more or less than anything.
    return place !== undefined && isKey(place.column) && !/\bids?\b|number|code/i.test(clause.column.text)
      ? undefined
      : place;
  }
  if (clause.hint !== 'age') return undefined;
  const column = attempt.subject.columns.find(
    (candidate) => /(^|_)age$/i.test(candidate.name) && isNumber(candidate),
  );
  return column === undefined ? undefined : { table: attempt.subject, column };
}
