import type { FieldNode, SelectionSetNode } from 'graphql';
import type { ResultPath } from './path.js';
import { collectFieldsOfAnyType, type SelectionContext } from './selections.js';

/**
 * Says a place in the fetched data in the client's names. A field that only the plan asked for (a key, or what
 * another field requires) has no place in the answer: the path then ends at the object that it belongs to.
 */
export function toClientPath(
  path: ResultPath,
  selectionSet: SelectionSetNode,
  dataKey: (field: FieldNode) => string,
  context: SelectionContext,
): ResultPath {
  const translated: (string | number)[] = [];
  let selectionSets: readonly SelectionSetNode[] = [selectionSet];
  for (const segment of path) {
    if (typeof segment === 'number') {
      translated.push(segment);
      continue;
    }
    const fields = collectFieldsOfAnyType(selectionSets, context).filter(
      (field) => dataKey(field) === segment,
    );
    const [first] = fields;
    if (first === undefined) break;
    translated.push((first.alias ?? first.name).value);
    selectionSets = fields.flatMap((field) => (field.selectionSet === undefined ? [] : [field.selectionSet]));
  }
  return translated;
}
