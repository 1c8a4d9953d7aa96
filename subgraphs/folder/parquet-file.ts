import { literal } from '../connectors/demo-data.js';
import { withoutExtension } from './data-file.js';
import { describeRelation, plainColumn, type Stage } from './staged-table.js';

/** A Parquet file: one table, whose columns have the types that the file says. */
export const stageParquet: Stage = async ({ connection, file, path }, use) => {
  const relation = `read_parquet(${literal(path)})`;
  const columns = await describeRelation(connection, relation);
  const name = withoutExtension(file.name);
  await use([
    {
      name,
      relation,
      comment: '',
      columns: columns.map((column) => plainColumn(column.name, column.type)),
      primaryKey: [],
    },
  ]);
};
