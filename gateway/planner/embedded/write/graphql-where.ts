import { fieldName } from '../../../../schema/names.js';
import type { Condition, Expression, TextMatch } from '../../../../subgraphs/sql/table-query.js';

/** A GraphQL input value, before it is written. */
export type InputValue =
  | string
  | number
  | boolean
  | null
  | EnumValue
  | readonly InputValue[]
  | { readonly [key: string]: InputValue };

export class EnumValue {
  constructor(readonly name: string) {}
}

/** A condition as the typed API's `where` input; undefined where it cannot say it. */
export function whereInput(condition: Condition): { [key: string]: InputValue } | undefined {
  switch (condition.kind) {
    case 'and': {
      const parts = allOrNone(condition.conditions.map(whereInput));
      if (parts === undefined) return undefined;
      const keys = parts.flatMap((part) => Object.keys(part));
      return new Set(keys).size === keys.length ? Object.assign({}, ...parts) : mergeOrList(parts);
    }
    case 'or': {
      const parts = allOrNone(condition.conditions.map(whereInput));
      return parts === undefined ? undefined : { or: parts };
    }
    case 'not': {
      const inner = whereInput(condition.condition);
      return inner === undefined ? undefined : { not: inner };
    }
    case 'comparison': {
      const value = literalValue(condition.right);
      return value === undefined ? undefined : filterOn(condition.left, { [condition.operator]: value });
    }
    case 'in': {
      const values = allOrNone(condition.values.map(literalValue));
      return values === undefined ? undefined : filterOn(condition.of, { in: values });
    }
    case 'isNull':
      return filterOn(condition.of, { isNull: true });
    case 'text':
      return filterOn(condition.of, { [textFilter(condition.match, condition.letters)]: condition.value });
    case 'related':
      return undefined;
  }
}

function textFilter(match: TextMatch, letters: 'caseSensitive' | 'caseInsensitive'): string {
  const name = match === 'equals' ? 'eq' : match;
  return letters === 'caseInsensitive' ? `${name}IgnoreCase` : name;
}

/** Two filters on one field, such as a first and a last day, are one filter with two bounds. */
function mergeOrList(parts: readonly { readonly [key: string]: InputValue }[]): {
  [key: string]: InputValue;
} {
  const merged = parts.reduce<{ [key: string]: InputValue } | undefined>(
    (all, part) => (all === undefined ? undefined : mergeDeep(all, part)),
    {},
  );
  return merged ?? { and: parts };
}

function mergeDeep(
  first: { readonly [key: string]: InputValue },
  second: { readonly [key: string]: InputValue },
): { [key: string]: InputValue } | undefined {
  const result: { [key: string]: InputValue } = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const known = result[key];
    if (known === undefined) result[key] = value;
    else {
      if (!isObject(known) || !isObject(value) || ['not', 'or', 'and'].includes(key)) return undefined;
      const merged = mergeDeep(known, value);
      if (merged === undefined) return undefined;
      result[key] = merged;
    }
  }
  return result;
}

function isObject(value: InputValue): value is { readonly [key: string]: InputValue } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof EnumValue)
  );
}

function filterOn(
  expression: Expression,
  filter: { [key: string]: InputValue },
): { [key: string]: InputValue } | undefined {
  if (expression.kind === 'column') return nest([...expression.path, fieldName(expression.column)], filter);
  if (
    expression.kind === 'part' &&
    expression.of.kind === 'column' &&
    PART_FIELDS[expression.part] !== undefined
  ) {
    return filterOn(expression.of, { [PART_FIELDS[expression.part]!]: filter });
  }
  return undefined;
}

const PART_FIELDS: Readonly<Record<string, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  DAY_OF_WEEK: 'dayOfWeek',
};

function literalValue(expression: Expression): InputValue | undefined {
  return expression.kind === 'literal' ? expression.value : undefined;
}

export function nest(path: readonly string[], value: InputValue): { [key: string]: InputValue } {
  const [first, ...rest] = path;
  return { [first!]: rest.length === 0 ? value : nest(rest, value) };
}

/** Every part, or none where one is missing: half a condition is another condition. */
export function allOrNone<Value>(parts: readonly (Value | undefined)[]): Value[] | undefined {
  return parts.includes(undefined) ? undefined : (parts as Value[]);
}

export function writeInput(value: InputValue): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(writeInput).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${writeInput(inner)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}
