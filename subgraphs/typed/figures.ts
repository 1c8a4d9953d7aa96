import { unknownName } from '../../schema/did-you-mean.js';
import type { TableModel } from '../../schema/domain-model.js';
import type { AggregateFunction, Expression } from '../sql/table-query.js';
import { column, fieldNamed, type TypedDomain } from './typed-domain.js';

export const ROW_COUNT: Expression = { kind: 'aggregate', function: 'count' };

/** What stands at `sum { amount }` or `metrics { revenue }` of a table's aggregate. */
export function figureAt(domain: TypedDomain, model: TableModel, name: string, field: string): Expression {
  if (name === 'metrics') return metricNamed(domain, model, field);
  return {
    kind: 'aggregate',
    function: name as AggregateFunction,
    of: column([], fieldNamed(model, field).column.name),
  };
}

function metricNamed(domain: TypedDomain, model: TableModel, field: string): Expression {
  const metric = domain.metrics.find((known) => known.table === model.table.name && known.name === field);
  if (metric === undefined) throw unknownName('metric', field, model.typeName, []);
  return metric.expression;
}
