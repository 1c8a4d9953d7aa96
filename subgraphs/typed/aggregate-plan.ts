import type { FieldNode } from 'graphql';
import { isTemporal, partsField, type TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import { figureType } from '../../schema/print-aggregates.js';
import { defaultGroups } from '../../schema/print-rows.js';
import { expressionType } from '../sql/expression-type.js';
import type { Cell } from '../sql/statement.js';
import type { Condition, Expression, OrderItem, SelectItem, TableQuery } from '../sql/table-query.js';
import { figureAt, ROW_COUNT } from './figures.js';
import { onlyEntry } from './only-entry.js';
import { asList, optionalWhere, readPage } from './read-arguments.js';
import { type Group, readGroups } from './read-groups.js';
import { ordered, readFigureOrder } from './read-order.js';
import { entries, type Input, isLogical, readFilter, readLogical } from './read-where.js';
import { refuseRemoved } from './removed.js';
import type { Row } from './row-plan.js';
import { type Operation, selectedFields } from './selection.js';
import { findRelation, type TypedDomain, targetOf } from './typed-domain.js';

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
  const { places, removed } = selectedPlaces(domain, model, groups, nodes, operation);
  const { where } = optionalWhere(domain, model, input);
  const conditions = [
    ...groups.flatMap((group) => group.where ?? []),
    ...(where === undefined ? [] : [where]),
  ];
  const having = input.having == null ? undefined : readHaving(domain, model, groups, input.having as Input);
  return {
    query: {
      table: model.table.name,
      select: places.map(({ path, expression }): SelectItem => ({ as: path.join('.'), expression })),
      groupBy: groups.map((group) => group.expression),
      ...(conditions.length === 0 ? {} : { where: { kind: 'and', conditions } }),
      ...(having === undefined ? {} : { having }),
      orderBy: withGroups(
        groups,
        asList(input.orderBy).map((item) => readOrder(domain, model, groups, item)),
      ),
      ...readPage(domain, input, defaultGroups(domain.model)),
    },
    read: (cells) => {
      const object = {};
      for (const path of removed) setAt(object, path, null);
      places.forEach(({ path, midnight }, index) => {
        const cell = cells[index] ?? null;
        setAt(object, path, midnight && cell !== null ? `${cell}T00:00:00` : cell);
      });
      return object;
    },
  };
}

/** What an aggregate shows. */
interface Places {
  readonly places: readonly Place[];
  /** Where figures and keys stand whose columns were removed. */
  readonly removed: readonly (readonly string[])[];
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
): Places {
  const places: Place[] = [];
  const removed: (readonly string[])[] = [];
  for (const [name, fieldNodes] of selectedFields(nodes, `${model.typeName}Aggregate`, operation)) {
    if (name === 'count') places.push({ path: ['count'], expression: ROW_COUNT });
    else if (name === 'keys')
      places.push(...selectedKeys(domain, model, groups, fieldNodes, operation, ['keys'], removed));
    else {
      for (const field of selectedFields(fieldNodes, figureType(model, name), operation).keys()) {
        if (name !== 'metrics' && model.removed.has(field)) removed.push([name, field]);
        else places.push({ path: [name, field], expression: figureAt(domain, model, name, field) });
      }
    }
  }
  // A selection of nothing but __typename still needs a row for each group.
  return { places: places.length > 0 ? places : [{ path: ['count'], expression: ROW_COUNT }], removed };
}

function selectedKeys(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  nodes: readonly FieldNode[],
  operation: Operation,
  path: readonly string[],
  removed: (readonly string[])[],
): Place[] {
  return [...selectedFields(nodes, `${model.typeName}Keys`, operation)].flatMap(([name, fieldNodes]) => {
    const inner = [...path, name];
    if (model.removed.has(name)) {
      removed.push(inner);
      return [];
    }
    const relation = findRelation(model.toOne, name);
    if (relation !== undefined) {
      return selectedKeys(domain, targetOf(domain, relation), groups, fieldNodes, operation, inner, removed);
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

function readHaving(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  input: Input,
): Condition {
  const typed = (expression: Expression, filter: unknown) =>
    readFilter(expression, expressionType(domain.catalog, model.table.name, expression), filter as Input);
  return {
    kind: 'and',
    conditions: entries(input).flatMap(([name, value]): Condition[] => {
      if (isLogical(name))
        return [readLogical(name, value, (inner) => readHaving(domain, model, groups, inner))];
      if (name === 'count') return [typed(ROW_COUNT, value)];
      if (name === 'keys') {
        return keyFilters(domain, model, groups, value as Input, []).map(([group, filter]) =>
          // The key is a day, but what it is compared with is a time, as the field is.
          group.midnight ? readFilter(group.expression, 'DATETIME', filter) : typed(group.expression, filter),
        );
      }
      return entries(value as Input).map(([field, filter]) =>
        typed(figureAt(domain, model, name, field), filter),
      );
    }),
  };
}

/** The filters on keys, which stand where `keys` would show them. */
function keyFilters(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  input: Input,
  path: readonly string[],
): [Group, Input][] {
  return entries(input).flatMap(([name, value]): [Group, Input][] => {
    const inner = [...path, name];
    refuseRemoved(model, name);
    const relation = findRelation(model.toOne, name);
    if (relation !== undefined)
      return keyFilters(domain, targetOf(domain, relation), groups, value as Input, inner);
    if (model.fields.some((field) => isTemporal(field) && partsField(field) === name)) {
      return entries(value as Input).map(([part, filter]) => [
        groupAt(groups, [...inner, part]),
        filter as Input,
      ]);
    }
    return [[groupAt(groups, inner), value as Input]];
  });
}

function readOrder(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  input: Input,
): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy');
  return name === 'keys'
    ? readKeyOrder(domain, model, groups, value as Input, [])
    : readFigureOrder(domain, model, input);
}

function readKeyOrder(
  domain: TypedDomain,
  model: TableModel,
  groups: readonly Group[],
  input: Input,
  path: readonly string[],
): OrderItem {
  const [name, value] = onlyEntry(input, 'orderBy.keys');
  const inner = [...path, name];
  refuseRemoved(model, name);
  if (typeof value === 'string') return ordered(groupAt(groups, inner).expression, value);
  const relation = findRelation(model.toOne, name);
  // Without a relation it is the parts of a date, none of which has the name of a relation.
  return readKeyOrder(domain, relation ? targetOf(domain, relation) : model, groups, value as Input, inner);
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
