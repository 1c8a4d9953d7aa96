import { type Catalog, findTable } from '../../schema/catalog.js';
import { isCalendarDay } from '../sql/check-literal.js';
import { expressionType } from '../sql/expression-type.js';
import { findRelation } from '../sql/scope.js';
import type {
  AggregateExpression,
  AggregateFunction,
  ComparisonOperator,
  Condition,
  Expression,
  LiteralType,
} from '../sql/table-query.js';
import { readTokens, type Token, wrong } from './tokens.js';

const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  first: 'first',
  last: 'last',
  median: 'median',
  stddev_samp: 'stddevSample',
  var_samp: 'varianceSample',
};
const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '=': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const LARGEST_INTEGER = 2 ** 31 - 1;

/** Reads an expression of aggregates. @throws BAD_USER_INPUT saying where it is wrong, UNKNOWN_NAME for a column. */
export function parseMetric(text: string, table: string, catalog: Catalog): Expression {
  const parser = new Parser(text, table, catalog, 'figures');
  return parser.whole(() => parser.sum());
}

/** Reads a condition on rows. @throws as `parseMetric`. */
export function parseFilter(text: string, table: string, catalog: Catalog): Condition {
  const parser = new Parser(text, table, catalog, 'rows');
  return parser.whole(() => parser.either());
}

