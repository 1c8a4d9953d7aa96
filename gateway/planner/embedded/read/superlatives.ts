import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { columnExpression, type Draft, type Item, type Measure, UNSOUND, unitOf } from './draft.js';
import { type Entity, entityOf, isEntity, tableEntity } from './entities.js';
import { addGrain, addHourOfDay } from './grouping.js';
import { addMeasures, aggregateOf } from './measures.js';
import { columnOf } from './scope.js';
import { whatBy } from './superlative-by.js';
import { addsUp, isTime } from './table-facts.js';

/** `the highest salary`, `top 5 events by revenue`, `which department has the most employees`, `the best and the worst`. */
export function readSuperlatives(draft: Draft): void {
  const [item, second] = withoutEchoes(
    draft.items.filter((item) => item.meaning.kind === 'superlative' && !item.used),
  );
  if (item?.meaning.kind !== 'superlative') return;
  const { direction, count, hint } = item.meaning;
  const entity = askedEntity(draft, item);
  const by = whatBy(draft, item, second, hint);
  if (by === undefined) return;
  const chosen = entity ?? adjacentEntity(draft, item);
  item.used = true;
  if (second?.meaning.kind === 'superlative' && second.meaning.direction !== direction) {
    second.used = true;
    draft.both = true;
  }
  const turn = by.kind === 'column' && by.turned;
  const order = {
    direction: turn ? opposite(direction) : direction,
    limit: count ?? countBefore(draft, item),
  };
  if (by.kind === 'measure') groupAndRank(draft, chosen, by.measure, order);
  else if (isTime(by.column) && asksWhen(draft)) extreme(draft, order.direction, by.table, by.column);
  else rankByColumn(draft, chosen, by, order);
}

/** `the most traded stock`, `the highest paid employee`: what is chosen follows the measure at once. */
function adjacentEntity(draft: Draft, superlative: Item): Entity | undefined {
  const by = draft.items[superlative.index + 1];
  const next = draft.items[superlative.index + 2];
  if (by?.meaning.kind !== 'column' || !by.used || next === undefined || next.used) return undefined;
  if (next.mention.start !== by.mention.end || !isEntity(next)) return undefined;
  const entity = entityOf(draft, next);
  if (entity !== undefined) next.used = true;
  return entity;
}

/** `which 10 events sold the most`: the number stands with what is chosen. */
function countBefore(draft: Draft, superlative: Item): number | undefined {
  const number = draft.items.find(
    (item) => item.index < superlative.index && !item.used && item.meaning.kind === 'number',
  );
  if (number?.meaning.kind !== 'number' || !/^\d{1,4}$/.test(number.meaning.value)) return undefined;
  number.used = true;
  return Number(number.meaning.value);
}

/** A column orders rows, or groups where there are several of each entity, or is itself what is asked. */
function rankByColumn(
  draft: Draft,
  entity: Entity | undefined,
  { table, column }: { table: AskTable; column: AskColumn },
  order: Rank,
): void {
  if (entity === undefined && draft.groups.length > 0 && asksForRows(draft)) {
    // Which month had the highest revenue: the month is chosen by what its rows come to.
    const fn = addsUp(column) ? 'sum' : order.direction === 'DESC' ? 'max' : 'min';
    groupAndRank(draft, undefined, aggregateOf(draft, fn, table, column), order);
  } else if (entity === undefined && draft.select.length === 0 && !asksForRows(draft)) {
    extreme(draft, order.direction, table, column);
  } else if (entity !== undefined && addsUp(column) && entity.table !== draft.scope.root) {
    draft.assumptions.push(`${column.label} is added up.`);
    groupAndRank(draft, entity, aggregateOf(draft, 'sum', table, column), order);
  } else if (entity !== undefined && (order.limit ?? 1) > 1 && !isRootRow(draft, entity)) {
    const end = order.direction === 'DESC' ? 'max' : 'min';
    groupAndRank(draft, entity, aggregateOf(draft, end, table, column), order);
  } else {
    rankRows(draft, entity, columnExpression(draft, table, column), column.label, unitOf(column), order);
  }
}

/** `top 5 best`: a second superlative of the same direction right behind the first says the same again. */
function withoutEchoes(superlatives: Item[]): Item[] {
  return superlatives.filter((item, position) => {
    const before = superlatives[position - 1];
    const echoes =
      before !== undefined &&
      before.index === item.index - 1 &&
      before.meaning.kind === 'superlative' &&
      item.meaning.kind === 'superlative' &&
      before.meaning.direction === item.meaning.direction;
    if (echoes) item.used = true;
    return !echoes;
  });
}

