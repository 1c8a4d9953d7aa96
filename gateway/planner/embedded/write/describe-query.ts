import { assertNever } from '../../../../schema/errors.js';
import type { Relation } from '../../../../schema/names.js';
import type {
  ComparisonOperator,
  Condition,
  Expression,
  TableQuery,
} from '../../../../subgraphs/sql/table-query.js';
import { type AskDomain, type AskTable, findAskColumn, findAskTable } from '../../../knowledge/domain.js';
import { FUNCTION_WORDS } from '../function-words.js';
import { plural } from '../read/measures.js';

const SAID: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
};

const TEXT = {
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  equals: 'is',
} as const;

/** A logical query in plain words, built from nothing but itself: a wrong reading shows. */
export function describeQuery(query: TableQuery, domain: AskDomain): string {
  const table = findAskTable(domain, query.table)!;
  const rows = plural(table.label);
  const asked = query.select.filter(
    ({ expression }) => !(query.limit !== undefined && query.select.length > 1 && ranks(query, expression)),
  );
  const figures = asked.filter(({ expression }) => expression.kind === 'aggregate');
  const plain = asked.filter(({ expression }) => expression.kind !== 'aggregate');
  const labels = (items: typeof asked) =>
    [...new Set(items.map(({ expression }) => expressionLabel(expression, table, domain)))].join(', ');
  const parts = [
    figures.length > 0 ? labels(figures) : `${query.distinct ? 'different ' : ''}${labels(plain)} of ${rows}`,
    figures.length > 0 && plain.length > 0 ? `by ${labels(plain)}` : '',
    query.where === undefined ? '' : `where ${conditionText(query.where, table, domain)}`,
    query.having === undefined ? '' : `with ${conditionText(query.having, table, domain)}`,
    orderText(query, table, domain),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function ranks(query: TableQuery, expression: Expression): boolean {
  return JSON.stringify(query.orderBy?.[0]?.expression) === JSON.stringify(expression);
}

function orderText(query: TableQuery, table: AskTable, domain: AskDomain): string {
  const [first] = query.orderBy ?? [];
  if (first === undefined) return '';
  const label = expressionLabel(first.expression, table, domain);
  if (query.limit === undefined)
    return `, ordered by ${label} ${first.direction === 'DESC' ? 'from highest to lowest' : 'from lowest to highest'}`.slice(
      2,
    );
  const end = first.direction === 'DESC' ? 'highest' : 'lowest';
  return `, the ${query.limit === 1 ? 'one' : query.limit} with the ${end} ${label}`.slice(2);
}

export function expressionLabel(expression: Expression, table: AskTable, domain: AskDomain): string {
  switch (expression.kind) {
    case 'column': {
      const end = tableAt(table, expression.path, domain);
      const label =
        (end === undefined ? undefined : findAskColumn(end, expression.column)?.label) ?? expression.column;
      return end === undefined || end === table || label.includes(end.label)
        ? label
        : `${end.label} ${label}`;
    }
    case 'aggregate': {
      if (expression.of === undefined) return `number of ${plural(table.label)}`;
      const of = expressionLabel(expression.of, table, domain);
      const isCount = expression.function === 'count' || expression.function === 'countDistinct';
      return `${FUNCTION_WORDS[expression.function]} ${isCount ? plural(of.replace(/ (id|number|key)$/, '')) : of}`;
    }
    case 'grain':
      return expression.grain.toLowerCase();
    case 'part':
      return expression.part.toLowerCase().replaceAll('_', ' ');
    case 'literal':
      return String(expression.value).replace(/T00:00:00$/, '');
    case 'arithmetic':
      return `${expressionLabel(expression.left, table, domain)} ${expression.operator} ${expressionLabel(expression.right, table, domain)}`;
    case 'relatedAggregate': {
      const target = tableAt(table, [...expression.path, expression.relation], domain);
      return expressionLabel(expression.figure, target ?? table, domain);
    }
    case 'query': {
      const inner = findAskTable(domain, expression.query.table)!;
      return `the ${expressionLabel(expression.query.select[0]!.expression, inner, domain)} of all ${plural(inner.label)}`;
    }
    default:
      return assertNever(expression);
  }
}

function conditionText(condition: Condition, table: AskTable, domain: AskDomain): string {
  const label = (expression: Expression) => expressionLabel(expression, table, domain);
  switch (condition.kind) {
    case 'comparison':
      return `${label(condition.left)} ${SAID[condition.operator]} ${label(condition.right)}`;
    case 'in':
      return `${label(condition.of)} is ${condition.values.map(label).join(' or ')}`;
    case 'isNull':
      return `there is no ${label(condition.of)}`;
    case 'text':
      return `${label(condition.of)} ${TEXT[condition.match]} “${condition.value}”`;
    case 'and':
    case 'or':
      return condition.conditions
        .map((inner) => conditionText(inner, table, domain))
        .join(` ${condition.kind} `);
    case 'not':
      return condition.condition.kind === 'isNull'
        ? `there is a ${label(condition.condition.of)}`
        : `not (${conditionText(condition.condition, table, domain)})`;
    case 'related': {
      const from = tableAt(table, condition.path, domain) ?? table;
      const relation = from.relations.find((candidate) => candidate.name === condition.relation);
      const to = relation === undefined ? undefined : findAskTable(domain, relation.toTable);
      const name = to?.label ?? condition.relation;
      const quantity = {
        some: `there is a ${name}`,
        none: `there is no ${name}`,
        every: `every ${name} has`,
      }[condition.quantifier];
      return condition.where === undefined || to === undefined
        ? quantity
        : `${quantity} whose ${conditionText(condition.where, to, domain)}`;
    }
    default:
      return assertNever(condition);
  }
}

function tableAt(table: AskTable, path: readonly string[], domain: AskDomain): AskTable | undefined {
  let at: AskTable | undefined = table;
  for (const step of path) {
    const relation: Relation | undefined = at?.relations.find((candidate) => candidate.name === step);
    at = relation === undefined ? undefined : findAskTable(domain, relation.toTable);
  }
  return at;
}
