import type { Catalog, Column } from '../../schema/catalog.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { LiteralType } from '../../subgraphs/sql/table-query.js';
import { type OpenShop, shopCatalog } from '../fixtures/shop.js';

type Engine = 'postgres' | 'mysql';

const TYPES: Readonly<Record<Engine, Readonly<Record<ColumnType, string>>>> = {
  postgres: {
    STRING: 'TEXT',
    INTEGER: 'INTEGER',
    BIGINT: 'BIGINT',
    DECIMAL: 'NUMERIC(12, 2)',
    FLOAT: 'DOUBLE PRECISION',
    BOOLEAN: 'BOOLEAN',
    DATE: 'DATE',
    DATETIME: 'TIMESTAMP',
    JSON: 'JSONB',
  },
  mysql: {
    STRING: 'VARCHAR(200)',
    INTEGER: 'INTEGER',
    BIGINT: 'BIGINT',
    DECIMAL: 'DECIMAL(12, 2)',
    FLOAT: 'DOUBLE',
    BOOLEAN: 'BOOLEAN',
    DATE: 'DATE',
    DATETIME: 'DATETIME(6)',
    JSON: 'JSON',
  },
};

const DIALECTS: Readonly<Record<Engine, Dialect>> = { postgres: postgresDialect, mysql: mysqlDialect };

/** The statements that make the shop of the fixtures on another engine, read from the embedded one. */
export async function shopStatements(
  shop: OpenShop,
  engine: Engine,
  catalog: Catalog = shopCatalog,
): Promise<string[]> {
  const { quote } = DIALECTS[engine];
  const statements: string[] = [];
  for (const { name, columns } of catalog.tables) {
    const list = columns.map((column) => `${quote(column.name)} ${TYPES[engine][column.columnType]}`);
    statements.push(`CREATE TABLE ${quote(name)} (${list.join(', ')})`);
    const rows = await shop.sql(
      `SELECT ${columns.map((column) => `"${column.name}"`).join(', ')} FROM "${name}"`,
    );
    if (rows.length === 0) continue;
    const tuples = rows.map((row) => tupleOf(row, columns, engine));
    statements.push(`INSERT INTO ${quote(name)} VALUES ${tuples.join(', ')}`);
  }
  return statements;
}

function tupleOf(row: readonly Cell[], columns: readonly Column[], engine: Engine): string {
  const cells = columns.map(({ columnType }, index) => {
    const cell = row[index] ?? null;
    if (cell === null) return 'NULL';
    const { literal } = DIALECTS[engine];
    if (columnType === 'JSON') return literal(JSON.stringify(cell), 'STRING');
    return literal(cell as string | number | boolean, columnType as LiteralType);
  });
  return `(${cells.join(', ')})`;
}
