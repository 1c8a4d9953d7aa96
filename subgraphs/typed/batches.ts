import DataLoader from 'dataloader';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Relation } from '../../schema/names.js';
import type { RequestContext } from '../request-context.js';
import type { Cell } from '../sql/statement.js';
import type { Condition, Expression, LiteralType, LiteralValue } from '../sql/table-query.js';
import { readListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import { planRow, type Row, SelectList } from './row-plan.js';
import { column, fieldOfColumn, runQuery, type TypedDomain, targetOf } from './typed-domain.js';

/** A statement asks for the rows of at most so many parents or entities at a time. */
const BATCH = 1_000;
/** And reads at most so many rows for them all. */
const MAXIMUM_BATCH_ROWS = 100_000;

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
  const { where, orderBy, limit, offset } = readListArguments(domain, model, args);
  const list = new SelectList();
  const key = column([], relation.toColumn);
  const keyPlace = list.add([], relation.toColumn);
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
      };
      const { rows, truncated } = await runQuery(domain, query, MAXIMUM_BATCH_ROWS, context);
      if (truncated) throw tooManyRows(relation.name);
      const byParent = new Map<string, Row[]>(parents.map((parent) => [keyText(parent), []]));
      for (const row of rows) byParent.get(keyText(row[keyPlace] ?? null))?.push(read(row));
      return parents.map((parent) => byParent.get(keyText(parent)) ?? []);
    },
    { maxBatchSize: BATCH, cacheKeyFn: (parent) => keyText(parent) },
  );
}

/** Loads entities by key, with one statement for all that are asked for with the same selection. */
export function entityLoader(
  domain: TypedDomain,
  model: TableModel,
  context: RequestContext,
  info: GraphQLResolveInfo,
): DataLoader<readonly LiteralValue[], Row | null, string> {
  const list = new SelectList();
  const keyPlaces = model.keys.map((field) => list.add([], field.column.name));
  const read = planRow(domain, model, info.fieldNodes, info, list);
  return new DataLoader(
    async (keys) => {
      const query = { table: model.table.name, select: list.items, where: isOneOf(model, keys) };
      const { rows } = await runQuery(domain, query, keys.length, context);
      const byKey = new Map(
        rows.map((row) => [
          keysText(
            model,
            keyPlaces.map((place) => row[place] ?? null),
          ),
          read(row),
        ]),
      );
      return keys.map((key) => byKey.get(keysText(model, key)) ?? null);
    },
    { maxBatchSize: BATCH, cacheKeyFn: (key) => keysText(model, key) },
  );
}

/** The condition that a row has one of the keys, each a value for every column of the primary key. */
export function isOneOf(model: TableModel, keys: readonly (readonly LiteralValue[])[]): Condition {
  const [first, ...others] = model.keys;
  if (first !== undefined && others.length === 0) {
    const values = keys.map(([value]) => literal(value ?? null, first.column.columnType));
    return { kind: 'in', of: column([], first.column.name), values };
  }
  return {
    kind: 'or',
    conditions: keys.map((key) => ({
      kind: 'and',
      conditions: model.keys.map(({ column: { name, columnType } }, index) => ({
        kind: 'comparison',
        operator: 'eq',
        left: column([], name),
        right: literal(key[index] ?? null, columnType),
      })),
    })),
  };
}

function literal(value: LiteralValue, type: ColumnType): Expression {
  return { kind: 'literal', value, type: type as LiteralType };
}

function keysText(model: TableModel, key: readonly Cell[]): string {
  return JSON.stringify(
    key.map((value, index) =>
      model.keys[index]?.column.columnType === 'DECIMAL' ? decimalText(value) : keyText(value),
    ),
  );
}

function keyText(value: Cell): string {
  return String(value);
}

/** `5.10` and `5.1` are one number. */
function decimalText(value: Cell): string {
  return String(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

function tooManyRows(relation: string): AskgraphError {
  return new AskgraphError(
    'TOO_COMPLEX',
    `"${relation}" would read more than ${MAXIMUM_BATCH_ROWS} rows. Ask for fewer rows, or a smaller limit.`,
    {
      details: { maximum: MAXIMUM_BATCH_ROWS },
    },
  );
}
