import type { Expression, Grain } from '../../../../subgraphs/sql/table-query.js';
import { stem } from '../../../knowledge/text/tokenize.js';
import { GRAIN_ADVERBS } from '../words.js';
import {
  columnExpression,
  type Draft,
  freeItem,
  type GroupKey,
  type Item,
  reachOf,
  UNSOUND,
} from './draft.js';
import { entityOf, isEntity } from './entities.js';
import { isNumeric, isTime, nameStems } from './table-facts.js';
import { defaultTime } from './times.js';

/** `by department`, `per month`, `for each gender and title`, `monthly`. */
export function readGroups(draft: Draft): void {
  for (const item of draft.items) {
    if (item.used) continue;
    if (item.meaning.kind === 'group') readGroup(draft, item);
    else if (item.meaning.kind === 'grain' && isAdverb(draft, item))
      addGrain(draft, item, item.meaning.grain);
  }
}

function readGroup(draft: Draft, marker: Item): void {
  let index = marker.index + 1;
  // "By" may have been read into a longer phrase twice over: "for each by".
  while (draft.items[index]?.meaning.kind === 'group') index += 1;
  if (listsEachRow(draft, marker)) return;
  let grouped = false;
  for (; index < draft.items.length; index++) {
    const item = draft.items[index]!;
    if (item.used || !addKey(draft, item)) break;
    grouped = true;
    const following = draft.items[index + 1];
    if (following === undefined || !isJoined(draft, item, following)) break;
  }
  if (grouped) {
    for (let at = marker.index; draft.items[at]?.meaning.kind === 'group'; at++) draft.items[at]!.used = true;
  }
}

/** "The phone of each user": what each row has, and no figure that could be grouped. */
function listsEachRow(draft: Draft, marker: Item): boolean {
  if (/^(by|per)$/.test(draft.tokens[marker.mention.end - 1]!.lower)) return false;
  const isFigure = ({ meaning }: Item) =>
    ['aggregate', 'count', 'superlative', 'performance', 'metric', 'grain'].includes(meaning.kind) ||
    (meaning.kind === 'column' && isNumeric(meaning.column));
  return (
    draft.measures.length === 0 &&
    !draft.items.some(isFigure) &&
    draft.items.some(
      ({ index, used, meaning }) => index < marker.index && !used && meaning.kind === 'column',
    ) &&
    draft.items.some(({ index, meaning }) => index > marker.index && meaning.kind === 'table')
  );
}

function addKey(draft: Draft, item: Item): boolean {
  if (item.meaning.kind === 'grain') {
    addGrain(draft, item, item.meaning.grain);
    return item.used;
  }
  if (item.meaning.kind === 'column' && isTime(item.meaning.column)) {
    const grain = freeItem(draft, item.index + 1, 'grain');
    const { table, column } = item.meaning;
    item.used = true;
    const of = columnExpression(draft, table, column);
    draft.groups.push(
      grain === undefined ? { expression: of, label: column.label } : grainKey(grain.meaning.grain, of),
    );
    if (grain !== undefined) grain.used = true;
    return true;
  }
  if (item.meaning.kind === 'column' && !isEntity(item)) {
    const { table, column } = item.meaning;
    // A number that measures is not grouped by; one that counts out hours or stars is.
    if (isNumeric(column) && column.columnType !== 'INTEGER') return false;
    if (draft.items.some((other) => other.meaning.kind === 'superlative' && !other.used)) return false;
    item.used = true;
    draft.groups.push({ expression: columnExpression(draft, table, column), label: column.label });
    return true;
  }
  if (item.meaning.kind === 'table' && item.meaning.table === draft.scope.root && averages(draft)) {
    // The average per sale is the average over the sales.
    item.used = true;
    return true;
  }
  const entity = isEntity(item) ? entityOf(draft, item) : undefined;
  if (entity === undefined) return false;
  // Rows grouped by what each of them meets several of stand in several groups: a link may be crossed, not ended at.
  if (item.meaning.kind === 'table' && reachOf(draft, item.meaning.table).relations.at(-1)?.kind === 'toMany')
    draft.penalty += UNSOUND;
  item.used = true;
  draft.groups.push(...entity.labels, ...entity.identity.map((key) => ({ ...key, label: '' })));
  return true;
}

function averages(draft: Draft): boolean {
  return draft.items.some((item) => item.meaning.kind === 'aggregate' && item.meaning.function === 'avg');
}

/** Rows of one period together; the period is that of the named date, else of the root's rows. */
export function addGrain(draft: Draft, item: Item, grain: Grain): void {
  const marker = draft.items[item.index - 1]?.meaning.kind === 'group' ? item.index - 2 : item.index - 1;
  const named = [marker, item.index + 1]
    .map((index) => freeItem(draft, index, 'column'))
    .find((column) => column !== undefined && isTime(column.meaning.column));
  const of =
    named === undefined
      ? (draft.time ?? defaultTime(draft)?.expression)
      : columnExpression(draft, named.meaning.table, named.meaning.column);
  if (of === undefined) return;
  if (named !== undefined) named.used = true;
  item.used = true;
  draft.time ??= of;
  draft.groups.push(grainKey(grain, of));
}

const HOUR = stem('hour');

/** `at which hour`: one of the day's, from a column that holds it or out of a time. */
export function addHourOfDay(draft: Draft, item: Item): void {
  const column = draft.scope.root.columns.find(
    (candidate) => isNumeric(candidate) && nameStems(candidate.name).includes(HOUR),
  );
  const time = draft.time ?? defaultTime(draft)?.expression;
  const expression: Expression | undefined =
    column !== undefined
      ? { kind: 'column', path: [], column: column.name }
      : time === undefined
        ? undefined
        : { kind: 'part', part: 'HOUR', of: time };
  if (expression === undefined) return;
  item.used = true;
  draft.groups.push({ expression, label: column?.label ?? 'hour' });
}

function grainKey(grain: Grain, of: NonNullable<Draft['time']>): GroupKey {
  return { expression: { kind: 'grain', grain, of }, label: grain.toLowerCase() };
}

function isAdverb(draft: Draft, item: Item): boolean {
  return GRAIN_ADVERBS.has(draft.tokens[item.mention.start]!.lower);
}

function isJoined(draft: Draft, item: Item, following: Item): boolean {
  const between = draft.tokens.slice(item.mention.end, following.mention.start).map((token) => token.lower);
  return between.length > 0 && between.every((word) => ['and', ',', 'the', 'by', 'their'].includes(word));
}
