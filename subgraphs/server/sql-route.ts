import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import type { OpenSubgraph } from '../open-subgraph.js';
import type { RequestContext } from '../request-context.js';
import { explainSqlDoor, runSqlDoor } from '../sql-door.js';
import { send } from './answers.js';
import { parseJson } from './read-body.js';

/** What the gateway has to know to write SQL for a subgraph that runs elsewhere. */
export interface SubgraphDescription {
  readonly engine: string;
  /** The name of the SQL that its engine speaks; null where it takes none. */
  readonly dialect: string | null;
}

const sqlRequest = z.strictObject({
  sql: z.string(),
  /** In which the SQL is written: the engine may be another one since the gateway asked. */
  dialect: z.string(),
  rowLimit: z.int().min(0),
});

export function describe({ engine, dialect, runSql }: OpenSubgraph): SubgraphDescription {
  return { engine, dialect: runSql === undefined ? null : (dialect?.name ?? null) };
}

/** The SQL door, for a gateway in another process: the same guard, and a result of the same types. */
export async function answerSql(
  subgraph: OpenSubgraph,
  body: Buffer,
  context: RequestContext,
  response: ServerResponse,
): Promise<void> {
  const { sql, rowLimit } = readSql(subgraph, body);
  send(response, 200, await runSqlDoor(subgraph, subgraph.name, sql, rowLimit, context));
}

/** The same door for having the engine plan it. */
export async function answerExplain(
  subgraph: OpenSubgraph,
  body: Buffer,
  context: RequestContext,
  response: ServerResponse,
): Promise<void> {
  const { sql, rowLimit } = readSql(subgraph, body);
  await explainSqlDoor(subgraph, subgraph.name, sql, rowLimit, context);
  send(response, 200, { planned: true });
}

function readSql(subgraph: OpenSubgraph, body: Buffer): z.infer<typeof sqlRequest> {
  const read = sqlRequest.safeParse(parseJson(body));
  if (!read.success)
    throw new AskgraphError('BAD_REQUEST', 'The request body must hold "sql", "dialect" and "rowLimit".');
  const { dialect } = read.data;
  if (subgraph.dialect !== undefined && subgraph.dialect.name !== dialect) {
    throw new AskgraphError(
      'SUBGRAPH_UNAVAILABLE',
      `The domain ${subgraph.name} speaks another SQL now. Ask again.`,
      { domain: subgraph.name, details: { dialect: subgraph.dialect.name } },
    );
  }
  return read.data;
}
