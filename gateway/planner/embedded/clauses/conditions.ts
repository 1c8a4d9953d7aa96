import type { ColumnExpression, Condition, Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskTable } from '../../../knowledge/domain.js';
import { addCondition, deniedNode, nodeFor, numberLiteral, oneOf, type Sink } from './add-condition.js';
import { operandOf } from './operand.js';
import { addPeriod } from './period-clauses.js';
import { isBareName } from './phrase-kind.js';
import type { Clause, Either } from './request.js';
import { type Attempt, labelColumns, type Place, resolveColumn, resolveTable } from './resolve.js';
import { all, type Node } from './tree.js';
import { addValues, comparedColumn, labelOf, literalFor, placeOfLiteral } from './value-clauses.js';

/** Adds what a request's clauses say to the tree; false where one of them means nothing here. */
export function addClauses(attempt: Attempt, root: Node): boolean {
  let near: AskTable | undefined;
  let told: AskTable | undefined;
  for (const [index, clause] of attempt.request.clauses.entries()) {
    if (clause.kind === 'table' && clause.negated && resolveTable(attempt, clause.phrase) === root.table)
      return addNone(attempt, root, attempt.request.clauses.slice(index + 1));
    const added = addClause(attempt, root, clause, clause.kind === 'period' ? told : near);
    if (added === undefined) return false;
    near = added;
    // A time belongs to what happened, not to the name of a place that it happened at.
    if (clause.kind !== 'value') told = added;
  }
  return true;
}

/** "Countries without players from Spain", where each player is a row with its country: none of a value's rows. */
function addNone(attempt: Attempt, root: Node, clauses: readonly (Clause | Either)[]): boolean {
  const conditions: Condition[] = [];
  const collect: Sink = (_attempt, _root, { table, column }, negated, write) => {
    const way = attempt.graph.routesToOne(root.table, table)[0];
    if (way === undefined || negated) return undefined;
    conditions.push(
      write({ kind: 'column', path: way.relations.map(({ name }) => name), column: column.name }),
    );
    return table;
  };
  for (const clause of clauses)
    if (clause.kind === 'table' || addClause(attempt, root, clause, root.table, collect) === undefined)
      return false;
  if (conditions.length === 0) return false;
  attempt.ofGroups.push({ holds: 'none', condition: all(conditions) });
  return true;
}

/** The table that the clause was about, to which the next one most likely belongs. */
function addClause(
  attempt: Attempt,
  root: Node,
  clause: Clause | Either,
  near: AskTable | undefined,
  addOn: Sink = addCondition,
): AskTable | undefined {
  switch (clause.kind) {
    case 'either':
      return addEither(attempt, root, clause, near);
    case 'table': {
      const table = resolveTable(attempt, clause.phrase);
      if (table === undefined) return undefined;
      if (clause.negated) return nodeFor(attempt, root, table, 'negated')?.table;
      // "Not using any drug as medication", "did not affect any region": still of what is not there.
      if (isDeniedTable(attempt, root, table)) return table;
      if (table === root.table) return table;
      return nodeFor(attempt, root, table)?.table;
    }
    case 'value':
      return addValues(attempt, root, clause, near, addOn);
    case 'equals': {
      const place = placeOfLiteral(attempt, clause.column, clause.literals, near);
      const literals =
        place === undefined
          ? undefined
          : clause.literals.map((literal) => literalFor(attempt, place, literal));
      if (place === undefined || literals === undefined || literals.some((literal) => literal === undefined))
        return undefined;
      return addOn(attempt, root, place, clause.negated, (of) => oneOf(of, literals as Expression[]));
    }
    case 'compare': {
      const place = comparedColumn(attempt, clause, near);
      if (place === undefined) return undefined;
      const right = operandOf(attempt, clause, place, addClauses);
      if (right === undefined) return undefined;
      return addOn(attempt, root, place, clause.negated, (left) => ({
        kind: 'comparison',
        operator: clause.operator,
        left,
        right,
      }));
    }
    case 'between': {
      const place = resolveColumn(attempt, clause.column, 'number', near);
      if (place === undefined) return undefined;
      const bound = (value: string) => numberLiteral(place.column, value);
      return addOn(attempt, root, place, clause.negated, (left) => ({
        kind: 'and',
        conditions: [
          { kind: 'comparison', operator: 'gte', left, right: bound(clause.low) },
          { kind: 'comparison', operator: 'lte', left, right: bound(clause.high) },
        ],
      }));
    }
    case 'text': {
      const place =
        resolveColumn(attempt, clause.column, 'text', near) ??
        labelOf(attempt, clause.column) ??
        (isBareName(clause.column) ? nameOf(attempt.subject) : undefined);
      if (place === undefined) return undefined;
      return addOn(attempt, root, place, clause.negated, (of) => ({
        kind: 'text',
        match: clause.match,
        letters: 'caseInsensitive',
        of,
        value: clause.text,
      }));
    }
    case 'period':
      return addPeriod(attempt, root, clause, near, addOn);
  }
}

/** The one column that the rows of a table are called by. */
function nameOf(table: AskTable): Place | undefined {
  const [column, ...others] = labelColumns(table);
  return column === undefined || others.length > 0 ? undefined : { table, column };
}

/** Whether a table belongs to what the question says there is none of. */
function isDeniedTable(attempt: Attempt, root: Node, table: AskTable): boolean {
  return deniedNode(attempt, root, table) !== undefined;
}

/** Conditions of which one is enough: on one table's rows, or on what each row of the root leads to. */
function addEither(
  attempt: Attempt,
  root: Node,
  either: Either,
  near: AskTable | undefined,
): AskTable | undefined {
  const parts: { place: Place; write: (of: ColumnExpression) => Condition }[] = [];
  const collect: Sink = (_attempt, _root, place, negated, write) => {
    if (negated) return undefined;
    parts.push({ place, write });
    return place.table;
  };
  for (const clause of either.clauses)
    if (addClause(attempt, root, clause, near, collect) === undefined) return undefined;
  const [first] = parts;
  if (first === undefined || parts.length !== either.clauses.length) return undefined;
  const choices = (pathTo: (place: Place) => readonly string[]): Condition => ({
    kind: 'or',
    conditions: parts.map(({ place, write }) =>
      write({ kind: 'column', path: pathTo(place), column: place.column.name }),
    ),
  });
  if (parts.every(({ place }) => place.table === first.place.table))
    return addCondition(attempt, root, first.place, false, ({ path }) => choices(() => path));
  const ways = parts.map(({ place }) => attempt.graph.routesToOne(root.table, place.table)[0]);
  if (ways.some((way) => way === undefined)) return undefined;
  root.conditions.push((path) =>
    choices((place) => [
      ...path,
      ...attempt.graph.routesToOne(root.table, place.table)[0]!.relations.map(({ name }) => name),
    ]),
  );
  return first.place.table;
}
