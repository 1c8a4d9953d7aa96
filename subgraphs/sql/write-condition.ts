import { AskgraphError, assertNever } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { ComparisonOperator, Condition, Expression, LiteralType, LiteralValue } from './table-query.js';
import { indent, writeExpression } from './write-expression.js';
import { inWhere, type SelectWriter, selectWriter, typeIn } from './writer.js';

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};
const ALWAYS = '1 = 1';
const NEVER = '1 = 0';

export function writeCondition(writer: SelectWriter, condition: Condition): string {
  switch (condition.kind) {
    case 'comparison':
      return writeComparison(writer, condition);
    case 'in':
      return writeIn(writer, condition);
    case 'isNull':
      return `${writeExpression(writer, condition.of)} IS NULL`;
    case 'text':
      return writeTextMatch(writer, condition);
    case 'and':
      return writeAll(writer, condition.conditions, 'AND', ALWAYS);
    case 'or':
      return writeAll(writer, condition.conditions, 'OR', NEVER);
    case 'not':
      return writeNot(writer, condition.condition);
    case 'related':
      return writeRelated(writer, condition);
    default:
      return assertNever(condition);
  }
}

function writeNot(writer: SelectWriter, condition: Condition): string {
  return condition.kind === 'isNull'
    ? `${writeExpression(writer, condition.of)} IS NOT NULL`
    : `NOT (${writeCondition(writer, condition)})`;
}

function writeAll(
  writer: SelectWriter,
  conditions: readonly Condition[],
  word: 'AND' | 'OR',
  none: string,
): string {
  const [only, ...others] = conditions;
  if (only === undefined) return none;
  if (others.length === 0) return writeCondition(writer, only);
  return conditions
    .map((condition) => inBrackets(condition, writeCondition(writer, condition)))
    .join(` ${word} `);
}

export function inBrackets(condition: Condition, text: string): string {
  return condition.kind === 'and' || condition.kind === 'or' ? `(${text})` : text;
}

function writeComparison(
  writer: SelectWriter,
  condition: Extract<Condition, { kind: 'comparison' }>,
): string {
  const left = writeBeside(writer, condition.left, condition.right);
  const right = writeBeside(writer, condition.right, condition.left);
  return `${left} ${OPERATORS[condition.operator]} ${right}`;
}

function writeIn(writer: SelectWriter, { of, values }: Extract<Condition, { kind: 'in' }>): string {
  if (values.length === 0) return NEVER;
  const operand = writeExpression(writer, of);
  const type = typeIn(writer, of);
  const asOne = writeAsOne(writer, operand, values, type);
  if (asOne !== undefined) return asOne;
  const list = values.map((value) =>
    value.kind === 'literal'
      ? writer.literal(value.value, literalTypeBeside(value.type, type))
      : writeExpression(writer, value),
  );
  return `${operand} IN (${list.join(', ')})`;
}

/** Several values as one parameter; undefined where they are not all values, of one type, or the engine has no such. */
function writeAsOne(
  writer: SelectWriter,
  operand: string,
  values: readonly Expression[],
  beside: ColumnType,
): string | undefined {
  const { list } = writer.literals;
  const [first, ...others] = values;
  if (list === undefined || first?.kind !== 'literal' || others.length === 0) return undefined;
  const literals: LiteralValue[] = [first.value];
  for (const other of others) {
    if (other.kind !== 'literal' || other.type !== first.type) return undefined;
    literals.push(other.value);
  }
  return list(operand, literals, literalTypeBeside(first.type, beside));
}

/** A literal takes the type of what it is compared with, so that the engine converts no column to the literal's. */
function writeBeside(writer: SelectWriter, expression: Expression, other: Expression): string {
  if (expression.kind !== 'literal') return writeExpression(writer, expression);
  const type = literalTypeBeside(expression.type, typeIn(writer, other));
  return writer.literal(expression.value, type);
}

function literalTypeBeside(type: LiteralType, other: ColumnType): LiteralType {
  if (type === 'INTEGER' && (other === 'BIGINT' || other === 'DECIMAL')) return other;
  if (type === 'FLOAT' && other === 'DECIMAL') return 'DECIMAL';
  return other === 'STRING' ? 'STRING' : type;
}

function writeTextMatch(writer: SelectWriter, condition: Extract<Condition, { kind: 'text' }>): string {
  const { match, letters, value } = condition;
  if (typeIn(writer, condition.of) !== 'STRING') {
    throw new AskgraphError('BAD_USER_INPUT', `Only text can be searched for "${value}".`, {
      details: { value },
    });
  }
  const of = writeExpression(writer, condition.of);
  const escaped = value.replaceAll(/[%_!\\]/g, (sign) => `!${sign}`);
  const pattern =
    match === 'equals'
      ? value
      : `${match === 'startsWith' ? '' : '%'}${escaped}${match === 'endsWith' ? '' : '%'}`;
  const escaping = match !== 'equals' && escaped !== value ? " ESCAPE '!'" : '';
  const operator = match === 'equals' ? '=' : 'LIKE';
  if (letters === 'caseSensitive') {
    return `${writer.dialect.exactText(of)} ${operator} ${writer.literal(pattern, 'STRING')}${escaping}`;
  }
  return `${writer.dialect.lower(of)} ${operator} ${lowered(writer, pattern)}${escaping}`;
}

/** Engines differ in how they lower-case letters beyond ASCII, so those are left to the engine on both sides. */
function lowered(writer: SelectWriter, text: string): string {
  return isAscii(text)
    ? writer.literal(text.toLowerCase(), 'STRING')
    : writer.dialect.lower(writer.literal(text, 'STRING'));
}

function isAscii(text: string): boolean {
  return [...text].every((letter) => letter.charCodeAt(0) < 128);
}

function writeRelated(writer: SelectWriter, condition: Extract<Condition, { kind: 'related' }>): string {
  const { quantifier, path, where } = condition;
  if (quantifier === 'every' && where === undefined) return ALWAYS;
  const relation = writer.scope.relation(path, condition.relation);
  const inner = inWhere(selectWriter(writer, relation.toTable, writer.scope));
  const outerKey = writer.scope.resolve(path, relation.fromColumn).sql;
  const innerKey = inner.scope.resolve([], relation.toColumn).sql;
  const isListed = writer.dialect.relatedRows === 'listed';
  const conditions = [isListed ? `${innerKey} IS NOT NULL` : `${innerKey} = ${outerKey}`];
  if (where !== undefined) {
    const text = writeCondition(inner, where);
    // A row for which the condition is unknown does not fulfil it, which a plain NOT would overlook.
    conditions.push(
      quantifier === 'every' ? `CASE WHEN ${text} THEN 1 ELSE 0 END = 0` : inBrackets(where, text),
    );
  }
  const selected = isListed ? innerKey : '1';
  const query = [`SELECT ${selected}`, ...inner.scope.from(), `WHERE ${conditions.join('\n  AND ')}`].join(
    '\n',
  );
  if (!isListed) return `${quantifier === 'some' ? '' : 'NOT '}EXISTS (\n${indent(query)}\n)`;
  // A row without a key has no related rows; whether nothing is in a list would be unknown.
  return quantifier === 'some'
    ? `(${outerKey} IS NOT NULL AND ${outerKey} IN (\n${indent(query)}\n))`
    : `(${outerKey} IS NULL OR ${outerKey} NOT IN (\n${indent(query)}\n))`;
}
