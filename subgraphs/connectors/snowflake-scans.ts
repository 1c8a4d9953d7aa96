import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { explaining, type Statement } from '../sql/statement.js';
import type { Connector } from './connector.js';

/** What of Snowflake's plan is read: the bytes of all micro-partitions that are left after pruning. */
const plan = z.object({ GlobalStats: z.object({ bytesAssigned: z.number() }) });

/**
 * A connector to Snowflake that knows before a statement runs how much it would read. Compiling one needs no
 * warehouse, and so costs nothing but its time; which is spent on every statement only where there is a limit.
 */
export function limitScans(server: Connector, scanLimitBytes: number | undefined): Connector {
  async function explain(statement: Statement): Promise<void> {
    const { rows } = await server.query(explaining(statement, 'EXPLAIN USING JSON'));
    const bytes = bytesIn(rows[0]?.[0]);
    if (scanLimitBytes === undefined || (bytes !== undefined && bytes <= scanLimitBytes)) return;
    throw new AskgraphError('TOO_COMPLEX', `The query reads more than ${scanLimitBytes} bytes.`, {
      details: { scanLimitBytes, ...(bytes === undefined ? {} : { bytesAssigned: bytes }) },
    });
  }
  if (scanLimitBytes === undefined) return { ...server, explain };
  return {
    ...server,
    explain,
    async query(statement) {
      await explain(statement);
      return server.query(statement);
    },
  };
}

/** Undefined where Snowflake does not say. */
function bytesIn(cell: unknown): number | undefined {
  try {
    const read = plan.safeParse(typeof cell === 'string' ? JSON.parse(cell) : cell);
    return read.data?.GlobalStats.bytesAssigned;
  } catch {
    return undefined;
  }
}
