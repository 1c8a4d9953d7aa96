import { literal } from '../connectors/demo-data.js';
import { quoted } from './folder-names.js';
import { rowsOf, type Stage, type StagedTable } from './staged-table.js';

/** A DuckDB database: its tables and views. A view that reads other files than itself fails, and costs itself. */
export const stageDuckdb: Stage = async ({ connection, path }, use) => {
  await connection.run(`ATTACH ${literal(path)} AS source (READ_ONLY)`);
  try {
    await use(await tablesOf(connection));
  } finally {
    await connection.run('DETACH source');
  }
};

type Rows = readonly Record<string, unknown>[];

async function tablesOf(connection: Parameters<typeof rowsOf>[0]): Promise<StagedTable[]> {
  const where = `WHERE database_name = 'source'`;
  const tables = await rowsOf(
    connection,
    `SELECT schema_name, table_name, comment FROM duckdb_tables() ${where} AND NOT internal
     UNION ALL
     SELECT schema_name, view_name, comment FROM duckdb_views() ${where} AND NOT internal
     ORDER BY 1, 2`,
  );
  const columns = await rowsOf(
    connection,
    `SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() ${where}
     ORDER BY column_index`,
  );
  const constraints = await rowsOf(
    connection,
    `SELECT schema_name, table_name, constraint_type, constraint_column_names AS names, referenced_table,
       referenced_column_names AS referenced FROM duckdb_constraints() ${where}`,
  );
  return tables.map((table) => {
    const of = (rows: Rows) =>
      rows.filter((row) => row.schema_name === table.schema_name && row.table_name === table.table_name);
    return tableOf(table, of(columns), of(constraints));
  });
}

function tableOf(table: Record<string, unknown>, columns: Rows, constraints: Rows): StagedTable {
  const [schema, name] = [String(table.schema_name), String(table.table_name)];
  const key = constraints.find(({ constraint_type }) => constraint_type === 'PRIMARY KEY');
  const prefixed = (other: string) => (schema === 'main' ? other : `${schema}_${other}`);
  const targets = new Map(
    constraints
      .filter((row) => row.constraint_type === 'FOREIGN KEY' && (row.names as string[]).length === 1)
      .map((row) => [
        (row.names as string[])[0],
        {
          table: prefixed(String(row.referenced_table)),
          column: String((row.referenced as string[])[0]),
        },
      ]),
  );
  return {
    name: prefixed(name),
    relation: `source.${quoted(schema)}.${quoted(name)}`,
    comment: String(table.comment ?? ''),
    columns: columns.map((column) => ({
      name: String(column.column_name),
      comment: String(column.comment ?? ''),
      type: String(column.data_type),
      hints: [],
      references: targets.get(String(column.column_name)),
    })),
    primaryKey: (key?.names as string[] | undefined) ?? [],
  };
}
