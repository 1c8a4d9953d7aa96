import type { ClientBase, Pool as DriverPool } from 'pg';
import { connectionConfig } from './connection-config.js';

export interface PoolOptions {
  /** How many connections there may be. */
  readonly most: number;
  /** SQL with which every connection begins. */
  readonly setting?: string;
}

const IDLE_MILLISECONDS = 60_000;
/** A server that hangs is as one that does not answer. */
const QUERY_MILLISECONDS = 60_000;

/** Connections to the store's database, made when they are needed. Losing one is no error until somebody asks it something. */
export async function openPool(url: URL, { most, setting }: PoolOptions): Promise<DriverPool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    ...connectionConfig(url),
    max: most,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
    ...(setting !== undefined && {
      onConnect: async (client: ClientBase) => void (await client.query(setting)),
    }),
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** All of the work or nothing of it. */
export async function inTransaction<Result>(
  pool: DriverPool,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (thrown) {
    // Whatever state it is in, nobody gets it again; the server rolls back.
    client.release(true);
    throw thrown;
  }
}
