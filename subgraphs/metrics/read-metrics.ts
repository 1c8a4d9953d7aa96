import { type Catalog, findTable } from '../../schema/catalog.js';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import { checkQuery } from '../sql/check-query.js';
import { expressionType } from '../sql/expression-type.js';
import type { Condition, Expression } from '../sql/table-query.js';
import type { Metric, MetricDefinition } from './metric.js';
import { parseFilter, parseMetric } from './parse-metric.js';

/**
 * Reads a domain's metrics against its catalog.
 * @throws CONFIGURATION_INVALID, naming the metric: for a table or column that is gone, an expression that is none, or
 * two metrics of one name.
 */
export function readMetrics(
  domain: string,
  definitions: readonly MetricDefinition[],
  catalog: Catalog,
): Metric[] {
  const names = new Set<string>();
  return definitions.map((definition) => {
    try {
      const key = `${definition.table}.${definition.name}`;
      if (names.has(key)) throw invalid(`The table ${definition.table} has another metric of this name.`);
      names.add(key);
      return readMetric(definition, catalog);
    } catch (thrown) {
      const { message, details } = asAskgraphError(thrown, 'INTERNAL', 'It could not be read.');
      throw new AskgraphError(
        'CONFIGURATION_INVALID',
        `The metric "${definition.name}" of ${domain} cannot be read. ${message}`,
        { domain, details: { ...details, metric: definition.name }, cause: thrown },
      );
    }
  });
}

function readMetric(definition: MetricDefinition, catalog: Catalog): Metric {
  const { name, table, filter } = definition;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw invalid('Write its name as a field: averagePrice.');
  findTable(catalog, table);
  const parsed = parseMetric(definition.expression, table, catalog);
  const expression = filter === undefined ? parsed : filtered(parsed, parseFilter(filter, table, catalog));
  if (!holdsAggregate(expression)) throw invalid('It aggregates nothing.');
  checkQuery({ table, select: [{ as: name, expression }], groupBy: [] });
  const type = expressionType(catalog, table, expression);
  return { name, table, type, description: describe(definition), definition, expression };
}

function describe({ description, unit, owner, synonyms = [], expression, filter }: MetricDefinition): string {
  return [
    description,
    `Worked out as ${expression}${filter === undefined ? '' : `, where ${filter}`}.`,
    ...(unit === undefined ? [] : [`In ${unit}.`]),
    `Owner: ${owner}.`,
    ...(synonyms.length === 0 ? [] : [`Also: ${synonyms.join(', ')}.`]),
  ].join(' ');
}

/** Only rows that fulfil the condition, in every aggregate of the expression. */
function filtered(expression: Expression, where: Condition): Expression {
  if (expression.kind === 'aggregate') {
    const { where: own } = expression;
    return {
      ...expression,
      where: own === undefined ? where : { kind: 'and', conditions: [own, where] },
    };
  }
  if (expression.kind !== 'arithmetic') return expression;
  return {
    ...expression,
    left: filtered(expression.left, where),
    right: filtered(expression.right, where),
  };
}

function invalid(message: string): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', message);
}

function holdsAggregate(expression: Expression): boolean {
  if (expression.kind === 'arithmetic')
    return holdsAggregate(expression.left) || holdsAggregate(expression.right);
  return expression.kind === 'aggregate';
}