/** A recursive descent: one method for each level of precedence, the loosest first. */
class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly table: string,
    private readonly catalog: Catalog,
    /** What is being spoken of: aggregates of rows, or a row's own values, which hold no aggregate. */
    private about: 'figures' | 'rows',
  ) {
    this.tokens = readTokens(text);
  }

  whole<Result>(read: () => Result): Result {
    const result = read();
    if (this.next.kind !== 'end') throw this.unexpected('the end');
    return result;
  }

  sum(): Expression {
    let left = this.product();
    for (let operator = this.sign('+', '-'); operator !== undefined; operator = this.sign('+', '-'))
      left = { kind: 'arithmetic', operator, left, right: this.product() };
    return left;
  }

  either(): Condition {
    const conditions = [this.both()];
    while (this.word('or')) conditions.push(this.both());
    return conditions.length === 1 ? conditions[0]! : { kind: 'or', conditions };
  }

  private product(): Expression {
    let left = this.factor();
    for (let operator = this.sign('*', '/'); operator !== undefined; operator = this.sign('*', '/'))
      left = { kind: 'arithmetic', operator, left, right: this.factor() };
    return left;
  }

  private factor(): Expression {
    if (this.sign('-') !== undefined) return this.negative();
    if (this.sign('(') !== undefined) {
      const inner = this.sum();
      this.need(')');
      return inner;
    }
    const token = this.take();
    if (token.kind === 'number') return number(token.text);
    if (token.kind === 'text') return { kind: 'literal', value: token.text, type: 'STRING' };
    if (token.word === 'true' || token.word === 'false')
      return { kind: 'literal', value: token.word === 'true', type: 'BOOLEAN' };
    if (token.kind !== 'name') throw this.unexpected('a column, a number or an aggregate', token);
    return this.next.text === '(' && this.next.kind === 'sign' ? this.aggregate(token) : this.column(token);
  }

  private negative(): Expression {
    const of = this.factor();
    if (of.kind === 'literal' && of.type !== 'STRING' && of.type !== 'BOOLEAN')
      return { ...of, value: typeof of.value === 'number' ? -of.value : `-${of.value}` };
    return { kind: 'arithmetic', operator: '-', left: number('0'), right: of };
  }

  private column(first: Token): Expression {
    const names = [first.text];
    while (this.sign('.') !== undefined) {
      const name = this.take();
      if (name.kind !== 'name') throw this.unexpected('the name of a column', name);
      names.push(name.text);
    }
    const column: Expression = { kind: 'column', path: names.slice(0, -1), column: names.at(-1) ?? '' };
    this.checkPath(column.path);
    expressionType(this.catalog, this.table, column);
    return column;
  }

  /** Over a relation to many, a row would be counted once for each of its related rows. */
  private checkPath(path: readonly string[]): void {
    let table = findTable(this.catalog, this.table);
    for (const name of path) {
      table = findTable(this.catalog, findRelation(this.catalog, table, name, 'toOne').toTable);
    }
  }

  private aggregate(name: Token): Expression {
    const known = Object.hasOwn(AGGREGATES, name.word) ? AGGREGATES[name.word] : undefined;
    if (known === undefined) {
      throw wrong(this.text, name.place, `is none of the aggregates ${Object.keys(AGGREGATES).join(', ')}`);
    }
    if (this.about === 'rows') throw wrong(this.text, name.place, 'is an aggregate where a row is spoken of');
    this.about = 'rows';
    const call = this.call(known);
    this.about = 'figures';
    return call;
  }

  private call(known: AggregateFunction): Expression {
    this.need('(');
    let call: AggregateExpression;
    if (known === 'count' && this.sign('*') !== undefined) call = { kind: 'aggregate', function: 'count' };
    else {
      const distinct = known === 'count' && this.word('distinct');
      call = { kind: 'aggregate', function: distinct ? 'countDistinct' : known, of: this.sum() };
      if (known === 'first' || known === 'last') {
        this.need(',');
        call = { ...call, by: this.sum() };
      }
    }
    this.need(')');
    if (!this.word('filter')) return call;
    this.need('(');
    if (!this.word('where')) throw this.unexpected('"where"');
    const where = this.either();
    this.need(')');
    return { ...call, where };
  }

  private both(): Condition {
    const conditions = [this.negation()];
    while (this.word('and')) conditions.push(this.negation());
    return conditions.length === 1 ? conditions[0]! : { kind: 'and', conditions };
  }

  private negation(): Condition {
    if (this.word('not')) return { kind: 'not', condition: this.negation() };
    return this.inBrackets() ?? this.comparison();
  }

  /** What stands in brackets may be a condition, or the beginning of what is compared. */
  private inBrackets(): Condition | undefined {
    const start = this.at;
    if (this.sign('(') === undefined) return undefined;
    try {
      const inner = this.either();
      this.need(')');
      return inner;
    } catch {
      this.at = start;
      return undefined;
    }
  }

  private comparison(): Condition {
    const of = this.sum();
    if (this.word('is')) {
      const isNot = this.word('not');
      if (!this.word('null')) throw this.unexpected('"null"');
      return negatedIf(isNot, { kind: 'isNull', of });
    }
    const isNot = this.word('not');
    if (this.word('in')) return negatedIf(isNot, { kind: 'in', of, values: this.list(of) });
    if (this.word('between')) {
      const from = this.beside(of);
      if (!this.word('and')) throw this.unexpected('"and"');
      const conditions = [compare('gte', of, from), compare('lte', of, this.beside(of))];
      return negatedIf(isNot, { kind: 'and', conditions });
    }
    const operator = this.take();
    const known = operator.kind === 'sign' ? COMPARISONS[operator.text] : undefined;
    if (known === undefined || isNot) throw this.unexpected('a comparison', operator);
    const right = this.beside(of);
    return compare(known, this.retyped(of, right), right);
  }

  private list(of: Expression): Expression[] {
    this.need('(');
    const values = [this.beside(of)];
    while (this.sign(',') !== undefined) values.push(this.beside(of));
    this.need(')');
    return values;
  }

  private beside(other: Expression): Expression {
    return this.retyped(this.sum(), other);
  }

  /** A day is written as text: beside a date it is a day. */
  private retyped(expression: Expression, other: Expression): Expression {
    if (expression.kind !== 'literal' || expression.type !== 'STRING' || other.kind === 'literal')
      return expression;
    const type = expressionType(this.catalog, this.table, other);
    if (type !== 'DATE' && type !== 'DATETIME') return expression;
    const literalType: LiteralType = isCalendarDay(String(expression.value)) ? 'DATE' : 'DATETIME';
    return { ...expression, type: literalType };
  }

  private get next(): Token {
    return this.tokens[this.at]!;
  }

  private take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  private sign<Text extends string>(...texts: Text[]): Text | undefined {
    const { kind, text } = this.next;
    if (kind !== 'sign' || !(texts as string[]).includes(text)) return undefined;
    this.at += 1;
    return text as Text;
  }

  private word(word: string): boolean {
    if (this.next.word !== word) return false;
    this.at += 1;
    return true;
  }

  private need(sign: string): void {
    if (this.sign(sign) === undefined) throw this.unexpected(`"${sign}"`);
  }

  private unexpected(wanted: string, token = this.next) {
    return wrong(this.text, token.place, `stands where ${wanted} should`);
  }
}

function number(text: string): Expression {
  if (text.includes('.')) return { kind: 'literal', value: text, type: 'DECIMAL' };
  return Number(text) <= LARGEST_INTEGER
    ? { kind: 'literal', value: Number(text), type: 'INTEGER' }
    : { kind: 'literal', value: text, type: 'BIGINT' };
}

function compare(operator: ComparisonOperator, left: Expression, right: Expression): Condition {
  return { kind: 'comparison', operator, left, right };
}

function negatedIf(isNot: boolean, condition: Condition): Condition {
  return isNot ? { kind: 'not', condition } : condition;
}
