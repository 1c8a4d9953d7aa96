import type { AthenaClient, ColumnInfo, Row } from '@aws-sdk/client-athena';
import type { Cell, ResultColumn, Statement } from '../sql/statement.js';
import { athenaCellReader, columnTypeOfAthena } from './athena-cells.js';
import type { ResultSet } from './connector.js';

const PAGE_ROWS = 1_000;

/** Reads the results of a query that has ended, page by page, and no page more than the row limit needs. */
export async function readAthenaResults(
  client: AthenaClient,
  id: string,
  statement: Statement,
): Promise<ResultSet> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  const rows: Cell[][] = [];
  let columns: readonly ResultColumn[] = [];
  let readers: ReturnType<typeof athenaCellReader>[] = [];
  let token: string | undefined;
  do {
    const first = token === undefined;
    // The first row of the first page is the columns' names; one row past the limit tells that there are more.
    const wanted = statement.rowLimit + 1 - rows.length + (first ? 1 : 0);
    const { ResultSet, NextToken } = await client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: id,
        MaxResults: Math.min(wanted, PAGE_ROWS),
        ...(first ? {} : { NextToken: token }),
      }),
      { abortSignal: statement.signal },
    );
    if (first) {
      const infos = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      columns = statement.columns ?? infos.map(columnOf);
      readers = infos.map(({ Type = '' }, index) => athenaCellReader(Type, columns[index]?.type ?? 'STRING'));
    }
    for (const row of (ResultSet?.Rows ?? []).slice(first ? 1 : 0)) rows.push(readRow(row, readers));
    token = NextToken;
  } while (token !== undefined && rows.length <= statement.rowLimit);
  return {
    columns,
    rows: rows.slice(0, statement.rowLimit),
    truncated: rows.length > statement.rowLimit,
  };
}

function columnOf({ Name = '', Type = '' }: ColumnInfo): ResultColumn {
  return { name: Name, type: columnTypeOfAthena(Type) };
}

function readRow({ Data = [] }: Row, readers: readonly ((text: string) => Cell)[]): Cell[] {
  return readers.map((read, index) => {
    const text = Data[index]?.VarCharValue;
    return text === undefined ? null : read(text);
  });
}
