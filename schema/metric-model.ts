import type { ColumnType } from './hive-type.js';

/** A figure that a domain has defined, as its typed schema shows it. */
export interface MetricModel {
  /** The field under `metrics`. */
  readonly name: string;
  /** The table whose aggregate has it. */
  readonly table: string;
  readonly type: ColumnType;
  /** What it says, with its unit, owner and synonyms. */
  readonly description: string;
}
