import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type {
  ComparisonOperator,
  Condition,
  DatePart,
  Expression,
  LiteralType,
  LiteralValue,
  TextMatch,
} from '../sql/table-query.js';
import { column, fieldNamed, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

export type Input = Readonly<Record<string, unknown>>;

const COMPARISONS: ReadonlySet<string> = new Set([
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
] satisfies ComparisonOperator[]);
const TEXT_MATCHES: Readonly<Record<string, readonly [TextMatch, 'caseSensitive' | 'caseInsensitive']>> = {
  contains: ['contains', 'caseSensitive'],
  startsWith: ['startsWith', 'caseSensitive'],
  endsWith: ['endsWith', 'caseSensitive'],
  eqIgnoreCase: ['equals', 'caseInsensitive'],
  containsIgnoreCase: ['contains', 'caseInsensitive'],
  startsWithIgnoreCase: ['startsWith', 'caseInsensitive'],
  endsWithIgnoreCase: ['endsWith', 'caseInsensitive'],
};
/** The date parts by their GraphQL field. */
export const PART_FIELDS: Readonly<Record<string, DatePart>> = {
  year: 'YEAR',
  quarter: 'QUARTER',
  month: 'MONTH',
  day: 'DAY',
  dayOfWeek: 'DAY_OF_WEEK',
  hour: 'HOUR',
};

/** The condition of a `where` argument on the table that `path` leads to. */
export function readWhere(
  domain: TypedDomain,
  model: TableModel,
  where: Input,
  path: readonly string[] = [],
): Condition {
  const read = (inner: Input) => readWhere(domain, model, inner, path);
  return all(
    entries(where).map(([name, value]) => {
      if (isLogical(name)) return readLogical(name, value, read);
      const toOne = findRelation(model.toOne, name);
      if (toOne !== undefined)
        return readWhere(domain, targetOf(domain, toOne), value as Input, [...path, name]);
      const toMany = findRelation(model.toMany, name);
      if (toMany !== undefined)
        return readRelated(domain, targetOf(domain, toMany), name, value as Input, path);
      const field = fieldNamed(model, name);
      return readFilter(column(path, field.column.name), field.column.columnType, value as Input);
    }),
  );
}

/** `and`, `or` or `not` of conditions that `read` understands. */
export function readLogical(
  name: 'and' | 'or' | 'not',
  value: unknown,
  read: (inner: Input) => Condition,
): Condition {
  return name === 'not'
    ? { kind: 'not', condition: read(value as Input) }
    : { kind: name, conditions: (value as Input[]).map(read) };
}

export function isLogical(name: string): name is 'and' | 'or' | 'not' {
  return name === 'and' || name === 'or' || name === 'not';
}

/** The condition of a filter on any expression of the given type. */
export function readFilter(of: Expression, type: ColumnType, filter: Input): Condition {
  const literal = (value: unknown): Expression => ({
    kind: 'literal',
    value: value as LiteralValue,
    type: type as LiteralType,
  });
  const compare = (operator: ComparisonOperator, value: unknown): Condition => ({
    kind: 'comparison',
    operator,
    left: of,
    right: literal(value),
  });
  return all(
    entries(filter).map(([name, value]): Condition => {
      if (COMPARISONS.has(name)) return compare(name as ComparisonOperator, value);
      if (name === 'in') return { kind: 'in', of, values: (value as unknown[]).map(literal) };
      if (name === 'notIn') return readNotIn(of, (value as unknown[]).map(literal));
      if (name === 'isNull') return readIsNull(of, value === true);
      if (name === 'between') {
        const { from, to } = value as { from: unknown; to: unknown };
        return all([compare('gte', from), compare('lte', to)]);
      }
      const part = PART_FIELDS[name];
      if (part !== undefined) return readFilter({ kind: 'part', part, of }, 'INTEGER', value as Input);
      return readTextMatch(of, name, value);
    }),
  );
}

export function isNotNull(of: Expression): Condition {
  return { kind: 'not', condition: { kind: 'isNull', of } };
}

/** A row without a value fulfils it no more than any other filter, not even where nothing is named. */
function readNotIn(of: Expression, values: Expression[]): Condition {
  return values.length === 0 ? isNotNull(of) : { kind: 'not', condition: { kind: 'in', of, values } };
}

function readIsNull(of: Expression, wanted: boolean): Condition {
  return wanted ? { kind: 'isNull', of } : isNotNull(of);
}

function readTextMatch(of: Expression, name: string, value: unknown): Condition {
  const match = TEXT_MATCHES[name];
  if (match === undefined) throw new AskgraphError('INTERNAL', `There is no filter "${name}".`);
  return { kind: 'text', match: match[0], letters: match[1], of, value: String(value) };
}

function readRelated(
  domain: TypedDomain,
  target: TableModel,
  relation: string,
  input: Input,
  path: readonly string[],
): Condition {
  return all(
    entries(input).map(([quantifier, where]) => ({
      kind: 'related',
      quantifier: quantifier as 'some' | 'none' | 'every',
      path,
      relation,
      where: readWhere(domain, target, where as Input),
    })),
  );
}

/** The entries of an input object, none of them null. */
export function entries(input: Input): [string, unknown][] {
  return Object.entries(input).map(([name, value]) => {
    if (value === null) {
      throw new AskgraphError(
        'BAD_USER_INPUT',
        `"${name}" is null in a filter. To ask for rows without a value, use isNull.`,
      );
    }
    return [name, value];
  });
}

function all(conditions: Condition[]): Condition {
  const [only, ...others] = conditions;
  return only !== undefined && others.length === 0 ? only : { kind: 'and', conditions };
}
