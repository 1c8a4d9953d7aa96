import type { Catalog, Table } from '../../schema/catalog.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Access } from './access.js';
import { checkLiteral } from './check-literal.js';
import type { Dialect } from './dialects/dialect.js';
import { expressionType } from './expression-type.js';
import { type GatheredReads, Scope } from './scope.js';
import type { Parameter } from './statement.js';
import type { Expression, LiteralType, LiteralValue } from './table-query.js';

/** Writes a checked literal: as a placeholder whose value is bound, or into the text. */
type WriteLiteral = (value: LiteralValue, type: LiteralType) => string;

/** Writes that an operand is one of checked values of one type, where the engine takes them as one parameter. */
type WriteList = (operand: string, values: readonly LiteralValue[], type: LiteralType) => string;

/** What writing one statement needs: the names, the dialect, and one of the two ways to write a literal. */
export interface Writer {
  readonly catalog: Catalog;
  readonly dialect: Dialect;
  readonly literals: {
    readonly where: WriteLiteral;
    readonly elsewhere: WriteLiteral;
    readonly list?: WriteList;
  };
  /** What the caller may see; absent where a query is written that is not run for anybody. */
  readonly permitted?: Permitted;
  /** Gathers the tables and columns that the statement reads. */
  readonly reads: GatheredReads;
}

export interface Permitted {
  readonly access: Access;
  /** What is read in a table's place where it is not seen as it stands. */
  readonly source: (writer: Writer, table: Table) => string | undefined;
}

/** What writing one SELECT of the statement needs. */
export interface SelectWriter extends Writer {
  readonly scope: Scope;
  readonly table: string;
  /** For the clause that is being written. */
  readonly literal: WriteLiteral;
  /** Expressions that a query inside has worked out, by their JSON, as they are written then. */
  readonly prepared?: ReadonlyMap<string, string>;
}

/** Literals become placeholders, in the order of the text; their values gather in `parameters`. */
export function bindingWriter(
  permitted: Permitted,
  dialect: Dialect,
  parameters: Parameter[],
  reads: GatheredReads,
): Writer {
  const bind: WriteLiteral = (value, type) => {
    const checked = checkLiteral(value, type);
    parameters.push(checked);
    return dialect.placeholder(parameters.length, type, checked);
  };
  const { list } = dialect;
  const bindList: WriteList | undefined =
    list &&
    ((operand, values, type) => {
      parameters.push(list.value(values.map((value) => checkLiteral(value, type))));
      return list.isOneOf(operand, parameters.length, type);
    });
  const elsewhere = dialect.placeholdersIn === 'where' ? inline(dialect) : bind;
  return {
    catalog: permitted.access.catalog,
    dialect,
    permitted,
    literals: { where: bind, elsewhere, ...(bindList === undefined ? {} : { list: bindList }) },
    reads,
  };
}

/** Literals stand in the text, for people and the guard to read. */
export function inlineWriter(catalog: Catalog, dialect: Dialect): Writer {
  const literal = inline(dialect);
  return { catalog, dialect, literals: { where: literal, elsewhere: literal }, reads: new Map() };
}

function inline(dialect: Dialect): WriteLiteral {
  return (value, type) => dialect.literal(checkLiteral(value, type), type);
}

/** The writer of a SELECT, for its WHERE. */
export function inWhere(writer: SelectWriter): SelectWriter {
  return { ...writer, literal: writer.literals.where };
}

export function selectWriter(writer: Writer, table: string, around?: Scope): SelectWriter {
  const { catalog, dialect, literals, permitted, reads } = writer;
  const permissions = {
    access: permitted?.access,
    source: (wanted: Table) => permitted?.source(writer, wanted),
  };
  const scope = around?.inner(table) ?? new Scope(catalog, dialect, permissions, new Set(), table, reads);
  const common = { catalog, dialect, literals, literal: literals.elsewhere, reads, scope, table };
  return permitted === undefined ? common : { ...common, permitted };
}

export function typeIn(writer: SelectWriter, expression: Expression): ColumnType {
  return expressionType(writer.catalog, writer.table, expression);
}
