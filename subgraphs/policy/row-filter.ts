import { type Catalog, type Column, findTable, type Table } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import { AskgraphError } from '../../schema/errors.js';
import { type Relation, relationsOf } from '../../schema/names.js';
import type { Caller } from '../request-context.js';
import { checkLiteral, isCalendarDay } from '../sql/check-literal.js';
import type {
  ComparisonOperator,
  Condition,
  Expression,
  LiteralType,
  LiteralValue,
} from '../sql/table-query.js';
import type { ClaimReference, RowFilter } from './policy.js';

/** Admits no row. */
export const NEVER: Condition = { kind: 'or', conditions: [] };

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']);
const TESTS = [...COMPARISONS, 'in', 'isNull', 'startsWith'];
const QUANTIFIERS = ['some', 'none'] as const;

/** What a filter is bound to: a caller's claims; at start, where filters are checked, any claim fits. */
export type Claims = Caller | 'unbound';

/** That a claim is missing or of the wrong type: the whole filter then admits nothing, whatever stands around it. */
class Unbound extends Error {}

/** A filter as a condition on rows of `table`, with the caller's claims in it. A claim that does not fit admits no row. */
export function bindRowFilter(filter: RowFilter, catalog: Catalog, table: Table, caller: Caller): Condition {
  try {
    return bind(filter, { catalog, table, path: [], claims: caller });
  } catch (error) {
    if (error instanceof Unbound) return NEVER;
    throw error;
  }
}

/** @throws UNKNOWN_NAME or BAD_USER_INPUT for a filter that does not fit the catalog. */
export function checkRowFilter(filter: RowFilter, catalog: Catalog, table: Table): void {
  bind(filter, { catalog, table, path: [], claims: 'unbound' });
}

interface Place {
  readonly catalog: Catalog;
  readonly table: Table;
  /** Relations to one that lead here, from the rows that the condition is about. */
  readonly path: readonly string[];
  readonly claims: Claims;
}

function bind(filter: RowFilter, place: Place): Condition {
  if (!isRecord(filter)) throw bad(`A row filter on ${place.table.name} is an object of tests by column.`);
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (given.length === 0)
    throw bad(`A row filter on ${place.table.name} is empty; leave it out to admit all rows.`);
  return {
    kind: 'and',
    conditions: given.map(([name, value]): Condition => {
      if (name === 'and' || name === 'or') {
        if (!Array.isArray(value) || value.length === 0) throw bad(`"${name}" takes a list of filters.`);
        return { kind: name, conditions: value.map((inner: RowFilter) => bind(inner, place)) };
      }
      if (name === 'not') return { kind: 'not', condition: bind(value as RowFilter, place) };
      const column = place.table.columns.find((candidate) => candidate.name === name);
      return column === undefined ? bindRelation(name, value, place) : bindTests(column, value, place);
    }),
  };
}

function bindRelation(name: string, value: unknown, place: Place): Condition {
  const { catalog, table, path } = place;
  const relations = relationsOf(catalog, table);
  const relation = relations.find((candidate) => candidate.name === name);
  if (relation === undefined) {
    const known = [...table.columns, ...relations].map((candidate) => candidate.name);
    throw unknownName('column or relation', name, table.name, known);
  }
  const target = findTable(catalog, relation.toTable);
  if (relation.kind === 'toOne') {
    return bind(value as RowFilter, { ...place, table: target, path: [...path, name] });
  }
  return bindToMany(relation, value, { ...place, table: target }, path);
}

function bindToMany(relation: Relation, value: unknown, target: Place, path: readonly string[]): Condition {
  const conditions = Object.entries(isRecord(value) ? value : {}).map(([quantifier, inner]): Condition => {
    if (quantifier !== 'some' && quantifier !== 'none') {
      throw unknownName('quantifier', quantifier, relation.name, QUANTIFIERS);
    }
    const where = bind(inner as RowFilter, { ...target, path: [] });
    return { kind: 'related', quantifier, path, relation: relation.name, where };
  });
  if (conditions.length === 0)
    throw bad(`"${relation.name}" leads to many rows: say "some" or "none" of them.`);
  return { kind: 'and', conditions };
}

