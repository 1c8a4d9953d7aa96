import type { FieldNode } from 'graphql';
import { isTemporal, partsField, type TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import { DEFAULT_GROUPS } from '../../schema/print-rows.js';
import { expressionType } from '../sql/expression-type.js';
import type { Cell } from '../sql/statement.js';
import type {
  AggregateExpression,
  AggregateFunction,
  Condition,
  Expression,
  OrderItem,
  SelectItem,
  TableQuery,
} from '../sql/table-query.js';
import { asList, onlyEntry, optionalWhere, readPage } from './read-arguments.js';
import { type Group, readGroups } from './read-groups.js';
import { entries, type Input, isLogical, readFilter, readLogical } from './read-where.js';
import type { Row } from './row-plan.js';
import { type Operation, selectedFields } from './selection.js';
import { column, fieldNamed, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

export interface AggregatePlan {
  readonly query: TableQuery;
  readonly read: (cells: readonly Cell[]) => Row;
}

/** The query of an aggregate field: only the figures and keys that are selected. */
export function planAggregate(
  domain: TypedDomain,
  model: TableModel,
  input: Input,
  nodes: readonly FieldNode[],
  operation: Operation,
): AggregatePlan {
  const groups = readGroups(domain, model, asList(input.groupBy));
  const places = selectedPlaces(domain, model, groups, nodes, operation);
  const { where } = optionalWhere(domain, model, input);
  const conditions = [
    ...groups.flatMap((group) => group.where ?? []),
    ...(where === undefined ? [] : [where]),
  ];
  const having = input.having == null ? undefined : readHaving(domain, model, input.having as Input);
  return {
    query: {
      table: model.table.name,
      select: places.map(({ path, expression }): SelectItem => ({ as: path.join('.'), expression })),
      groupBy: groups.map((group) => group.expression),
      ...(conditions.length === 0 ? {} : { where: { kind: 'and', conditions } }),
      ...(having === undefined ? {} : { having }),
      orderBy: withGroups(
        groups,
        asList(input.orderBy).map((item) => readOrder(model, groups, item)),
      ),
      ...readPage(input, DEFAULT_GROUPS),
    },
    read: (cells) => {
      const object = {};
      places.forEach(({ path, midnight }, index) => {
        const cell = cells[index] ?? null;
        setAt(object, path, midnight && cell !== null ? `${cell}T00:00:00` : cell);
      });
      return object;
    },
  };
}

/** Where a figure or key stands in the answer, and what it is. */
interface Place {
  readonly path: readonly string[];
  readonly expression: Expression;
  /** The key is a day, but its field gives times. */
  readonly midnight?: boolean;
}

function selectedPlaces(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  nodes: readonly FieldNode[],
  operation: Operation,
): Place[] {
  const places: Place[] = [];
  for (const [name, fieldNodes] of selectedFields(nodes, `${model.typeName}Aggregate`, operation)) {
    if (name === 'count')
      places.push({ path: ['count'], expression: { kind: 'aggregate', function: 'count' } });
    else if (name === 'keys')
      places.push(...selectedKeys(domain, model, groups, fieldNodes, operation, ['keys']));
    else {
      for (const field of selectedFields(fieldNodes, figureType(model, name), operation).keys()) {
        places.push({ path: [name, field], expression: figure(model, name, field) });
      }
    }
  }
  // A selection of nothing but __typename still needs a row for each group.
  return places.length > 0
    ? places
    : [{ path: ['count'], expression: { kind: 'aggregate', function: 'count' } }];
}

function figureType(model: TableModel, name: string): string {
  const suffix =
    name === 'min' || name === 'max' ? 'MinMax' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return `${model.typeName}${suffix}`;
}

function selectedKeys(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  nodes: readonly FieldNode[],
  operation: Operation,
  path: readonly string[],
): Place[] {
  return [...selectedFields(nodes, `${model.typeName}Keys`, operation)].flatMap(([name, fieldNodes]) => {
    const inner = [...path, name];
    const relation = findRelation(model.toOne, name);
    if (relation !== undefined) {
      return selectedKeys(domain, targetOf(domain, relation), groups, fieldNodes, operation, inner);
    }
    if (model.fields.some((field) => isTemporal(field) && partsField(field) === name)) {
      const parts = [...selectedFields(fieldNodes, 'DateParts', operation).keys()];
      return parts.map((part) => keyPlace(groups, [...inner, part]));
    }
    return [keyPlace(groups, inner)];
  });
}

function keyPlace(groups: readonly Group[], path: readonly string[]): Place {
  const group = groupAt(groups, path.slice(1));
  return { path, expression: group.expression, midnight: group.midnight };
}

function groupAt(groups: readonly Group[], path: readonly string[]): Group {
  const wanted = path.join('.');
  const group = groups.find((candidate) => candidate.path.join('.') === wanted);
  if (group !== undefined) return group;
  throw new AskgraphError(
    'BAD_USER_INPUT',
    `"${wanted}" is not grouped by: add it to groupBy, or ask for another key.`,
    {
      details: { key: wanted, groups: groups.map((candidate) => candidate.path.join('.')) },
    },
  );
}

function figure(model: TableModel, name: string, field: string): AggregateExpression {
  return {
    kind: 'aggregate',
    function: name as AggregateFunction,
    of: column([], fieldNamed(model, field).column.name),
  };
}

function readHaving(domain: TypedDomain, model: TableModel, input: Input): Condition {
  const typed = (expression: Expression, filter: unknown) =>
    readFilter(expression, expressionType(domain.catalog, model.table.name, expression), filter as Input);
  return {
    kind: 'and',
    conditions: entries(input).flatMap(([name, value]): Condition[] => {
      if (isLogical(name)) return [readLogical(name, value, (inner) => readHaving(domain, model, inner))];
      if (name === 'count') return [typed({ kind: 'aggregate', function: 'count' }, value)];
      return entries(value as Input).map(([field, filter]) => typed(figure(model, name, field), filter));
    }),
  };
}

function readOrder(model: TableModel, groups: readonly Group[], input: Input): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy');
  if (name === 'count') return ordered({ kind: 'aggregate', function: 'count' }, value);
  if (name === 'keys') return readKeyOrder(groups, value as Input, []);
  const [field, direction] = onlyEntry(value as Input, `orderBy.${name}`);
  return ordered(figure(model, name, field), direction);
}

function readKeyOrder(groups: readonly Group[], input: Input, path: readonly string[]): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy.keys');
  const inner = [...path, name];
  return typeof value === 'string'
    ? ordered(groupAt(groups, inner).expression, value)
    : readKeyOrder(groups, value as Input, inner);
}

function ordered(expression: Expression, direction: unknown): OrderItem {
  return { expression, direction: direction as OrderItem['direction'] };
}

/** The keys settle the order of groups that are otherwise alike, or pages would overlap. */
function withGroups(groups: readonly Group[], orderBy: readonly OrderItem[]): OrderItem[] {
  return [...orderBy, ...groups.map(({ expression }) => ordered(expression, 'ASC'))];
}

function setAt(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = object;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  place[path.at(-1) ?? ''] = value;
}
