import type { MetricModel } from '../../schema/metric-model.js';
import type { Expression } from '../sql/table-query.js';

/** A figure that a domain answers for: what it is called, how it is worked out, and whose it is. */
export interface MetricDefinition {
  /** Its field in the typed schema: `revenue`, `averagePrice`. */
  readonly name: string;
  /** The table whose rows it is worked out of. */
  readonly table: string;
  /**
   * Aggregates of the table's columns, as SQL writes them, and what is calculated of them:
   * `sum(pricepaid) / sum(qtysold)`, `count(*) filter (where fraud = 1)`. A relation to one leads to the columns of another
   * table: `sum(event.price)`. A division is exact, and by nothing it is null.
   */
  readonly expression: string;
  /** Only rows that fulfil this count: `paid = true and total > 0`. */
  readonly filter?: string;
  /** `USD`, `%`; absent of a mere number. */
  readonly unit?: string;
  /** Who decides what it means. */
  readonly owner: string;
  /** What people say for it as well. */
  readonly synonyms?: readonly string[];
  /** One sentence that says what it is. */
  readonly description: string;
}

/** A metric whose expression has been read against its domain's catalog. */
export interface Metric extends MetricModel {
  readonly definition: MetricDefinition;
  readonly expression: Expression;
}
