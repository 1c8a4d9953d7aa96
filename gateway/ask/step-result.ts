import type { ResultSet } from '../../subgraphs/connectors/connector.js';

/** The rows of one step, whichever way they came. */
export interface StepResult extends ResultSet {
  /** Why there are no rows, where the domain says so. */
  readonly notes: readonly string[];
}