function isTimeColumn(item: Item): boolean {
  return item.meaning.kind === 'column' && isTime(item.meaning.column);
}

interface Rank {
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number | undefined;
}

/** What the superlative chooses: `top 5 EVENTS`, `which STOCK … best`, `the EMPLOYEE with the highest …`. */
function askedEntity(draft: Draft, superlative: Item): Entity | undefined {
  const counted = superlative.meaning.kind === 'superlative' && superlative.meaning.count !== undefined;
  const after = draft.items
    .slice(superlative.index + 1)
    .find((item) => !item.used && item.meaning.kind !== 'performance' && !isTimeColumn(item));
  const hint = superlative.meaning.kind === 'superlative' ? superlative.meaning.hint : undefined;
  const followsDirectly = counted || (hint !== undefined && hint !== 'rows');
  const before = draft.items.slice(0, superlative.index).filter((item) => !item.used);
  const grain = before.find((item) => item.meaning.kind === 'grain');
  const candidates = [
    followsDirectly ? after : undefined,
    ...before.filter(isEntity),
    followsDirectly ? undefined : entityBehind(draft, superlative),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || candidate.used || !isEntity(candidate)) continue;
    const entity = entityOf(draft, candidate);
    if (entity === undefined) continue;
    candidate.used = true;
    return entity;
  }
  if (grain?.meaning.kind === 'grain') {
    if (grain.meaning.grain === 'HOUR') addHourOfDay(draft, grain);
    else addGrain(draft, grain, grain.meaning.grain);
  }
  return undefined;
}

/** `the highest salary of all employees`, `most expensive ticket by event`: only a table, only behind the measure. */
function entityBehind(draft: Draft, superlative: Item): Item | undefined {
  const asksWho = draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants === 'entity');
  return asksWho
    ? draft.items.slice(superlative.index + 2).find((item) => !item.used && item.meaning.kind === 'table')
    : undefined;
}

function groupAndRank(draft: Draft, entity: Entity | undefined, measure: Measure, rank: Rank): void {
  // One of each group is more than one query can choose.
  if (entity !== undefined && draft.groups.length > 0) draft.penalty += UNSOUND;
  if (entity !== undefined)
    draft.groups.push(...entity.labels, ...entity.identity.map((key) => ({ ...key, label: '' })));
  // One figure of all rows has nothing to be ranked among.
  if (draft.groups.length === 0) draft.penalty += UNSOUND;
  addMeasures(draft, [measure]);
  rankBy(draft, measure.expression, measure.label, rank);
}

function rankRows(
  draft: Draft,
  entity: Entity | undefined,
  by: Expression,
  label: string,
  unit: { unit?: string },
  rank: Rank,
): void {
  const shown = entity ?? tableEntity(draft.scope, draft.scope.reaches.get(draft.scope.root.name)![0]!);
  for (const key of shown?.labels ?? []) {
    if (key.expression.kind === 'column') draft.select.push({ expression: key.expression, label: key.label });
  }
  if (by.kind === 'column') draft.select.push({ expression: by, label, ...unit });
  rankBy(draft, by, label, rank);
}

function rankBy(draft: Draft, expression: Expression, label: string, rank: Rank): void {
  const time = expression.kind === 'column' ? columnOf(draft.scope, expression) : undefined;
  const ends =
    time !== undefined && isTime(time.column)
      ? (['latest', 'earliest'] as const)
      : (['highest', 'lowest'] as const);
  const end = ends[rank.direction === 'DESC' ? 0 : 1];
  draft.order.push({ expression, direction: rank.direction });
  draft.limit = rank.limit ?? 1;
  draft.ranking = { end, label };
  draft.orderLabels.push(`the ${draft.limit === 1 ? 'one' : draft.limit} with the ${end} ${label}`);
}

/** `the highest closing price`: a single figure, or one a group. */
function extreme(draft: Draft, direction: 'ASC' | 'DESC', table: AskTable, column: AskColumn): void {
  const pick = (wanted: 'ASC' | 'DESC') =>
    addMeasures(draft, [aggregateOf(draft, wanted === 'DESC' ? 'max' : 'min', table, column)]);
  pick(direction);
  if (draft.both) pick(opposite(direction));
  draft.both = false;
}

function isRootRow(draft: Draft, entity: Entity): boolean {
  return entity.table === draft.scope.root && entity.kind === 'rows';
}

function asksForRows(draft: Draft): boolean {
  return draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants === 'entity');
}

function asksWhen(draft: Draft): boolean {
  return draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants === 'time');
}

function opposite(direction: 'ASC' | 'DESC'): 'ASC' | 'DESC' {
  return direction === 'ASC' ? 'DESC' : 'ASC';
}
