import type { GraphQLNamedType } from 'graphql';
import type { ColumnType } from '../../schema/hive-type.js';

const BY_SCALAR: Readonly<Record<string, ColumnType>> = {
  Int: 'INTEGER',
  Float: 'FLOAT',
  Boolean: 'BOOLEAN',
  Date: 'DATE',
  DateTime: 'DATETIME',
  BigInt: 'BIGINT',
  Decimal: 'DECIMAL',
  JSON: 'JSON',
};

/** How the values of a field leave Askgraph. What it does not know leaves as a string. */
export function columnTypeOf({ name }: GraphQLNamedType): ColumnType {
  return BY_SCALAR[name] ?? 'STRING';
}
