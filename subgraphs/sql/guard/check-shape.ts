import type { GuardEngine } from './engines/engine.js';
import { refuse } from './refusal.js';
import { AGGREGATE_SHAPE, type FieldRule, SHAPES, type Shape } from './shapes.js';
import { type Fields, isEmpty, isObject, kindOf, type Node } from './tree.js';

const MAX_DEPTH = 200;
const MAX_NODES = 20_000;
const MAX_NAME = 128;

/**
 * The allow-list: every node of the tree is of a known kind, every field of it is known or empty, every function and
 * type is listed for the engine, every name and number is well-formed. What the parser learns tomorrow is refused.
 */
export function checkShape(root: Node, engine: GuardEngine): void {
  new ShapeCheck(engine).node(root, 0);
}

export function shapeOf(kind: string, engine: GuardEngine): Shape | undefined {
  if (engine.aggregates.has(kind)) return AGGREGATE_SHAPE;
  const shapes = engine.shapes !== undefined && Object.hasOwn(engine.shapes, kind) ? engine.shapes : SHAPES;
  return Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
}

class ShapeCheck {
  private nodes = 0;
  constructor(private readonly engine: GuardEngine) {}

  node(value: unknown, depth: number): void {
    if (!isObject(value) || Object.keys(value).length !== 1)
      throw refuse('node', 'it is not built as a query is');
    this.nodes += 1;
    if (depth > MAX_DEPTH) throw refuse('size', 'it is nested too deeply');
    if (this.nodes > MAX_NODES) throw refuse('size', 'it is too large');
    const operand = this.engine.wholeCall?.(value);
    if (operand !== undefined) {
      this.node(operand, depth + 1);
      return;
    }
    const kind = kindOf(value);
    const shape = shapeOf(kind, this.engine);
    if (shape === undefined) throw refuse('node', `"${kind}" is not allowed`);
    const fields = value[kind];
    if (isObject(fields)) this.fields(fields, shape, kind, depth);
    else if (!isEmpty(fields)) throw refuse('node', `"${kind}" is not allowed in this form`);
  }

  private fields(fields: Fields, shape: Shape, owner: string, depth: number): void {
    if (owner === 'literal') checkLiteral(fields, this.engine);
    if (owner === 'interval') checkInterval(fields);
    for (const [name, value] of Object.entries(fields)) {
      if (isEmpty(value)) continue;
      const rule = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (rule === undefined) throw refuse('node', `"${name}" is not allowed in "${owner}"`);
      this.value(value, rule, `${owner}.${name}`, depth);
    }
  }

  private value(value: unknown, rule: FieldRule, where: string, depth: number): void {
    switch (rule) {
      case 'expression':
        this.node(value, depth + 1);
        return;
      case 'identifier':
        checkIdentifier(value);
        return;
      case 'functionName':
        if (typeof value === 'string' && this.engine.functions.has(value)) return;
        throw refuse('function', `the function ${JSON.stringify(value)} is not allowed`);
      case 'typeName':
        if (typeof value === 'string' && this.engine.types.has(value)) return;
        throw refuse('type', `the type ${JSON.stringify(value)} is not allowed`);
      case 'rowCount':
        checkRowCount(value);
        return;
      case 'boolean':
        if (typeof value === 'boolean') return;
        break;
      case 'number':
        if (Number.isSafeInteger(value)) return;
        break;
      case 'literalText':
        if (typeof value === 'string') return;
        break;
      default:
        if (this.compound(value, rule, where, depth)) return;
    }
    throw refuse('node', `"${where}" is not allowed in this form`);
  }

  private compound(value: unknown, rule: Exclude<FieldRule, string>, where: string, depth: number): boolean {
    if ('list' in rule) {
      if (!Array.isArray(value)) return false;
      for (const item of value) this.value(item, rule.list, where, depth);
      return true;
    }
    if (typeof value === 'string') return rule.words?.includes(value) ?? false;
    if (!isObject(value) || rule.fields === undefined) return false;
    this.fields(value, rule.fields, where, depth);
    return true;
  }
}

function checkIdentifier(value: unknown): void {
  const name = isObject(value) ? value.name : undefined;
  const others = isObject(value)
    ? Object.entries(value).filter(([key, field]) => key !== 'name' && key !== 'quoted' && !isEmpty(field))
    : [];
  // Quotes and backslashes within a name are where engines and generators differ in escaping.
  if (typeof name !== 'string' || name === '' || others.length > 0 || /["`\\\p{Cc}]/u.test(name)) {
    throw refuse('identifier', 'a name in it holds characters that names may not hold');
  }
  if (name.length > MAX_NAME)
    throw refuse('identifier', `a name in it is longer than ${MAX_NAME} characters`);
}

/** Escape strings, dollar quotes and the like are read differently by engine and parser, or by two engines. */
function checkLiteral({ literal_type: type, value }: Fields, { literalText }: GuardEngine): void {
  if (type !== 'number' && type !== 'string')
    throw refuse('literal', 'text is written in single quotes only');
  if (type === 'number' && !/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(String(value))) {
    throw refuse('literal', `${JSON.stringify(value)} is not written as a number`);
  }
  if (type === 'string' && literalText?.test(String(value)) === false) {
    throw refuse('literal', 'a backslash in it could be read in two ways');
  }
}

/** An interval whose unit the parser does not know would lose it: the unit would become the column's name. */
function checkInterval(fields: Fields): void {
  const { this: amount, unit } = fields;
  const literal = isObject(amount) && isObject(amount.literal) ? amount.literal : {};
  if (isEmpty(unit) && literal.literal_type !== 'string') throw refuse('literal', 'an interval has no unit');
}

/** Only digits: an expression could be anything, a percentage is no bound. */
function checkRowCount(value: unknown): void {
  const literal =
    isObject(value) && kindOf(value) === 'literal' && isObject(value.literal) ? value.literal : {};
  if (literal.literal_type !== 'number' || !/^\d{1,15}$/.test(String(literal.value))) {
    throw refuse('limit', 'LIMIT and OFFSET take a plain number');
  }
}
