import type { ComparisonOperator } from '../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskMetric, AskTable, OperationArgument } from '../domain.js';

/** What a word or phrase may mean in a domain. */
export type Element =
  | { readonly kind: 'table'; readonly table: AskTable }
  | { readonly kind: 'column'; readonly table: AskTable; readonly column: AskColumn }
  | { readonly kind: 'metric'; readonly table: AskTable; readonly metric: AskMetric }
  | { readonly kind: 'value'; readonly table: AskTable; readonly column: AskColumn; readonly value: string }
  | {
      readonly kind: 'condition';
      readonly table: AskTable;
      readonly column: AskColumn;
      readonly operator: ComparisonOperator;
      readonly literal: string;
    }
  | {
      readonly kind: 'choice';
      readonly table: AskTable;
      readonly argument: OperationArgument;
      readonly choice: string;
    };
