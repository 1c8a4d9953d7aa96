import { AskgraphError } from '../schema/errors.js';
import type { ResultSet } from './connectors/connector.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { guard } from './sql/guard.js';
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
    throw new AskgraphError('STATEMENT_REFUSED', `The domain ${domain} takes no SQL.`, { domain });
  }
  const statement = await guard(sql, { catalog: subgraph.catalog, dialect: subgraph.dialect, limits });
  return { ...(await subgraph.runSql(statement)), executedSql: statement.text };
}
