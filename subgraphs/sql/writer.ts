import type { Catalog } from '../../schema/catalog.js';
import type { ColumnType } from '../../schema/hive-type.js';
import { checkLiteral } from './check-literal.js';
import type { Dialect } from './dialects/dialect.js';
import { expressionType } from './expression-type.js';
import { Scope } from './scope.js';
import type { Parameter } from './statement.js';
import type { Expression, LiteralType, LiteralValue } from './table-query.js';

/** Writes a checked literal: as a placeholder whose value is bound, or into the text. */
type WriteLiteral = (value: LiteralValue, type: LiteralType) => string;

/** What writing one statement needs: the names, the dialect, and one of the two ways to write a literal. */
export interface Writer {
  readonly catalog: Catalog;
  readonly dialect: Dialect;
  readonly literal: WriteLiteral;
}

/** What writing one SELECT of the statement needs. */
export interface SelectWriter extends Writer {
  readonly scope: Scope;
  readonly table: string;
  /** Expressions that a query inside has worked out, by their JSON, as they are written then. */
  readonly prepared?: ReadonlyMap<string, string>;
}

/** Literals become placeholders, in the order of the text; their values gather in `parameters`. */
export function bindingWriter(catalog: Catalog, dialect: Dialect, parameters: Parameter[]): Writer {
  return {
    catalog,
    dialect,
    literal(value, type) {
      const checked = checkLiteral(value, type);
      parameters.push(checked);
      return dialect.placeholder(parameters.length, type, checked);
    },
  };
}

/** Literals stand in the text, for people and the guard to read. */
export function inlineWriter(catalog: Catalog, dialect: Dialect): Writer {
  return { catalog, dialect, literal: (value, type) => dialect.literal(checkLiteral(value, type), type) };
}

export function selectWriter(writer: Writer, table: string, around?: Scope): SelectWriter {
  const scope = around?.inner(table) ?? new Scope(writer.catalog, writer.dialect, new Set(), table);
  return { catalog: writer.catalog, dialect: writer.dialect, literal: writer.literal, scope, table };
}

export function typeIn(writer: SelectWriter, expression: Expression): ColumnType {
  return expressionType(writer.catalog, writer.table, expression);
}
