import { DuckDBInstance } from '@duckdb/node-api';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import { SHOP_SQL } from '../../subgraphs/sql/guard/corpus/shop.js';

type Engine = 'postgres' | 'mysql';

const DIALECTS: Readonly<Record<Engine, Dialect>> = { postgres: postgresDialect, mysql: mysqlDialect };
const TYPES: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  postgres: { VARCHAR: 'TEXT', DOUBLE: 'DOUBLE PRECISION' },
  mysql: { VARCHAR: 'VARCHAR(100)', DOUBLE: 'DOUBLE', TIMESTAMP: 'DATETIME(6)' },
};

/** The statements that make the guard's shop on a server, hidden columns and tables included. */
export async function shopStatements(engine: Engine): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(SHOP_SQL);
  const { quote } = DIALECTS[engine];
  const statements: string[] = [];
  const tables = await connection.runAndReadAll(
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main' ORDER BY table_name, ordinal_position",
  );
  const byTable = new Map<string, unknown[][]>();
  for (const row of tables.getRows()) {
    const table = String(row[0]);
    byTable.set(table, [...(byTable.get(table) ?? []), row]);
  }
  for (const [table, columns] of byTable) {
    const list = columns.map(
      ([, name, type]) => `${quote(String(name))} ${TYPES[engine][String(type)] ?? type}`,
    );
    statements.push(`CREATE TABLE ${quote(table)} (${list.join(', ')})`);
    const names = columns.map(([, name]) => `CAST("${name}" AS VARCHAR)`).join(', ');
    const rows = (await connection.runAndReadAll(`SELECT ${names} FROM "${table}"`)).getRows();
    const tuples = rows.map((row) => {
      const cells = row.map((cell) => (cell === null ? 'NULL' : cellLiteral(String(cell))));
      return `(${cells.join(', ')})`;
    });
    statements.push(`INSERT INTO ${quote(table)} VALUES ${tuples.join(', ')}`);
  }
  connection.closeSync();
  instance.closeSync();
  return statements;
}

function cellLiteral(text: string): string {
  return text === 'true' || text === 'false' ? text : `'${text.replaceAll("'", "''")}'`;
}
