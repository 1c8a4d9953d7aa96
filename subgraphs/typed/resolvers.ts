import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import type { Relation } from '../../schema/names.js';
import type { RequestContext } from '../request-context.js';
import type { LiteralValue } from '../sql/table-query.js';
import { planAggregate } from './aggregate-plan.js';
import { Batches, entityLoader, isOneOf, relatedRowsLoader } from './batches.js';
import { readListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import { planRow, type Row, SelectList } from './row-plan.js';
import { domainError, fieldOfColumn, runQuery, type TypedDomain } from './typed-domain.js';

type FieldResolver = GraphQLFieldResolver<unknown, unknown, Input>;
type ResolveReference = (reference: Input, context: unknown, info: GraphQLResolveInfo) => Promise<Row | null>;
export type ResolverMap = Record<string, Record<string, FieldResolver>>;

/** The resolvers of a domain: all other fields read the objects that these make. */
export function makeResolvers(domain: TypedDomain): ResolverMap {
  const { model } = domain;
  const namespace: Record<string, FieldResolver> = {};
  const resolvers: ResolverMap = {
    Query: { [model.namespaceField]: () => ({}) },
    [model.namespaceType]: namespace,
  };
  for (const table of model.tables) {
    namespace[table.listField] = named(domain, resolveList(domain, table));
    namespace[table.aggregateField] = named(domain, resolveAggregate(domain, table));
    if (table.byKeyField !== undefined)
      namespace[table.byKeyField] = named(domain, resolveByKey(domain, table));
    const fields = rowResolvers(domain, table);
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
    const list = new SelectList();
    const read = planRow(domain, model, info.fieldNodes, info, list);
    const query = { table: model.table.name, select: list.items, ...readListArguments(domain, model, args) };
    const { rows } = await runQuery(domain, query, query.limit, context as RequestContext);
    return rows.map(read);
  };
}

function resolveByKey(domain: TypedDomain, model: TableModel): FieldResolver {
  return async (_, args, context, info) => {
    const list = new SelectList();
    const read = planRow(domain, model, info.fieldNodes, info, list);
    const query = {
      table: model.table.name,
      select: list.items,
      where: isOneOf(model, [keyOf(model, args)]),
      limit: 1,
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
    (relation) => [relation.name, named(domain, resolveRelated(domain, model, relation))] as const,
  );
  const reference =
    model.keys.length === 0
      ? []
      : [['__resolveReference', named(domain, asFieldResolver(resolveEntity(domain, model)))] as const];
  return Object.fromEntries([...related, ...reference]);
}

/** Apollo's resolver map has no type of its own for what it calls with a representation. */
function asFieldResolver(resolve: ResolveReference): FieldResolver {
  return resolve as unknown as FieldResolver;
}

function resolveRelated(domain: TypedDomain, model: TableModel, relation: Relation): FieldResolver {
  const batches = new Batches<LiteralValue, Row[]>();
  const keyField = fieldOfColumn(model, relation.fromColumn).name;
  return (parent, args, context, info) =>
    batches
      .loader(info, relation.name, () =>
        relatedRowsLoader(domain, relation, args, context as RequestContext, info),
      )
      .load((parent as Record<string, LiteralValue>)[keyField] ?? null);
}

function resolveEntity(domain: TypedDomain, model: TableModel): ResolveReference {
  const batches = new Batches<readonly LiteralValue[], Row | null>();
  return (reference, context, info) =>
    batches
      .loader(info, model.typeName, () => entityLoader(domain, model, context as RequestContext, info))
      .load(keyOf(model, reference));
}

function keyOf(model: TableModel, input: Input): LiteralValue[] {
  return model.keys.map((field) => (input[field.name] ?? null) as LiteralValue);
}
