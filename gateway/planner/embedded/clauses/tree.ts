import type { Relation } from '../../../../schema/names.js';
import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import type { Route } from './graph.js';

/** The rows that a query's conditions speak of: the root's, and those that each of them is related to. */
export interface Node {
  readonly table: AskTable;
  readonly relation: Relation | undefined;
  readonly parent: Node | undefined;
  readonly children: Node[];
  /** Written for the node's own rows, with the to-one path that leads to them. */
  readonly conditions: ((path: readonly string[]) => Condition)[];
  readonly negated: boolean;
  /** Columns whose value is said. */
  readonly valued: Set<AskColumn>;
}

export function makeNode(table: AskTable): Node {
  return {
    table,
    relation: undefined,
    parent: undefined,
    children: [],
    conditions: [],
    negated: false,
    valued: new Set(),
  };
}

/** The node at the end of a way, made where there is none; `fresh` and negated ones are kept apart from all others. */
export function follow(
  from: Node,
  route: Route,
  tables: readonly AskTable[],
  apart?: 'fresh' | 'negated',
): Node {
  let node = from;
  route.relations.forEach((relation, index) => {
    const isFirst = index === 0;
    const mayShare = apart === undefined;
    const known = mayShare
      ? node.children.find((child) => !child.negated && child.relation?.name === relation.name)
      : undefined;
    if (known !== undefined) {
      node = known;
      return;
    }
    const table = tables.find((candidate) => candidate.name === relation.toTable)!;
    const child: Node = {
      table,
      relation,
      parent: node,
      children: [],
      conditions: [],
      negated: isFirst && apart === 'negated',
      valued: new Set(),
    };
    node.children.push(child);
    node = child;
  });
  return node;
}

/** Whether a node's rows are those that there are none of. */
export function isDenied(node: Node): boolean {
  return node.negated || (node.parent !== undefined && isDenied(node.parent));
}

/** Every node of the tree, the root's first. */
export function nodesOf(node: Node): Node[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

/** All that a node and those below it say, as one condition on the rows of its parent's path. */
export function conditionsOf(node: Node, path: readonly string[]): Condition[] {
  const own = node.conditions.map((write) => write(path));
  return [...own, ...node.children.map((child) => childCondition(child, path))];
}

function childCondition(child: Node, path: readonly string[]): Condition {
  const relation = child.relation!;
  if (relation.kind === 'toMany') {
    const inner = conditionsOf(child, []);
    return {
      kind: 'related',
      quantifier: child.negated ? 'none' : 'some',
      path,
      relation: relation.name,
      ...(inner.length === 0 ? {} : { where: all(inner) }),
    };
  }
  const inner = conditionsOf(child, [...path, relation.name]);
  const isNull: Condition = { kind: 'isNull', of: { kind: 'column', path, column: relation.fromColumn } };
  if (inner.length === 0) return child.negated ? isNull : { kind: 'not', condition: isNull };
  return child.negated ? { kind: 'not', condition: all(inner) } : all(inner);
}

export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 1 ? conditions[0]! : { kind: 'and', conditions };
}
