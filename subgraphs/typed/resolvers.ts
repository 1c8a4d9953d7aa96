import type { GraphQLFieldResolver } from 'graphql';
import { relationConnection, type TableModel } from '../../schema/domain-model.js';
import type { Relation } from '../../schema/names.js';
import type { RequestContext } from '../request-context.js';
import type { LiteralValue } from '../sql/table-query.js';
import { planAggregate } from './aggregate-plan.js';
import { Batches, relatedRowsLoader } from './batches.js';
import { readConnection, relatedConnectionLoader } from './connections.js';
import { addFirst, checkDistinct, readDistinct } from './distinct.js';
import { isOneOf } from './entities.js';
import { nestedProperty } from './nested-plan.js';
import { readListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import { removedResolvers } from './removed.js';
import { planRow, type Row } from './row-plan.js';
import { SelectList } from './select-list.js';
import { domainError, fieldOfColumn, runQuery, type TypedDomain } from './typed-domain.js';

type FieldResolver = GraphQLFieldResolver<unknown, unknown, Input>;
export type ResolverMap = Record<string, Record<string, FieldResolver>>;

/** The resolvers of a domain: all other fields read the objects that these make. */
export function makeResolvers(domain: TypedDomain): ResolverMap {
  const { model } = domain;
  const removed = removedResolvers(domain);
  const namespace: Record<string, FieldResolver> = { ...removed[model.namespaceType] };
  const resolvers: ResolverMap = {
    Query: { [model.namespaceField]: () => ({}) },
    [model.namespaceType]: namespace,
  };
  for (const table of model.tables) {
    namespace[table.listField] = named(domain, resolveList(domain, table));
    namespace[table.aggregateField] = named(domain, resolveAggregate(domain, table));
    if (table.connectionField !== undefined)
      namespace[table.connectionField] = named(domain, resolveConnection(domain, table));
    if (table.byKeyField !== undefined)
      namespace[table.byKeyField] = named(domain, resolveByKey(domain, table));
    const fields = { ...removed[table.typeName], ...rowResolvers(domain, table) };
    if (Object.keys(fields).length > 0) resolvers[table.typeName] = fields;
  }
  return resolvers;
}

/** The resolver, whose errors say the domain that they came from. */
function named(domain: TypedDomain, resolve: FieldResolver): FieldResolver {
  return async (...input) => {
    try {
      return await resolve(...input);
    } catch (thrown) {
      throw domainError(domain, thrown);
    }
  };
}

function resolveList(domain: TypedDomain, model: TableModel): FieldResolver {
  return async (_, args, context, info) => {
    const page = readDistinct(model, args, readListArguments(domain, model, args));
    // Rows that stand for several have none of their own to be nested in.
    const nests = model.keys.length > 0 && page.groupBy === undefined;
    const list = new SelectList(nests ? page.limit : undefined);
    addFirst(list, model, page);
    const read = planRow(domain, model, info.fieldNodes, info, list);
    const query = { table: model.table.name, select: list.items, ...page, ...list.nestedRows() };
    checkDistinct(query);
    const { rows } = await runQuery(domain, query, query.limit, context as RequestContext);
    return rows.map(read);
  };
}

function resolveConnection(domain: TypedDomain, model: TableModel): FieldResolver {
  return (_, args, context, info) => readConnection(domain, model, args, context as RequestContext, info);
}

function resolveByKey(domain: TypedDomain, model: TableModel): FieldResolver {
  return async (_, args, context, info) => {
    const list = new SelectList(1);
    const read = planRow(domain, model, info.fieldNodes, info, list);
    const query = {
      table: model.table.name,
      select: list.items,
      where: isOneOf(model, [keyOf(model, args)]),
      limit: 1,
      ...list.nestedRows(),
    };
    const { rows } = await runQuery(domain, query, 1, context as RequestContext);
    return rows[0] === undefined ? null : read(rows[0]);
  };
}

function resolveAggregate(domain: TypedDomain, model: TableModel): FieldResolver {
  return async (_, args, context, info) => {
    const { query, read } = planAggregate(domain, model, args, info.fieldNodes, info);
    const { rows } = await runQuery(domain, query, query.limit ?? 0, context as RequestContext);
    return rows.map(read);
  };
}

function rowResolvers(domain: TypedDomain, model: TableModel): Record<string, FieldResolver> {
  const related = model.toMany.map(
    (relation) => [relation.name, resolveRelated(domain, model, relation)] as const,
  );
  const connections = model.toMany.flatMap((relation) => {
    const name = relationConnection(domain.model, model, relation);
    return name === undefined
      ? []
      : [[name, named(domain, resolveRelatedConnection(domain, model, relation))] as const];
  });
  return Object.fromEntries([...related, ...connections]);
}

function resolveRelated(domain: TypedDomain, model: TableModel, relation: Relation): FieldResolver {
  const batches = new Batches<LiteralValue, Row[]>();
  const keyField = fieldOfColumn(model, relation.fromColumn).name;
  const byBatches = named(domain, (parent, args, context, info) =>
    batches
      .loader(info, relation.name, () =>
        relatedRowsLoader(domain, relation, args, context as RequestContext, info),
      )
      .load((parent as Record<string, LiteralValue>)[keyField] ?? null),
  );
  return (parent, args, context, info) =>
    (parent as Row)[nestedProperty(info.fieldNodes[0]!)] ?? byBatches(parent, args, context, info);
}

function resolveRelatedConnection(domain: TypedDomain, model: TableModel, relation: Relation): FieldResolver {
  const batches = new Batches<LiteralValue, Row>();
  const keyField = fieldOfColumn(model, relation.fromColumn).name;
  return (parent, args, context, info) =>
    batches
      .loader(info, relation.name, () =>
        relatedConnectionLoader(domain, relation, args, context as RequestContext, info),
      )
      .load((parent as Record<string, LiteralValue>)[keyField] ?? null);
}

function keyOf(model: TableModel, input: Input): LiteralValue[] {
  return model.keys.map((field) => (input[field.name] ?? null) as LiteralValue);
}
