import { AskgraphError, assertNever } from '../../schema/errors.js';
import { suppressSmall } from './access.js';
import { expressionType } from './expression-type.js';
import type { AggregateOnlyColumn } from './scope.js';
import type { AggregateExpression, AggregateFunction, Expression, RelatedAggregate } from './table-query.js';
import { writeCondition } from './write-condition.js';
import { writeQuery } from './write-query.js';
import type { SelectWriter } from './writer.js';

export function writeExpression(writer: SelectWriter, expression: Expression): string {
  const prepared = writer.prepared?.get(JSON.stringify(expression));
  if (prepared !== undefined) return prepared;
  if (expression.kind !== 'column' && expression.kind !== 'literal') checkTypes(writer, expression);
  switch (expression.kind) {
    case 'column':
      return writer.scope.resolve(expression.path, expression.column).sql;
    case 'aggregate':
      return writeAggregate(writer, expression);
    case 'grain':
      return writer.dialect.grain(expression.grain, writeExpression(writer, expression.of));
    case 'part':
      return writer.dialect.part(expression.part, writeExpression(writer, expression.of));
    case 'literal':
      return writer.literal(expression.value, expression.type);
    case 'relatedAggregate':
      return writeRelatedAggregate(writer, expression);
    case 'arithmetic':
      return writeArithmetic(writer, expression);
    case 'query':
      return `(\n${indent(writeQuery(writer, expression.query, writer.scope))}\n)`;
    default:
      return assertNever(expression);
  }
}

/** Finds out what an expression gives, and so that its parts fit. */
function checkTypes(writer: SelectWriter, expression: Expression): void {
  expressionType(writer.catalog, writer.table, expression);
}

/** Moves lines in; a line break inside quotes is part of a value or a name, and stays as it is. */
export function indent(text: string): string {
  if (!text.includes('\n')) return `  ${text}`;
  return `  ${text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\n/g, (part) => (part === '\n' ? '\n  ' : part))}`;
}

function writeArithmetic(
  writer: SelectWriter,
  expression: Extract<Expression, { kind: 'arithmetic' }>,
): string {
  const left = writeExpression(writer, expression.left);
  const right = writeExpression(writer, expression.right);
  return expression.operator === '/'
    ? writer.dialect.divide(left, right)
    : `(${left} ${expression.operator} ${right})`;
}

function writeAggregate(writer: SelectWriter, expression: AggregateExpression): string {
  const { of } = expression;
  const aggregateOnly =
    of?.kind === 'column' ? writer.scope.resolveAggregateOnly(of.path, of.column) : undefined;
  if (aggregateOnly !== undefined) return writeSuppressed(writer, expression, aggregateOnly);
  if (of === undefined) {
    return expression.where === undefined
      ? 'COUNT(*)'
      : `COUNT(CASE WHEN ${writeCondition(writer, expression.where)} THEN 1 END)`;
  }
  switch (expression.function) {
    case 'countDistinct':
      return `COUNT(DISTINCT ${writeOperand(writer, expression, of)})`;
    case 'first':
    case 'last':
      return writePick(writer, expression, of);
    case 'median':
      return writeMedian(writer, writeOperand(writer, expression, of));
    default:
      return writeFigure(writer, expression.function, writeOperand(writer, expression, of));
  }
}

/** The figures that a column gives which is seen in aggregates only; all others are read row by row, and refused. */
const FIGURES = ['count', 'sum', 'avg'] as const;

function writeSuppressed(
  writer: SelectWriter,
  { function: name, of, where }: AggregateExpression,
  { sql, individual, rule }: AggregateOnlyColumn,
): string {
  const figure = FIGURES.find((known) => known === name);
  if (figure === undefined && of !== undefined) return writeExpression(writer, of);
  const chosen = () => (where === undefined ? '' : ` AND (${writeCondition(writer, where)})`);
  const individuals = `CASE WHEN ${sql} IS NOT NULL${chosen()} THEN ${individual} END`;
  const operand = where === undefined ? sql : `CASE WHEN ${writeCondition(writer, where)} THEN ${sql} END`;
  return suppressSmall(writeFigure(writer, figure ?? 'count', operand), individuals, rule);
}

/** An aggregate that needs nothing but its operand. */
export function writeFigure(
  { dialect }: SelectWriter,
  name: Exclude<AggregateFunction, 'countDistinct' | 'first' | 'last' | 'median'>,
  operand: string,
): string {
  switch (name) {
    case 'avg':
      return dialect.average(operand);
    case 'stddevSample':
      return `STDDEV_SAMP(${dialect.double(operand)})`;
    case 'varianceSample':
      return `VAR_SAMP(${dialect.double(operand)})`;
    case 'count':
    case 'sum':
    case 'min':
    case 'max':
      return `${name.toUpperCase()}(${operand})`;
    default:
      return assertNever(name);
  }
}

function writeMedian({ dialect }: SelectWriter, operand: string): string {
  if (dialect.median === undefined) throw new AskgraphError('INTERNAL', 'The median was not ranked.');
  return dialect.median(dialect.double(operand));
}

/**
 * Groups the related rows by their key and joins the figures: correlated queries in an ORDER BY are not every engine's,
 * and one pass over the related rows is seldom slower than a look-up for each row.
 */
function writeRelatedAggregate(writer: SelectWriter, expression: RelatedAggregate): string {
  const { path, relation, figure } = expression;
  const { dialect, scope } = writer;
  const alias = scope.joinFigure(path, relation, JSON.stringify(expression), ({ toTable, toColumn }) => {
    const key: Expression = { kind: 'column', path: [], column: toColumn };
    const select = [
      { as: 'figure_key', expression: key },
      { as: 'figure', expression: figure },
    ];
    const query = { table: toTable, select, groupBy: [key] };
    return { text: indent(writeQuery(writer, query, scope)), key: dialect.quote('figure_key') };
  });
  const joined = `${alias}.${dialect.quote('figure')}`;
  const counts =
    figure.kind === 'aggregate' && (figure.function === 'count' || figure.function === 'countDistinct');
  return counts ? `COALESCE(${joined}, 0)` : joined;
}

function writePick(writer: SelectWriter, expression: AggregateExpression, of: Expression): string {
  const { pick } = writer.dialect;
  if (pick === undefined)
    throw new AskgraphError('INTERNAL', `The ${expression.function} value was not ranked.`);
  return pick(
    expression.function === 'first' ? 'first' : 'last',
    writeOperand(writer, expression, of),
    writeOperand(writer, expression, orderOf(expression)),
  );
}

/** `CASE` instead of `FILTER`, which half of the engines lack; every aggregate passes over nulls. */
export function writeOperand(writer: SelectWriter, { where }: AggregateExpression, of: Expression): string {
  return where === undefined
    ? writeExpression(writer, of)
    : `CASE WHEN ${writeCondition(writer, where)} THEN ${writeExpression(writer, of)} END`;
}

export function orderOf(expression: AggregateExpression): Expression {
  if (expression.by !== undefined) return expression.by;
  throw new AskgraphError('BAD_USER_INPUT', `Say by what the ${expression.function} value is found.`);
}
