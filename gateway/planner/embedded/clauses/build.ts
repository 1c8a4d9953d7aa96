import type { Condition, Expression, OrderItem, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { uniqueName } from '../unique-name.js';
import { addClauses } from './conditions.js';
import { anchor, findRoot } from './find-root.js';
import { addRelatedCounts, countsOnly } from './related-counts.js';
import { type Attempt, resolveColumn } from './resolve.js';
import { groupsShown, identityOf, resolveGroups } from './resolve-groups.js';
import { resolveMeasured, resolveOrder } from './resolve-measured.js';
import { resolveTerms } from './resolve-terms.js';
import {
  distinctRows,
  type Figure,
  labelOf,
  type Plain,
  type Shown,
  same,
  shownOf,
  unique,
} from './shown.js';
import { all, conditionsOf, makeNode } from './tree.js';
import { ofGroup, write } from './write-query.js';

export interface BuiltColumn {
  readonly label: string;
  readonly role: 'asked' | 'supporting';
  readonly column?: AskColumn;
}

export interface Built {
  readonly query: TableQuery;
  readonly root: AskTable;
  readonly columns: readonly BuiltColumn[];
}

/** The query that an attempt comes to; undefined where it comes to none. */
export function build(attempt: Attempt): Built | undefined {
  const { request } = attempt;
  const terms = resolveTerms(attempt);
  if (terms === undefined) return undefined;
  const groups = resolveGroups(attempt, terms);
  if (groups === undefined) return undefined;
  const rank =
    request.rank === undefined
      ? undefined
      : resolveMeasured(attempt, request.rank.by, request.rank.direction);
  if (request.rank !== undefined && rank === undefined) return undefined;
  if (!addAsides(attempt)) return undefined;
  const isCounted = countsOnly(attempt, terms);
  const having = isCounted ? [] : request.having.map(({ of }) => resolveMeasured(attempt, of));
  if (having.some((measured) => measured?.shown.kind !== 'figure')) return undefined;
  const order = request.order.map(({ by }) =>
    by === undefined ? undefined : resolveOrder(attempt, by, terms),
  );
  if (request.order.some(({ by }, index) => by !== undefined && order[index] === undefined)) return undefined;
  const figures = [...terms, rank?.shown, ...having.map((one) => one?.shown), ...order].filter(
    (shown): shown is Figure => shown?.kind === 'figure',
  );
  const plain = terms.filter((term): term is Plain => term.kind === 'plain');
  const isGrouped =
    groups.length > 0 ||
    (figures.length > 0 && (plain.length > 0 || having.length > 0 || rank?.shown.kind === 'figure'));
  const needed = [
    ...plain.map(({ table }) => table),
    ...groups.map(({ table }) => table),
    ...figures.map(({ table }) => table),
    ...[rank?.shown, ...order].flatMap((shown) => (shown?.kind === 'plain' ? [shown.table] : [])),
  ];
  const preferred = figures.length > 0 ? figures[0]!.table : attempt.subject;
  const root = findRoot(attempt, preferred, needed);
  if (root === undefined) return undefined;
  // Of several rows of one thing, the highest value or their sum may be meant.
  if (rank?.shown.kind === 'plain' && root !== attempt.subject) attempt.evidence.guesses += 1;
  // Rows of the root stand for several of what is added up: each would count more than once.
  if (
    figures.some(
      (figure) =>
        figure.column !== undefined && figure.table !== root && ['sum', 'avg'].includes(figure.function),
    )
  )
    return undefined;
  const counted = (figure: Figure): Figure =>
    figure.table !== root && figure.function === 'count' && !grouped ? distinctRows(figure) : figure;
  const tree = makeNode(root);
  const anchored = anchor(attempt, tree, needed, isGrouped);
  if (!anchored || !addClauses(attempt, tree)) return undefined;
  if (isCounted && !addRelatedCounts(attempt, tree)) return undefined;
  // "Countries with both …": of rows with one value shown, some are this and some are that.
  if (attempt.ofGroups.length > 0 && (figures.length > 0 || groups.length > 0 || plain.length === 0))
    return undefined;
  const grouped = isGrouped || attempt.ofGroups.length > 0;
  const expressionOf = (shown: Shown) =>
    write(attempt, root, shown.kind === 'figure' ? counted(shown) : shown);

  const identity = isGrouped ? identityOf(attempt, root, groups, plain) : [];
  if (identity === undefined) return undefined;
  const entity: Plain[] =
    grouped && plain.length === 0 && groups.length === 0 ? shownOf(attempt, attempt.subject) : [];
  const asked: Shown[] = [...groupsShown(groups, plain), ...entity, ...terms];
  const select: { shown: Shown; role: 'asked' | 'supporting' }[] = unique(asked).map((shown) => ({
    shown,
    role: 'asked',
  }));
  const supporting = rank !== undefined && !select.some(({ shown }) => same(shown, rank.shown));
  if (supporting && !request.distinct) select.push({ shown: rank.shown, role: 'supporting' });

  const keys = unique([...groups.flatMap(({ shown }) => shown), ...plain, ...entity]);
  // Groups of one row each: whatever is counted in them is not what was meant.
  const isOneEach =
    root.primaryKey.length === 1 &&
    [...keys, ...identity].some(({ table, column }) => table === root && column.name === root.primaryKey[0]);
  if (isGrouped && isOneEach && figures.some((figure) => figure.function === 'count')) return undefined;
  const groupBy = grouped
    ? [
        ...keys.map(expressionOf),
        ...identity.map((place) => write(attempt, root, { kind: 'plain', ...place })),
      ]
    : undefined;
  if (groupBy !== undefined && rank?.shown.kind === 'plain') return undefined;
  const orderBy = orderOf(attempt, expressionOf, rank?.shown, rank?.turned === true, order, asked);
  const conditions = conditionsOf(tree, []);
  const havingConditions = having.map((measured, index): Condition => {
    const { operator, value } = request.having[index]!;
    return {
      kind: 'comparison',
      operator,
      left: expressionOf(measured!.shown),
      right: { kind: 'literal', value: Number(value), type: 'FLOAT' },
    };
  });
  havingConditions.push(...attempt.ofGroups.map(ofGroup));
  const names = new Set<string>();
  const columns = select.map(({ shown, role }) => ({
    label: labelOf(shown),
    role,
    ...(shown.column === undefined ? {} : { column: shown.column }),
  }));
  const limit = request.rank?.limit ?? request.limit;
  const isAggregate = figures.length > 0 || grouped;
  const query: TableQuery = {
    table: root.name,
    select: select.map(({ shown }) => ({
      as: uniqueName(labelOf(shown), names),
      expression: expressionOf(shown),
    })),
    ...(conditions.length === 0 ? {} : { where: all(conditions) }),
    ...(isAggregate ? { groupBy: groupBy ?? [] } : {}),
    ...(havingConditions.length === 0 ? {} : { having: all(havingConditions) }),
    ...(orderBy.length === 0 ? {} : { orderBy }),
    ...((request.distinct || asksForValues(attempt)) &&
    !isAggregate &&
    isShown(
      orderBy,
      select.map(({ shown }) => expressionOf(shown)),
    )
      ? { distinct: true as const }
      : {}),
    ...(limit === undefined ? {} : { limit }),
  };
  return { query, root, columns };
}

/** What is named beside has to be a column of what is asked about; else it would say more. */
function addAsides(attempt: Attempt): boolean {
  return attempt.request.asides.every((phrase) => {
    const place = resolveColumn(attempt, phrase, 'any', attempt.subject);
    if (place?.table !== attempt.subject) return false;
    attempt.evidence.asides += 1;
    return true;
  });
}

/** Columns that are asked for without the rows they stand in are asked for their values. */
function asksForValues({ request }: Attempt): boolean {
  return request.subject === undefined && request.clauses.length === 0 && request.rank === undefined;
}

/** Distinct rows can be ordered only by what they show. */
function isShown(orderBy: readonly OrderItem[], shown: readonly Expression[]): boolean {
  return orderBy.every(({ expression }) =>
    shown.some((other) => JSON.stringify(other) === JSON.stringify(expression)),
  );
}

function orderOf(
  attempt: Attempt,
  expressionOf: (shown: Shown) => Expression,
  rank: Shown | undefined,
  turned: boolean,
  order: readonly (Shown | undefined)[],
  asked: readonly Shown[],
): OrderItem[] {
  const { request } = attempt;
  if (rank !== undefined) {
    const { direction } = request.rank!;
    const opposite = direction === 'ASC' ? 'DESC' : 'ASC';
    return [{ expression: expressionOf(rank), direction: turned ? opposite : direction }];
  }
  return request.order.flatMap(({ direction }, index) => {
    const shown = order[index] ?? asked.find((one) => one.kind === 'figure') ?? asked[0];
    return shown === undefined ? [] : [{ expression: expressionOf(shown), direction }];
  });
}
