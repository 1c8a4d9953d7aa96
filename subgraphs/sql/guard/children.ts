import { shapeOf } from './check-shape.js';
import type { GuardEngine } from './engines/engine.js';
import type { FieldRule, Shape } from './shapes.js';
import { fieldsOf, isEmpty, isObject, kindOf, type Node } from './tree.js';

/** Every expression directly under a checked node, in the order of its fields. */
export function childrenOf(node: Node, engine: GuardEngine): Node[] {
  const found: Node[] = [];
  collect(fieldsOf(node), { fields: shapeOf(kindOf(node), engine) ?? {} }, found);
  return found;
}

function collect(value: unknown, rule: FieldRule, found: Node[]): void {
  if (isEmpty(value)) return;
  if (rule === 'expression' || rule === 'rowCount') found.push(value as Node);
  else if (typeof rule === 'string') return;
  else if ('list' in rule) for (const item of value as unknown[]) collect(item, rule.list, found);
  else if (isObject(value)) collectFields(value, rule.fields ?? {}, found);
}

function collectFields(fields: Record<string, unknown>, shape: Shape, found: Node[]): void {
  for (const [name, value] of Object.entries(fields)) {
    const rule = shape[name];
    if (rule !== undefined) collect(value, rule, found);
  }
}
