import DataLoader from 'dataloader';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Relation } from '../../schema/names.js';
import type { RequestContext } from '../request-context.js';
import type { Cell } from '../sql/statement.js';
import type {
  ColumnExpression,
  Condition,
  Expression,
  LiteralType,
  LiteralValue,
} from '../sql/table-query.js';
import { BATCH, MAXIMUM_BATCH_ROWS } from './batch-limits.js';
import { checkDistinct, readDistinct } from './distinct.js';
import { readListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import { planRow, type Row } from './row-plan.js';
import { SelectList } from './select-list.js';
import { column, fieldOfColumn, runQuery, type TypedDomain, targetOf } from './typed-domain.js';

/**
 * The loaders of the operations under way. Sibling rows share their field's nodes and their operation's variables,
 * and that is what a batch is: one field of one operation.
 */
export class Batches<Key, Value> {
  private readonly loaders = new WeakMap<
    object,
    WeakMap<readonly FieldNode[], Map<string, DataLoader<Key, Value, string>>>
  >();

  loader(
    info: GraphQLResolveInfo,
    name: string,
    make: () => DataLoader<Key, Value, string>,
  ): DataLoader<Key, Value, string> {
    const byNodes = getOrMake(this.loaders, info.variableValues, () => new WeakMap());
    const byName = getOrMake(byNodes, info.fieldNodes, () => new Map());
    return getOrMake(byName, name, make);
  }
}

interface Lookup<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function getOrMake<Key, Value>(map: Lookup<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Loads the related rows of many parents with one statement; the arguments hold for each parent by itself. */
export function relatedRowsLoader(
  domain: TypedDomain,
  relation: Relation,
  args: Input,
  context: RequestContext,
  info: GraphQLResolveInfo,
): DataLoader<LiteralValue, Row[], string> {
  const model = targetOf(domain, relation);
  const { where, orderBy, limit, offset, groupBy } = readDistinct(
    model,
    args,
    readListArguments(domain, model, args),
  );
  const list = new SelectList(undefined);
  const key = column([], relation.toColumn);
  const keyPlace = list.add([], fieldOfColumn(model, relation.toColumn).column);
  const read = planRow(domain, model, info.fieldNodes, info, list);
  const { columnType } = fieldOfColumn(model, relation.toColumn).column;
  return new DataLoader(
    async (parents) => {
      const isParents: Condition = {
        kind: 'in',
        of: key,
        values: parents.map((parent) => literal(parent, columnType)),
      };
      const query = {
        table: model.table.name,
        select: list.items,
        where: where === undefined ? isParents : ({ kind: 'and', conditions: [isParents, where] } as const),
        orderBy,
        limit,
        offset,
        limitPer: [key],
        // All rows of one parent have its key.
        ...(groupBy === undefined ? {} : { groupBy: withColumn(groupBy, key) }),
      };
      checkDistinct(query);
      const { rows, truncated } = await runQuery(domain, query, MAXIMUM_BATCH_ROWS, context);
      if (truncated) throw tooManyRows(domain, relation.name);
      const byParent = new Map<string, Row[]>(parents.map((parent) => [keyText(parent), []]));
      for (const row of rows) byParent.get(keyText(row[keyPlace] ?? null))?.push(read(row));
      return parents.map((parent) => byParent.get(keyText(parent)) ?? []);
    },
    { maxBatchSize: BATCH, cacheKeyFn: (parent) => keyText(parent) },
  );
}

function withColumn(columns: readonly ColumnExpression[], added: ColumnExpression): ColumnExpression[] {
  return [added, ...columns.filter(({ column: name }) => name !== added.column)];
}

function literal(value: LiteralValue, type: ColumnType): Expression {
  return { kind: 'literal', value, type: type as LiteralType };
}

export function keyText(value: Cell): string {
  return String(value);
}

/** A list that is cut somewhere would show some rows without what belongs to them, so there is none. */
export function tooManyRows(domain: TypedDomain, relation: string): AskgraphError {
  const maximum = Math.min(MAXIMUM_BATCH_ROWS, domain.access.maximumRows ?? MAXIMUM_BATCH_ROWS);
  return new AskgraphError(
    'TOO_COMPLEX',
    `"${relation}" would read more than ${maximum} rows. Ask for fewer rows, or a smaller limit.`,
    { details: { maximum } },
  );
}
