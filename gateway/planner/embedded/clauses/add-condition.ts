import type {
  ColumnExpression,
  Condition,
  Expression,
  LiteralType,
} from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import type { Attempt, Place } from './resolve.js';
import { follow, isDenied, type Node, nodesOf } from './tree.js';

export type Sink = (
  attempt: Attempt,
  root: Node,
  place: Place,
  negated: boolean,
  write: (of: ColumnExpression) => Condition,
) => AskTable | undefined;

export function isMany(node: Node): boolean {
  return node.relation !== undefined && (node.relation.kind === 'toMany' || isMany(node.parent!));
}

export function addCondition(
  attempt: Attempt,
  root: Node,
  { table, column }: Place,
  negated: boolean,
  write: (of: ColumnExpression) => Condition,
): AskTable | undefined {
  const known = nodesOf(root).filter((node) => node.table === table && !node.negated);
  // A condition behind a negated table belongs to it: "without orders of 2020".
  const inside = known[0] === undefined ? deniedNode(attempt, root, table) : undefined;
  const direct = inside ?? known[0];
  const isFar = direct === undefined ? isManyRoute(attempt, root, table) : isMany(direct);
  const node =
    negated && isFar ? nodeFor(attempt, root, table, 'negated') : (direct ?? nodeFor(attempt, root, table));
  if (node === undefined) return undefined;
  const inner = (path: readonly string[]) => write({ kind: 'column', path, column: column.name });
  const isValue = ['eq', 'in'].includes(kindOf(inner([])));
  // One value cannot be two things at once.
  if (isValue && node.valued.has(column)) return undefined;
  if (isValue) node.valued.add(column);
  node.conditions.push(negated && !isFar ? (path) => ({ kind: 'not', condition: inner(path) }) : inner);
  return table;
}

/** The node of a table among what the question says there is none of, made where that is the nearest to it. */
export function deniedNode(attempt: Attempt, root: Node, table: AskTable): Node | undefined {
  const denied = nodesOf(root).filter(isDenied);
  const known = denied.find((node) => node.table === table);
  const last = denied.at(-1);
  if (known !== undefined || last === undefined) return known;
  const way = attempt.graph.routes(last.table, table)[0];
  const direct = attempt.graph.routes(root.table, table)[0];
  if (way === undefined || (direct !== undefined && direct.relations.length <= way.relations.length))
    return undefined;
  attempt.evidence.hops += way.relations.length;
  return follow(last, way, attempt.domain.tables);
}

function kindOf(condition: Condition): string {
  return condition.kind === 'comparison' ? condition.operator : condition.kind;
}

function isManyRoute(attempt: Attempt, root: Node, table: AskTable): boolean {
  return (
    attempt.graph.routes(root.table, table)[0]?.relations.some((relation) => relation.kind === 'toMany') ===
    true
  );
}

/** The node of a table: one that the tree has, else at the end of the shortest way from any node it has. */
export function nodeFor(
  attempt: Attempt,
  root: Node,
  table: AskTable,
  apart?: 'fresh' | 'negated',
): Node | undefined {
  const nodes = nodesOf(root).filter((node) => !isDenied(node));
  const known = nodes.find((node) => node.table === table);
  if (apart === undefined && known !== undefined) return known;
  const starts = apart === undefined ? nodes : [root];
  const [best] = starts
    .flatMap((node) => {
      const routes = attempt.graph.routes(node.table, table);
      return routes.length === 0 ? [] : [{ node, route: routes[0]!, ties: routes.length }];
    })
    .reverse()
    .sort((a, b) => a.route.relations.length - b.route.relations.length);
  if (best === undefined || best.route.relations.length === 0) return undefined;
  attempt.evidence.hops += best.route.relations.length;
  const turns = best.route.relations.some(
    (relation, index) => relation.kind === 'toMany' && best.route.relations[index - 1]?.kind === 'toOne',
  );
  if (best.ties > 1 || turns) attempt.evidence.ties += 1;
  if (best.route.relations.some((relation) => relation.kind === 'toMany')) attempt.evidence.semiJoins += 1;
  return follow(best.node, best.route, attempt.domain.tables, apart);
}

export function oneOf(of: ColumnExpression, values: readonly Expression[]): Condition {
  return values.length === 1
    ? { kind: 'comparison', operator: 'eq', left: of, right: values[0]! }
    : { kind: 'in', of, values };
}

export function numberLiteral(column: AskColumn, value: string): Expression {
  const type: LiteralType =
    column.columnType === 'BIGINT' || column.columnType === 'DECIMAL'
      ? column.columnType
      : Number.isInteger(Number(value)) && column.columnType === 'INTEGER'
        ? 'INTEGER'
        : 'FLOAT';
  return { kind: 'literal', type, value: type === 'BIGINT' || type === 'DECIMAL' ? value : Number(value) };
}
