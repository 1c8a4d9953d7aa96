import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import type { Relation } from '../../schema/names.js';
import type { ResultSet } from '../connectors/connector.js';
import type { RequestContext } from '../request-context.js';
import type { Cell } from '../sql/statement.js';
import type { Condition, LiteralType, LiteralValue, TableQuery } from '../sql/table-query.js';
import { BATCH, MAXIMUM_BATCH_ROWS } from './batch-limits.js';
import { keyText, tooManyRows } from './batches.js';
import { planConnection } from './connection-plan.js';
import type { Input } from './read-where.js';
import type { Row } from './row-plan.js';
import { column, fieldOfColumn, runQuery, type TypedDomain, targetOf } from './typed-domain.js';

const NOTHING: Pick<ResultSet, 'rows' | 'truncated'> = { rows: [], truncated: false };

/** A table's rows in pages: one statement for the page, and one each for what else is asked for of it. */
export async function readConnection(
  domain: TypedDomain,
  model: TableModel,
  args: Input,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<Row> {
  const plan = planConnection(domain, model, args, info.fieldNodes, info, 'nested');
  const read = async (query: TableQuery | undefined) =>
    query === undefined ? NOTHING : runQuery(domain, query, query.limit ?? 1, context);
  const [page, behind, count] = await Promise.all([read(plan.page), read(plan.behind), read(plan.count)]);
  return plan.assemble({
    page: page.rows,
    pageIsCut: page.truncated,
    behind: behind.rows,
    count: count.rows,
  });
}

/** Loads the related rows of many parents in pages, by as many statements as one page takes. */
export function relatedConnectionLoader(
  domain: TypedDomain,
  relation: Relation,
  args: Input,
  context: RequestContext,
  info: GraphQLResolveInfo,
): DataLoader<LiteralValue, Row, string> {
  const model = targetOf(domain, relation);
  const plan = planConnection(domain, model, args, info.fieldNodes, info, 'batches');
  const read = async (query: TableQuery | undefined, parents: readonly LiteralValue[]) => {
    if (query === undefined) return new Map<string, Cell[][]>();
    const { rows, truncated } = await runQuery(
      domain,
      ofParents(model, relation, query, parents),
      MAXIMUM_BATCH_ROWS,
      context,
    );
    if (truncated) throw tooManyRows(domain, relation.name);
    return byLastCell(rows);
  };
  return new DataLoader(
    async (parents) => {
      const [page, behind, count] = await Promise.all([
        read(plan.page, parents),
        read(plan.behind, parents),
        read(plan.count, parents),
      ]);
      return parents.map((parent) => {
        const key = keyText(parent);
        return plan.assemble({
          page: page.get(key) ?? [],
          pageIsCut: false,
          behind: behind.get(key) ?? [],
          count: count.get(key) ?? [],
        });
      });
    },
    { maxBatchSize: BATCH, cacheKeyFn: (parent) => keyText(parent) },
  );
}

/** The query for each of the parents by itself, whose key its rows have last. */
function ofParents(
  model: TableModel,
  relation: Relation,
  query: TableQuery,
  parents: readonly LiteralValue[],
): TableQuery {
  const key = column([], relation.toColumn);
  const { columnType } = fieldOfColumn(model, relation.toColumn).column;
  const isParents: Condition = {
    kind: 'in',
    of: key,
    values: parents.map((value) => ({ kind: 'literal', value, type: columnType as LiteralType })),
  };
  const { where } = query;
  return {
    ...query,
    select: [...query.select, { as: 'key of the parent', expression: key }],
    where: where === undefined ? isParents : { kind: 'and', conditions: [isParents, where] },
    ...(query.limit === undefined ? { groupBy: [key] } : { limitPer: [key] }),
  };
}

function byLastCell(rows: readonly (readonly Cell[])[]): Map<string, Cell[][]> {
  const found = new Map<string, Cell[][]>();
  for (const row of rows) {
    const key = keyText(row.at(-1) ?? null);
    const group = found.get(key);
    if (group === undefined) found.set(key, [[...row]]);
    else group.push([...row]);
  }
  return found;
}
