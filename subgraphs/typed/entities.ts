import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../request-context.js';
import type { Cell } from '../sql/statement.js';
import type { Condition, LiteralType, LiteralValue } from '../sql/table-query.js';
import { BATCH } from './batch-limits.js';
import { keyText } from './batches.js';
import type { Input } from './read-where.js';
import { planRow, type Row } from './row-plan.js';
import { SelectList } from './select-list.js';
import { column, domainError, runQuery, type TypedDomain } from './typed-domain.js';

type Representation = Input & { readonly __typename: string };
type Key = readonly LiteralValue[];

/** The entities of one type that are asked for, and where each stands in the answer. */
interface Wanted {
  readonly model: TableModel;
  readonly keys: Map<string, { readonly key: Key; readonly places: number[] }>;
}

/**
 * Resolves `_entities` as a whole: one statement for each type. One promise for each representation, as a reference
 * resolver would make, costs many times what reading the rows does.
 */
export function resolveEntities(domain: TypedDomain): GraphQLFieldResolver<unknown, unknown, Input> {
  const models = new Map(domain.model.tables.map((model) => [model.typeName, model]));
  const removed = new Set(domain.model.removedTables.map(({ typeName }) => typeName));
  return async (_, args, context, info) => {
    const representations = args.representations as readonly Representation[];
    const answers: (Row | Error | null)[] = new Array(representations.length).fill(null);
    const wanted = sortByType(models, removed, representations);
    await Promise.all(
      wanted.map(async ({ model, keys }) => {
        try {
          const rows = await readEntities(domain, model, [...keys.values()], context as RequestContext, info);
          for (const [text, { places }] of keys) {
            for (const place of places) answers[place] = rows.get(text) ?? null;
          }
        } catch (thrown) {
          const error = domainError(domain, thrown);
          for (const { places } of keys.values()) for (const place of places) answers[place] = error;
        }
      }),
    );
    return answers;
  };
}

function sortByType(
  models: ReadonlyMap<string, TableModel>,
  /** Types whose rows are gone. */
  removed: ReadonlySet<string>,
  representations: readonly Representation[],
): Wanted[] {
  const byType = new Map<string, Wanted>();
  representations.forEach((representation, place) => {
    const { __typename: typeName } = representation;
    if (removed.has(typeName)) return;
    const model = models.get(typeName);
    if (model === undefined || model.keys.length === 0) {
      throw new AskgraphError('BAD_USER_INPUT', `There is no entity of the type "${typeName}" here.`);
    }
    let wanted = byType.get(typeName);
    if (wanted === undefined) {
      wanted = { model, keys: new Map() };
      byType.set(typeName, wanted);
    }
    const key = model.keys.map((field) => (representation[field.name] ?? null) as LiteralValue);
    const text = keysText(model, key);
    const known = wanted.keys.get(text);
    if (known === undefined) wanted.keys.set(text, { key, places: [place] });
    else known.places.push(place);
  });
  return [...byType.values()];
}

async function readEntities(
  domain: TypedDomain,
  model: TableModel,
  wanted: readonly { readonly key: Key }[],
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<Map<string, Row>> {
  const list = new SelectList(BATCH);
  const keyPlaces = model.keys.map((field) => list.add([], field.column));
  const read = planRow(domain, model, info.fieldNodes, info, list);
  const found = new Map<string, Row>();
  for (let first = 0; first < wanted.length; first += BATCH) {
    const keys = wanted.slice(first, first + BATCH).map(({ key }) => key);
    const query = {
      table: model.table.name,
      select: list.items,
      where: isOneOf(model, keys),
      ...list.nestedRows(),
    };
    const { rows, truncated } = await runQuery(domain, query, keys.length, context);
    // There are no more rows than keys: the caller's own limit has cut them, and an entity would seem to be missing.
    if (truncated) {
      throw new AskgraphError('TOO_COMPLEX', 'These are more rows than you may have at a time.');
    }
    for (const row of rows) {
      const key = keyPlaces.map((place) => row[place] ?? null);
      const entity = read(row) as Record<string, unknown>;
      entity.__typename = model.typeName;
      found.set(keysText(model, key), entity);
    }
  }
  return found;
}

/** The condition that a row has one of the keys, each a value for every column of the primary key. */
export function isOneOf(model: TableModel, keys: readonly Key[]): Condition {
  const [first, ...others] = model.keys;
  if (first !== undefined && others.length === 0) {
    const type = first.column.columnType as LiteralType;
    return {
      kind: 'in',
      of: column([], first.column.name),
      values: keys.map(([value]) => ({ kind: 'literal', value: value ?? null, type })),
    };
  }
  return {
    kind: 'or',
    conditions: keys.map((key) => ({
      kind: 'and',
      conditions: model.keys.map(({ column: { name, columnType } }, index) => ({
        kind: 'comparison',
        operator: 'eq',
        left: column([], name),
        right: { kind: 'literal', value: key[index] ?? null, type: columnType as LiteralType },
      })),
    })),
  };
}

function keysText(model: TableModel, key: readonly Cell[]): string {
  // Most keys are one column, and a thousand of them are written at a time.
  if (key.length === 1) return partText(model, 0, key[0]!);
  return JSON.stringify(key.map((value, index) => partText(model, index, value)));
}

function partText(model: TableModel, index: number, value: Cell): string {
  return model.keys[index]?.column.columnType === 'DECIMAL' ? decimalText(value) : keyText(value);
}

/** `5.10` and `5.1` are one number. */
function decimalText(value: Cell): string {
  return String(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
