import { AskgraphError, assertNever } from '../../schema/errors.js';
import { expressionType } from './expression-type.js';
import type { AggregateExpression, Expression } from './table-query.js';
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
    case 'avg':
      return writer.dialect.average(writeOperand(writer, expression, of));
    default:
      return `${expression.function.toUpperCase()}(${writeOperand(writer, expression, of)})`;
  }
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
