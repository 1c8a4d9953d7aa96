import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import { defaultLimit } from '../../schema/print-rows.js';
import type { Condition, OrderItem } from '../sql/table-query.js';
import { readRowOrder } from './read-order.js';
import { type Input, readWhere } from './read-where.js';
import { column, type TypedDomain } from './typed-domain.js';

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
    ...readPage(domain, input, defaultLimit(domain.model)),
    ...optionalWhere(domain, model, input),
    orderBy: withKeys(
      model,
      asList(input.orderBy).map((item) => readRowOrder(domain, model, item)),
    ),
  };
}

export function optionalWhere(domain: TypedDomain, model: TableModel, input: Input): { where?: Condition } {
  return input.where == null ? {} : { where: readWhere(domain, model, input.where as Input) };
}

export function readPage({ model }: TypedDomain, input: Input, limit: number): Page {
  return {
    limit: rowNumber('limit', input.limit ?? limit, model.maximumLimit),
    offset: rowNumber('offset', input.offset ?? 0, Number.MAX_SAFE_INTEGER),
  };
}

export function asList(value: unknown): Input[] {
  return (value ?? []) as Input[];
}

/** The key settles the order of rows that are otherwise alike, or pages would overlap. */
function withKeys(model: TableModel, orderBy: readonly OrderItem[]): OrderItem[] {
  const keys = model.keys.map((field) => column([], field.column.name));
  return [...orderBy, ...keys.map((expression) => ({ expression, direction: 'ASC' as const }))];
}

/** How many rows a page has. */
export function readRowNumber({ model }: TypedDomain, name: string, value: unknown): number {
  return rowNumber(name, value, model.maximumLimit);
}

function rowNumber(name: string, value: unknown, maximum: number): number {
  const number = value as number;
  if (number >= 0 && number <= maximum) return number;
  const range = number < 0 ? 'cannot be negative' : `is at most ${maximum}`;
  throw new AskgraphError('BAD_USER_INPUT', `${name} ${range}; ${number} was given.`, {
    details: { argument: name, maximum },
  });
}
