import { AskgraphError } from '../../schema/errors.js';
import { unavailable } from './sessions.js';

/** What the SDK knows of an error: Snowflake's own code, or one of the SDK's. */
interface SnowflakeFailure {
  readonly code?: string | number;
  readonly sqlState?: string;
  readonly message?: string;
}

/** Snowflake's: STATEMENT_TIMEOUT_IN_SECONDS was reached. */
const TIMED_OUT = '000630';
/** Snowflake's: there is no warehouse, or it can't be resumed. */
const NO_WAREHOUSE: ReadonlySet<string> = new Set(['000606', '000608', '090073']);
/** Sessions and sign-in at Snowflake; the SDK's network (401), responses (402), large results (403) and connection (405, 407). */
const SESSION = /^(390\d{3}|40[1-357]\d{3})$/;

/** @returns SOURCE_UNAVAILABLE where the session or the server is at fault, and the same statement may run later. */
export function snowflakeError(thrown: unknown): AskgraphError {
  if (thrown instanceof AskgraphError) return thrown;
  const { code, sqlState = '', message = '' } = (thrown ?? {}) as SnowflakeFailure;
  const text = String(code ?? '');
  if (text === TIMED_OUT) {
    return new AskgraphError('DEADLINE_EXCEEDED', 'The query did not finish in time.', { cause: thrown });
  }
  if (NO_WAREHOUSE.has(text)) return unavailable('Snowflake has no warehouse to run the query.', thrown);
  const isDown = SESSION.test(text) || sqlState.startsWith('08') || /ECONN|socket hang up/.test(message);
  return isDown
    ? unavailable('The connection to Snowflake was lost.', thrown)
    : new AskgraphError('QUERY_FAILED', 'The database could not run the query.', { cause: thrown });
}
