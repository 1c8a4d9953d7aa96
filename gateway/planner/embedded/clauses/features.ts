import type { Condition, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import { isContent, type Token } from '../../../knowledge/text/tokenize.js';
import type { ClauseReading } from './read-clauses.js';

/** What of a reading tells how likely it is right; each a small number, 0 where there is nothing of it. */
export const FEATURES = [
  'verbs',
  'weakness',
  'ties',
  'hops',
  'semiJoins',
  'guesses',
  'loose',
  'foreign',
  'asides',
  'unseen',
  'farRoot',
  'grouped',
  'groupedByName',
  'ranked',
  'having',
  'negated',
  'countOverRelated',
  'listOverRelated',
  'clauses',
  'terms',
  'valuesOnly',
  'long',
  'noSubject',
  'nestedFigure',
  'several',
  'agrees',
  'disagrees',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = Readonly<Record<Feature, number>>;

/** @param other What the other way of reading made of the same question, where it made anything. */
export function featuresOf(
  reading: ClauseReading,
  tokens: readonly Token[],
  other: TableQuery | undefined,
): Features {
  const { built, request, evidence, subject } = reading;
  const { query } = built;
  const words = tokens.filter(isContent).length;
  const grouped = (query.groupBy?.length ?? 0) > 0;
  const same = other !== undefined && sameQuery(query, other);
  const flag = (value: boolean) => (value ? 1 : 0);
  return {
    verbs: Math.min(3, request.verbs.length),
    weakness: 1 - Math.min(1, evidence.weakest),
    ties: Math.min(2, evidence.ties),
    hops: Math.min(4, evidence.hops),
    semiJoins: Math.min(2, evidence.semiJoins),
    guesses: Math.min(3, evidence.guesses),
    loose: Math.min(3, evidence.loose),
    foreign: Math.min(2, evidence.foreign),
    asides: Math.min(2, evidence.asides),
    unseen: Math.min(1, evidence.unseenValues),
    farRoot: flag(built.root !== subject),
    grouped: flag(grouped),
    groupedByName: flag(grouped && evidence.groupNames > 0),
    ranked: flag(request.rank !== undefined),
    having: flag(query.having !== undefined),
    negated: flag(request.clauses.some((clause) => clause.negated)),
    countOverRelated: flag(evidence.semiJoins > 0 && query.groupBy !== undefined),
    listOverRelated: flag(evidence.semiJoins > 0 && query.groupBy === undefined && query.distinct !== true),
    clauses: Math.min(4, request.clauses.length),
    terms: Math.min(4, request.terms.length),
    valuesOnly: flag(query.distinct === true && !request.distinct),
    long: Math.max(0, words - 8) / 8,
    noSubject: flag(request.subject === undefined),
    nestedFigure: flag(JSON.stringify(query.where ?? null).includes('"kind":"query"')),
    several: Math.max(0, 0.5 - reading.lead) * 2,
    agrees: flag(same),
    disagrees: flag(other !== undefined && !same),
  };
}

/** Whether two queries ask the same, whatever the order of their parts. */
function sameQuery(left: TableQuery, right: TableQuery): boolean {
  return normal(left) === normal(right);
}

function normal(query: TableQuery): string {
  const set = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  const conditions = (condition: Condition | undefined): Condition[] =>
    condition === undefined
      ? []
      : condition.kind === 'and'
        ? condition.conditions.flatMap(conditions)
        : [condition];
  return JSON.stringify([
    query.table,
    set(
      query.select
        .filter(({ expression }) => query.limit === undefined || !isOrder(query, expression))
        .map(({ expression }) => expression),
    ),
    set(conditions(query.where).filter((condition) => !isPresence(condition))),
    query.groupBy === undefined
      ? null
      : set(
          query.groupBy.filter(
            (key) =>
              key.kind !== 'column' ||
              query.select.some(({ expression }) => JSON.stringify(expression) === JSON.stringify(key)),
          ),
        ),
    set(conditions(query.having)),
    query.limit === undefined ? null : [query.limit, query.orderBy?.[0] ?? null],
  ]);
}

function isOrder(query: TableQuery, expression: unknown): boolean {
  return (query.orderBy ?? []).some((item) => JSON.stringify(item.expression) === JSON.stringify(expression));
}

function isPresence(condition: Condition): boolean {
  return condition.kind === 'not' && condition.condition.kind === 'isNull';
}
