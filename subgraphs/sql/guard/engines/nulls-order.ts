import { isObject, type Node } from '../tree.js';

/**
 * Forgets `NULLS …` where it says what the engine does anyway, for engines to which nulls are the largest values: the
 * generator leaves it out.
 */
export function forgetUsualNulls(node: Node): void {
  const { nulls_first: first, desc } = node;
  if (isObject(node.this) && typeof first === 'boolean' && first === (desc === true)) node.nulls_first = null;
}
