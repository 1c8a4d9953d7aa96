import type { Table } from '../../../schema/catalog.js';
import { AskgraphError } from '../../../schema/errors.js';
import { type Access, aggregateOnlyIn, INDIVIDUAL, refuseRowByRow, suppressSmall } from '../access.js';
import type { Dialect } from '../dialects/dialect.js';
import { writeSource } from '../write-source.js';
import { inlineWriter } from '../writer.js';
import { shapeOf } from './check-shape.js';
import type { GuardEngine } from './engines/engine.js';
import { refuse } from './refusal.js';
import { become, fieldsOf, isEmpty, isObject, kindOf, makeColumnNode, type Node } from './tree.js';

/** No name of a statement may begin so: these stand in the checked tree for what is written here. */
const RESERVED = 'askgraph_';

/**
 * What of a statement is written here, not by the parser's generator: the queries in place of restricted tables, and
 * aggregates that are null where too few stand behind them. In the tree each is a name, which the finished text has
 * replaced.
 */
export class Restricted {
  private readonly sources = new Map<string, Written>();
  private readonly aggregates = new Map<string, Written>();
  private filtered = false;

  constructor(
    private readonly access: Access,
    private readonly dialect: Dialect,
  ) {}

  /** Refuses a text that uses the names which are kept for this. */
  checkText(sql: string): void {
    if (sql.toLowerCase().includes(RESERVED)) {
      throw refuse('identifier', `names that begin with "${RESERVED}" are not for statements`);
    }
  }

  /** The name that stands for a restricted table; undefined for a table that is read as it stands. */
  nameOf(table: Table): string | undefined {
    const writer = inlineWriter(this.access.catalog, this.dialect);
    const permitted = { access: this.access, source: writeSource };
    const text = writeSource({ ...writer, permitted }, table);
    if (text === undefined) return undefined;
    this.filtered ||= this.access.tables.get(table.name)?.rows !== undefined;
    const name = `${RESERVED}source_${this.sources.size + 1}`;
    this.sources.set(name, { text, plain: this.dialect.quote(table.name) });
    return name;
  }

  isAggregateOnly(table: Table | undefined, column: string): boolean {
    return table !== undefined && aggregateOnlyIn(this.access, table, column) !== undefined;
  }

  /** @throws FORBIDDEN where a column that is seen in aggregates only is read in another way. */
  checkRowByRow(table: Table | undefined, column: string): void {
    if (table !== undefined && this.isAggregateOnly(table, column)) throw refuseRowByRow(table, column);
  }

  /** Puts in place of an aggregate over such a column one that is null over too few individuals. */
  suppress(node: Node, figure: Figure, relation: string, table: Table, column: string): void {
    const rule = aggregateOnlyIn(this.access, table, column);
    if (rule === undefined) return;
    const { quote } = this.dialect;
    const value = `${quote(relation)}.${quote(column)}`;
    const individuals = `CASE WHEN ${value} IS NOT NULL THEN ${quote(relation)}.${quote(INDIVIDUAL)} END`;
    const name = `${RESERVED}aggregate_${this.aggregates.size + 1}`;
    const plain = `${figure.toUpperCase()}(${value})`;
    this.aggregates.set(name, { text: suppressSmall(plain, individuals, rule), plain });
    become(node, makeColumnNode(undefined, name));
  }

  /** Whether a node is such an aggregate, which is none to the engine: it takes no window. */
  isSuppressed(node: unknown): boolean {
    if (!isObject(node) || kindOf(node) !== 'column') return false;
    const identifier = fieldsOf(node).name;
    return isObject(identifier) && this.aggregates.has(String(identifier.name));
  }

  /** Where the engine has no fence that is known to hold, what can raise an error could tell of rows that are not seen. */
  checkFence(root: Node, engine: GuardEngine): void {
    if (this.filtered && this.dialect.fence.holds === 'unproven') refuseRaising(root, engine);
  }

  /** The regenerated text, with what is written here in its place. */
  write(text: string): string {
    for (const name of this.sources.keys()) {
      if (text.split(this.dialect.quote(name)).length !== 2) {
        throw new AskgraphError('INTERNAL', 'A restricted table did not come out once.');
      }
    }
    return this.replaceNames(text, (written) => written.text);
  }

  /** The regenerated text as it would be without restrictions. */
  writePlainly(text: string): string {
    return this.replaceNames(text, (written) => written.plain);
  }

  private replaceNames(text: string, choose: (written: Written) => string): string {
    const all = [...this.aggregates, ...this.sources];
    return all.reduce(
      (current, [name, written]) => current.replaceAll(this.dialect.quote(name), () => choose(written)),
      text,
    );
  }
}

interface Written {
  readonly text: string;
  /** What it stands in the place of. */
  readonly plain: string;
}

export type Figure = 'count' | 'sum' | 'avg';

/** The aggregate that a node is, if it is one of those and nothing else: no DISTINCT, no FILTER, no order. */
export function plainFigure(node: Node): { readonly figure: Figure; readonly operand: Node } | undefined {
  const kind = kindOf(node);
  if (kind !== 'count' && kind !== 'sum' && kind !== 'avg') return undefined;
  const { this: operand, original_name: _, name: __, ...others } = fieldsOf(node);
  const isPlain = Object.entries(others).every(([key, value]) => isEmpty(value) || key === 'inferred_type');
  return isPlain && isObject(operand) && kindOf(operand) === 'column' ? { figure: kind, operand } : undefined;
}

/** Functions that give a value for every argument of their types. */
const SAFE = new Set(
  `abs avg coalesce concat count count_if greatest least lower upper length len max min nullif round sum trim ltrim
   rtrim row_number rank dense_rank first_value last_value ifnull nvl year month day quarter date_trunc`.split(
    /\s+/,
  ),
);
const SAFE_KINDS = new Set(
  `select union intersect except subquery values table joined_table column star alias paren tuple literal boolean
   null interval and or not eq neq lt lte gt gte null_safe_eq null_safe_neq like i_like in between is_null is_true
   is_false exists any all case count sum avg min max function aggregate_function trim extract window_function
   row_number rank dense_rank current_date current_timestamp`.split(/\s+/),
);

function refuseRaising(value: unknown, engine: GuardEngine): void {
  if (Array.isArray(value)) {
    for (const item of value) refuseRaising(item, engine);
    return;
  }
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  const kind = kindOf(value);
  const fields = value[kind];
  const isNode = keys.length === 1 && isObject(fields) && !('name' in value) && isKind(kind, engine);
  const name = isNode && 'name' in fields && typeof fields.name === 'string' ? fields.name : undefined;
  const isCall = kind === 'function' || kind === 'aggregate_function';
  if (isNode && (isCall ? !SAFE.has(name ?? '') : !SAFE_KINDS.has(kind)) && !isSafeCast(kind, fields)) {
    throw refuse(
      'raising',
      `over rows that are filtered for the caller, ${isCall ? `"${name}"` : `"${kind}"`} could raise an error`,
    );
  }
  for (const field of Object.values(value)) refuseRaising(field, engine);
}

/** A literal is cast before there are rows, and an error tells of none. */
function isSafeCast(kind: string, fields: Record<string, unknown>): boolean {
  return (
    kind === 'try_cast' || (kind === 'cast' && isObject(fields.this) && kindOf(fields.this) === 'literal')
  );
}

/** Fields of the tree's own that are objects of one field, such as `{ order_by: { expressions } }`, are no nodes. */
function isKind(kind: string, engine: GuardEngine): boolean {
  return shapeOf(kind, engine) !== undefined;
}