function bindTests(column: Column, value: unknown, place: Place): Condition {
  const of: Expression = { kind: 'column', path: place.path, column: column.name };
  const tests = Object.entries(isRecord(value) ? value : {});
  if (tests.length === 0) throw bad(`The filter on "${column.name}" tests nothing; write { eq: … }.`);
  if (column.columnType === 'JSON') throw bad(`"${column.name}" is nested, and cannot be filtered by.`);
  const type = column.columnType;
  const literal = (operand: unknown): Expression => ({
    kind: 'literal',
    value: operandValue(operand, type, place.claims),
    type,
  });
  return {
    kind: 'and',
    conditions: tests.map(([name, operand]): Condition => {
      if (COMPARISONS.has(name)) {
        return {
          kind: 'comparison',
          operator: name as ComparisonOperator,
          left: of,
          right: literal(operand),
        };
      }
      switch (name) {
        case 'in':
          return { kind: 'in', of, values: listValues(operand, place.claims).map(literal) };
        case 'isNull': {
          if (typeof operand !== 'boolean') throw bad('"isNull" takes true or false.');
          const isNull: Condition = { kind: 'isNull', of };
          return operand ? isNull : { kind: 'not', condition: isNull };
        }
        case 'startsWith': {
          if (type !== 'STRING') throw bad(`"${column.name}" is no text that starts with anything.`);
          const text = String(operandValue(operand, type, place.claims));
          return { kind: 'text', match: 'startsWith', letters: 'caseSensitive', of, value: text };
        }
        default:
          throw unknownName('test', name, `the filter on "${column.name}"`, TESTS);
      }
    }),
  };
}

function listValues(operand: unknown, claims: Claims): readonly unknown[] {
  const values = isClaim(operand) ? claimOf(operand, claims) : operand;
  if (values === ANY) return [operand];
  if (Array.isArray(values)) return values.length === 0 && isClaim(operand) ? unbound() : values;
  if (isClaim(operand)) return [values];
  throw bad('"in" takes a list of values, or a claim.');
}

/** Stands for the value of a claim where filters are only checked. */
const ANY = Symbol('any');

function operandValue(operand: unknown, type: LiteralType, claims: Claims): LiteralValue {
  const value = isClaim(operand) ? claimOf(operand, claims) : operand;
  if (value === ANY) return null;
  const isText = typeof value === 'string';
  const isNumber = typeof value === 'number';
  const fits =
    type === 'BOOLEAN'
      ? typeof value === 'boolean'
      : type === 'INTEGER' || type === 'FLOAT'
        ? isNumber
        : isText || (isNumber && (type === 'BIGINT' || type === 'DECIMAL'));
  try {
    if (!fits) throw bad(`${JSON.stringify(value)} is no ${type}.`);
    // A day is its first moment where times are compared.
    const isDay = type === 'DATETIME' && isCalendarDay(String(value));
    return checkLiteral((isDay ? `${value}T00:00:00` : value) as LiteralValue, type);
  } catch (error) {
    // Values of a list come out of a claim too: at run time, nothing else can be wrong any more.
    if (claims !== 'unbound') return unbound();
    throw error;
  }
}

function claimOf({ claim }: ClaimReference, claims: Claims): unknown {
  if (claims === 'unbound') return ANY;
  return readClaim(claims, claim) ?? unbound();
}

/** A claim by its name, or by its path where no claim has that name: `realm.region`. */
export function readClaim({ subject, claims }: Caller, name: string): unknown {
  if (name === 'sub') return subject;
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

function isClaim(operand: unknown): operand is ClaimReference {
  return isRecord(operand) && typeof operand.claim === 'string' && Object.keys(operand).length === 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unbound(): never {
  throw new Unbound();
}

function bad(message: string): AskgraphError {
  return new AskgraphError('BAD_USER_INPUT', message);
}

/** The names of the claims that a filter speaks of. */
export function claimsIn(filter: unknown): string[] {
  if (Array.isArray(filter)) return filter.flatMap(claimsIn);
  if (!isRecord(filter)) return [];
  return isClaim(filter) ? [filter.claim] : Object.values(filter).flatMap(claimsIn);
}
