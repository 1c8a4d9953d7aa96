import type { DuckDBConnection } from '@duckdb/node-api';

/** Opens a DuckDB file for one piece of work, and closes it whatever comes of that. */
export async function withDatabase<Result>(
  path: string,
  settings: Readonly<Record<string, string>>,
  use: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(path, { ...settings });
  try {
    const connection = await instance.connect();
    try {
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
