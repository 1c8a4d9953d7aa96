import { literal } from '../connectors/demo-data.js';
import { withoutExtension } from './data-file.js';
import { describeRelation, plainColumn, type Stage } from './staged-table.js';

/** Every value decides on its column's type, and an object stays an object however many keys it has. */
const DETECTION = 'sample_size=-1, map_inference_threshold=-1, field_appearance_threshold=0';

/** A file of JSON: an array of objects, or one object after another. Nested values stay nested. */
export const stageJson: Stage = async ({ connection, file, path }, use) => {
  const relation = `read_json(${literal(path)}, ${DETECTION})`;
  const columns = await describeRelation(connection, relation);
  await use([
    {
      name: withoutExtension(file.name),
      relation,
      comment: '',
      columns: columns.map(({ name, type }) => plainColumn(name, type)),
      primaryKey: [],
    },
  ]);
};
