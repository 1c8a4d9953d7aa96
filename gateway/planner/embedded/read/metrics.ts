import { isDeepStrictEqual } from 'node:util';
import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskMetric, AskTable } from '../../../knowledge/domain.js';
import { metricNote } from '../../metric-note.js';
import { type Draft, freeItem, type Measure, UNSOUND } from './draft.js';

/** The measure that a declared metric's name stands for, which it uses up. */
export function metricMeasure(draft: Draft, index: number): Measure | undefined {
  const item = freeItem(draft, index, 'metric');
  if (item === undefined) return undefined;
  item.used = true;
  // Over a relation, a row of the metric's table would count once for every row that leads to it.
  if (item.meaning.table !== draft.scope.root) draft.penalty += UNSOUND;
  return { expression: item.meaning.metric.expression, ...named(item.meaning.metric) };
}

/** The metric that an expression is the formula of, where the domain has declared one. */
export function metricOf(table: AskTable, expression: Expression): AskMetric | undefined {
  return expression.kind === 'aggregate' || expression.kind === 'arithmetic'
    ? table.metrics.find((metric) => isDeepStrictEqual(metric.expression, expression))
    : undefined;
}

/** Calls what the domain has a name for by that name, however the question put it, and says whose it is. */
export function nameMetrics(draft: Draft): void {
  draft.measures.forEach((measure, index) => {
    const metric = metricOf(draft.scope.root, measure.expression);
    if (metric === undefined) return;
    draft.measures[index] = { ...measure, ...named(metric) };
    draft.assumptions.push(metricNote(metric, draft.scope.domain.name));
  });
}

function named({ label, unit }: AskMetric): Pick<Measure, 'label' | 'unit'> {
  return { label, ...(unit === undefined ? {} : { unit }) };
}
