import { AskgraphError } from '../schema/errors.js';
import type { ResultSet } from './connectors/connector.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { guard, inspect } from './sql/guard.js';
import type { StatementLimits } from './sql/statement.js';

export interface SqlDoorResult extends ResultSet {
  /** The statement that ran, as the guard wrote it. */
  readonly executedSql: string;
}

/** The internal way to a domain for native SQL: nothing passes but what the guard lets through. */
export async function runSqlDoor(
  subgraph: OpenSubgraph | undefined,
  domain: string,
  sql: string,
  limits: StatementLimits,
): Promise<SqlDoorResult> {
  if (subgraph?.catalog === undefined || subgraph.dialect === undefined || subgraph.runSql === undefined) {
    throw new AskgraphError(
      'STATEMENT_REFUSED',
      `This needs SQL in the domain ${domain}, which takes none: it is asked in GraphQL only.`,
      { domain },
    );
  }
  const statement = await guard(sql, { catalog: subgraph.catalog, dialect: subgraph.dialect, limits });
  return { ...(await subgraph.runSql(statement)), executedSql: statement.text };
}

/** Loads the guard's parser, which takes a moment, before the first question does. */
export async function warmSqlDoor(subgraphs: readonly OpenSubgraph[]): Promise<void> {
  for (const { catalog, dialect } of subgraphs) {
    const [table] = catalog?.tables ?? [];
    if (catalog !== undefined && dialect !== undefined && table !== undefined) {
      await inspect(`SELECT COUNT(*) FROM ${dialect.quote(table.name)}`, { catalog, dialect });
    }
  }
}
