import type { TableModel } from './domain-model.js';
import { filterName } from './print-filters.js';
import { block, type Definition, GRAPHQL_TYPE, type Line, line, ofSome } from './sdl-text.js';

/** The field of a table's aggregate that holds the domain's own metrics; nothing where it has declared none. */
export function metricsLine(model: TableModel, end: '' | 'Having' | 'OrderBy'): Line[] {
  return model.metrics.length === 0
    ? []
    : [line(`metrics: ${model.typeName}Metrics${end}`, 'Figures that the domain has defined.')];
}

export function printMetrics(model: TableModel): readonly Definition[] {
  const name = `${model.typeName}Metrics`;
  const description = `Figures over rows of ${model.table.name} that the domain has defined.`;
  return ofSome(model.metrics, (metrics) => [
    block('type', name, description, () =>
      metrics.map((metric) => line(`${metric.name}: ${GRAPHQL_TYPE[metric.type]}`, metric.description)),
    ),
    block('input', `${name}Having`, '', () =>
      metrics.map((metric) => line(`${metric.name}: ${filterName(metric.type)}`)),
    ),
    block('input', `${name}OrderBy`, 'Exactly one metric.', () =>
      metrics.map((metric) => line(`${metric.name}: SortDirection`)),
    ),
  ]);
}
