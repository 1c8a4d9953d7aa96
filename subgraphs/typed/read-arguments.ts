import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import { DEFAULT_LIMIT, MAXIMUM_LIMIT } from '../../schema/print-rows.js';
import type { Condition, OrderItem } from '../sql/table-query.js';
import { type Input, readWhere } from './read-where.js';
import { column, fieldNamed, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** The arguments of a list, read. */
export interface ListArguments extends Page {
  readonly where?: Condition;
  readonly orderBy: readonly OrderItem[];
}

export function readListArguments(domain: TypedDomain, model: TableModel, input: Input): ListArguments {
  return {
    ...readPage(input, DEFAULT_LIMIT),
    ...optionalWhere(domain, model, input),
    orderBy: withKeys(
      model,
      asList(input.orderBy).map((item) => readOrder(domain, model, item, [])),
    ),
  };
}

export function optionalWhere(domain: TypedDomain, model: TableModel, input: Input): { where?: Condition } {
  return input.where == null ? {} : { where: readWhere(domain, model, input.where as Input) };
}

export function readPage(input: Input, defaultLimit: number): Page {
  return {
    limit: rowNumber('limit', input.limit ?? defaultLimit, MAXIMUM_LIMIT),
    offset: rowNumber('offset', input.offset ?? 0, Number.MAX_SAFE_INTEGER),
  };
}

export function asList(value: unknown): Input[] {
  return (value ?? []) as Input[];
}

/** The one entry of an input that must have exactly one. */
export function onlyEntry(input: Input, wanted: string): [string, unknown] {
  const [entry, ...others] = Object.entries(input);
  if (entry === undefined || others.length > 0 || entry[1] === null) {
    const given = Object.keys(input).join(', ') || 'nothing';
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `Each item of ${wanted} has exactly one field; this one has ${given}.`,
    );
  }
  return entry;
}

function readOrder(domain: TypedDomain, model: TableModel, input: Input, path: readonly string[]): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy');
  const relation = findRelation(model.toOne, name);
  if (relation !== undefined)
    return readOrder(domain, targetOf(domain, relation), value as Input, [...path, name]);
  return {
    expression: column(path, fieldNamed(model, name).column.name),
    direction: value as OrderItem['direction'],
  };
}

/** The key settles the order of rows that are otherwise alike, or pages would overlap. */
function withKeys(model: TableModel, orderBy: readonly OrderItem[]): OrderItem[] {
  const keys = model.keys.map((field) => column([], field.column.name));
  return [...orderBy, ...keys.map((expression) => ({ expression, direction: 'ASC' as const }))];
}

function rowNumber(name: string, value: unknown, maximum: number): number {
  const number = value as number;
  if (number >= 0 && number <= maximum) return number;
  const range = number < 0 ? 'cannot be negative' : `is at most ${maximum}`;
  throw new AskgraphError('BAD_USER_INPUT', `${name} ${range}; ${number} was given.`, {
    details: { argument: name, maximum },
  });
}
