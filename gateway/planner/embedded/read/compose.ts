import type { Grain, SelectItem, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import { isContent, type Token } from '../../../knowledge/text/tokenize.js';
import { uniqueName } from '../unique-name.js';
import { readConditions } from './conditions.js';
import { type Draft, makeDraft, UNSOUND } from './draft.js';
import { allOf } from './filters.js';
import { readGroups } from './grouping.js';
import { readMeasures } from './measures.js';
import { nameMetrics } from './metrics.js';
import { fillArguments } from './operation.js';
import { columnOf, crossesMany, type Scope } from './scope.js';
import type { Segmentation } from './segment.js';
import { readOrder, readSelection } from './selection.js';
import { readShare } from './share.js';
import { readSuperlatives } from './superlatives.js';
import { addsUp, labelColumns } from './table-facts.js';
import { readTimes } from './times.js';
import { columnsIn } from './visit-columns.js';

export interface ReadColumn {
  readonly name: string;
  readonly label: string;
  readonly unit?: string;
  /** Of a column of periods: how long they are. */
  readonly grain?: Grain;
}

/** One complete way to understand a question. */
export interface Reading {
  readonly scope: Scope;
  readonly query: TableQuery;
  /** Labels and units of the query's columns, in their order. */
  readonly columns: readonly ReadColumn[];
  readonly draft: Draft;
  /** Points for words that found their place, less what speaks against the reading. */
  readonly score: number;
  /** Content words that found no place. */
  readonly unplaced: readonly Token[];
}

/** What an item costs that found no place in the query, by its kind: a lost negation turns an answer round. */
const UNUSED: Readonly<Record<string, number>> = {
  negation: 2,
  comparison: 1.5,
  between: 1.5,
  superlative: 1.5,
  aggregate: 1.5,
  count: 1.2,
  number: 1.2,
  value: 1.5,
  condition: 1.5,
  column: 1,
  period: 1.5,
  argument: 1.2,
  choice: 1,
  performance: 0.5,
  share: 1.5,
  or: 0.6,
  grain: 0.5,
  group: 0.4,
  order: 0.5,
  distinct: 0.3,
};

/** Builds the query that a segmentation means, pass by pass; undefined where it means none. */
export function compose(
  scope: Scope,
  tokens: readonly Token[],
  segmentation: Segmentation,
  day: string,
): Reading | undefined {
  const draft = makeDraft(scope, tokens, segmentation.mentions, day);
  if (!fillArguments(draft)) return undefined;
  readTimes(draft);
  readConditions(draft);
  readGroups(draft);
  readShare(draft);
  readSuperlatives(draft);
  readMeasures(draft);
  readOrder(draft);
  readSelection(draft);
  if (draft.measures.length > 0) draft.groups.unshift(...draft.compared);
  if (denies(draft) || countsGroups(draft)) draft.penalty += UNSOUND;
  if (countsOneEach(draft)) draft.penalty += 1;
  if (!asksAnything(draft)) draft.penalty += UNSOUND;
  nameMetrics(draft);
  const { query, columns } = makeQuery(draft);
  const unused = draft.items.filter((item) => !item.used);
  const penalty = unused.reduce((total, item) => total + (UNUSED[item.meaning.kind] ?? 0.5), draft.penalty);
  const lost = unused.flatMap((item) => tokens.slice(item.mention.start, item.mention.end)).filter(isContent);
  return {
    scope,
    query,
    columns,
    draft,
    score: segmentation.score - penalty,
    unplaced: [...segmentation.skipped, ...lost].filter((token) => !draft.literals.has(token.index)),
  };
}

function makeQuery(draft: Draft): Pick<Reading, 'query' | 'columns'> {
  const aggregated = draft.measures.length > 0 || draft.groups.length > 0;
  if (meetsRowsTwice(draft)) countEachOnce(draft);
  const shown = [...draft.groups.filter((key) => key.label !== ''), ...draft.measures];
  const items = aggregated ? shown : draft.select;
  const names = new Set<string>();
  const named = items.map((item) => ({ ...item, name: uniqueName(item.label, names) }));
  const select: SelectItem[] = named.map(({ name, expression }) => ({ as: name, expression }));
  const order = draft.order.length > 0 ? draft.order : aggregated ? naturalOrder(draft) : [];
  const query: TableQuery = {
    table: draft.scope.root.name,
    select,
    ...(draft.filters.length === 0 ? {} : { where: allOf(draft.filters) }),
    ...(aggregated ? { groupBy: draft.groups.map((key) => key.expression) } : {}),
    ...(draft.having.length === 0
      ? {}
      : { having: draft.having.length === 1 ? draft.having[0]! : { kind: 'and', conditions: draft.having } }),
    ...(order.length === 0 ? {} : { orderBy: order }),
    ...(draft.distinct && !aggregated ? { distinct: true as const } : {}),
    ...(draft.limit === undefined ? {} : { limit: draft.limit }),
  };
  const columns = named.map(
    (item): ReadColumn => ({
      name: item.name,
      label: item.label,
      ...('unit' in item && typeof item.unit === 'string' ? { unit: item.unit } : {}),
      ...(item.expression.kind === 'grain' ? { grain: item.expression.grain } : {}),
    }),
  );
  return { query, columns };
}

/** Whether groups that fulfil a condition are to be counted, which is a query over a query. */
function countsGroups(draft: Draft): boolean {
  return draft.having.length > 0 && draft.items.some((item) => item.meaning.kind === 'count' && item.used);
}

/** Whether rows are counted by their own names: the departments of each department are one. */
function countsOneEach({ groups, measures, scope }: Draft): boolean {
  return measures.some(({ expression }) => {
    if (expression.kind !== 'aggregate' || !['count', 'countDistinct'].includes(expression.function))
      return false;
    const path = expression.of?.kind === 'column' ? expression.of.path.join() : '';
    const table = expression.of?.kind === 'column' ? columnOf(scope, expression.of)?.table : scope.root;
    const own = table === undefined ? [] : labelColumns(table);
    return (
      own.length > 0 &&
      groups.some(({ label }) => label !== '') &&
      groups.every(
        ({ label, expression: key }) =>
          label === '' ||
          (key.kind === 'column' && key.path.join() === path && own.some(({ name }) => name === key.column)),
      )
    );
  });
}

/** Whether anything is asked of what is named: a name alone is no question. */
function asksAnything(draft: Draft): boolean {
  return (
    draft.scope.root.operation !== undefined ||
    draft.items.some((item) => !['table', 'column', 'group', 'or'].includes(item.meaning.kind)) ||
    draft.items.length > 1
  );
}

/**
 * Whether a condition on single rows cannot mean what it says of what they belong to. "Never a manager" is not "some
 * row that is not a manager's"; "sold at least 100" is not one sale of 100.
 */
function denies(draft: Draft): boolean {
  const counted = draft.measures.flatMap(({ expression }) =>
    expression.kind === 'aggregate' && expression.function === 'countDistinct' ? [expression.of] : [],
  );
  const isOverRows = counted.some((of) => of?.kind === 'column' && of.path.length > 0);
  return draft.filters.some(({ condition }) => {
    if (condition.kind === 'not')
      return counted.length > 0 || columnsIn(condition).some(({ path }) => crossesMany(draft.scope, path));
    if (!isOverRows || condition.kind !== 'comparison' || condition.left.kind !== 'column') return false;
    const found = columnOf(draft.scope, condition.left);
    return condition.operator !== 'eq' && found !== undefined && addsUp(found.column);
  });
}

/** Whether the query crosses a to-many relation, where a row of the root stands once for each row it meets. */
function meetsRowsTwice(draft: Draft): boolean {
  const parts = [draft.filters, draft.groups, draft.measures, draft.select, draft.order];
  return columnsIn(parts).some(({ path }) => crossesMany(draft.scope, path));
}

/** Then rows are told apart by their key: counted once, shown once. */
function countEachOnce(draft: Draft): void {
  const [key, ...more] = draft.scope.root.primaryKey;
  if (draft.measures.length === 0 && draft.groups.length === 0) draft.distinct = true;
  draft.measures.forEach((measure, index) => {
    const { expression } = measure;
    if (expression.kind !== 'aggregate' || expression.function !== 'count' || expression.of !== undefined)
      return;
    if (key === undefined || more.length > 0) draft.penalty += 0.5;
    else
      draft.measures[index] = {
        ...measure,
        expression: {
          ...expression,
          function: 'countDistinct',
          of: { kind: 'column', path: [], column: key },
        },
      };
    for (const [place, order] of draft.order.entries()) {
      if (order.expression === expression)
        draft.order[place] = { ...order, expression: draft.measures[index]!.expression };
    }
  });
}

/** Groups come in the order of time where they are periods, else with the largest figure first. */
function naturalOrder(draft: Draft): Draft['order'] {
  const [key] = draft.groups;
  if (key === undefined) return [];
  if (key.expression.kind === 'grain' || key.expression.kind === 'part')
    return [{ expression: key.expression, direction: 'ASC' }];
  const [measure] = draft.measures;
  return measure === undefined
    ? []
    : [
        { expression: measure.expression, direction: 'DESC' },
        { expression: key.expression, direction: 'ASC' },
      ];
}
