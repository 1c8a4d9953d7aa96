import { type DuckDBConnection, DuckDBInstance, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

/**
 * What the fakes of warehouses run SQL on. DuckDB agrees with them about most of what `compile` writes; macros give it
 * their names for the rest. An answer of a fake shows that a connector works, never that an engine agrees.
 */
export interface FakeEngine {
  run(sql: string): FakeRun;
  close(): Promise<void>;
}

export interface FakeRun {
  readonly result: Promise<FakeResult>;
  /** The result then rejects. */
  cancel(): void;
}

export interface FakeResult {
  readonly columns: readonly { readonly name: string; readonly type: DuckDBType }[];
  readonly rows: readonly (readonly DuckDBValue[])[];
}

/** More rows than this nobody asks a fake for. */
const MOST_ROWS = 200_000;

/** Opens an empty database and makes it ready with the given statements. */
export async function openFakeEngine(setup: readonly string[]): Promise<FakeEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const builder = await instance.connect();
  for (const statement of setup) await builder.run(statement);
  builder.closeSync();
  const running = new Set<Promise<unknown>>();
  return {
    run(sql) {
      let connection: DuckDBConnection | undefined;
      let timer: NodeJS.Timeout | undefined;
      const result = (async () => {
        connection = await instance.connect();
        try {
          const reader = await connection.runAndReadUntil(sql, MOST_ROWS);
          const types = reader.columnTypes();
          const columns = reader.columnNames().map((name, index) => ({ name, type: types[index]! }));
          return { columns, rows: reader.getRows() };
        } finally {
          clearInterval(timer);
          connection.closeSync();
          connection = undefined;
        }
      })();
      const settled = result.catch(() => {}).finally(() => running.delete(settled));
      running.add(settled);
      return {
        result,
        cancel() {
          // One interrupt can fall between two steps of a statement, and be lost.
          clearInterval(timer);
          timer = setInterval(() => connection?.interrupt(), 5);
          settled.finally(() => clearInterval(timer));
        },
      };
    },
    async close() {
      await Promise.all(running);
      instance.closeSync();
    },
  };
}

/** A 32-bit float in as few digits as tell it apart, as engines write it. */
export function shortest(value: number, type: DuckDBType): number {
  if (String(type) !== 'FLOAT') return value;
  const digits = [6, 7, 8, 9].find((count) => Math.fround(Number(value.toPrecision(count))) === value);
  return digits === undefined ? value : Number(value.toPrecision(digits));
}

/** Puts a literal in the place of each `?` that stands outside quotes. */
export function substitute(sql: string, literals: readonly string[]): string {
  let next = 0;
  const text = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (part) =>
    part === '?' ? (literals[next++] ?? '?') : part,
  );
  if (next !== literals.length) {
    throw new Error(`Incorrect number of parameters: expected ${next} but found ${literals.length}`);
  }
  return text;
}
