import { buildSchema } from 'graphql';
import { listSubgraphs } from '../../../../subgraphs/list.js';
import { duckdbDialect } from '../../../../subgraphs/sql/dialects/duckdb.js';
import type {
  Condition,
  Expression,
  Grain,
  LiteralType,
  TableQuery,
} from '../../../../subgraphs/sql/table-query.js';
import { type AskDomain, findAskTable } from '../../../knowledge/domain.js';
import { makeDomain } from '../../../knowledge/make-domains.js';
import { profileOf } from '../../../knowledge/shop.test-helper.js';
import { makeScope } from '../read/scope.js';
import { printGraphql } from './print-graphql.js';

/** The demo domains as questions see them, from their catalogs alone. */
export async function demoDomains(): Promise<Map<string, AskDomain>> {
  const domains = new Map<string, AskDomain>();
  for (const { definition, catalog } of await listSubgraphs()) {
    if (catalog === undefined) continue;
    const schema = buildSchema('type Query { nothing: Int }');
    const { name } = definition;
    domains.set(
      name,
      makeDomain({ name, definition, schema, engine: 'duckdb', catalog, dialect: duckdbDialect }),
    );
  }
  return domains;
}

export function printFor(domain: AskDomain, query: TableQuery) {
  return printGraphql(query, makeScope(domain, findAskTable(domain, query.table)!, profileOf({})), 101);
}

export const column = (name: string, ...path: string[]): Expression => ({
  kind: 'column',
  path,
  column: name,
});
export const literal = (value: string | number | boolean, type: LiteralType = 'STRING'): Expression => ({
  kind: 'literal',
  value,
  type,
});
export const hired = column('hire_date');
export const compare = (
  left: Expression,
  operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte',
  right: Expression,
): Condition => ({
  kind: 'comparison',
  operator,
  left,
  right,
});
export const grain = (of: Expression, unit: Grain): Expression => ({ kind: 'grain', grain: unit, of });
export const count: Expression = { kind: 'aggregate', function: 'count' };
export const select = (...expressions: Expression[]) =>
  expressions.map((expression, index) => ({ as: `c${index}`, expression }));
export const employees = (more: Partial<TableQuery>): TableQuery => ({
  table: 'employees',
  select: select(column('last_name')),
  ...more,
});
export const aggregated = (more: Partial<TableQuery>): TableQuery => ({
  table: 'employees',
  select: select(count),
  groupBy: [],
  ...more,
});

export const inFebruary: Condition = {
  kind: 'in',
  of: { kind: 'part', part: 'MONTH', of: hired },
  values: [literal(2, 'INTEGER')],
};
export const before1990 = compare(hired, 'lt', literal('1990-01-01', 'DATE'));
export const since1985 = compare(hired, 'gte', literal('1985-01-01', 'DATE'));
