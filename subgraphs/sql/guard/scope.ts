import type { Catalog, Table } from '../../../schema/catalog.js';
import { unknownName } from '../../../schema/did-you-mean.js';
import type { GuardEngine } from './engines/engine.js';
import type { SqlParser } from './parser.js';
import { refuse } from './refusal.js';
import type { Restricted } from './restricted.js';
import type { Node } from './tree.js';

/** A column of a table or of a query's result. */
export interface OutputColumn {
  readonly name: string;
  /** About how many characters its values have. */
  readonly size: number;
}

/** Something with columns that a FROM clause brought in. */
export interface Relation {
  /** The name that qualifies its columns in the regenerated text. */
  readonly name: string;
  readonly columns: readonly OutputColumn[];
  /** Absent for a query's result. */
  readonly table?: Table;
}

/** A column that USING made out of two. */
export interface MergedColumn {
  readonly name: string;
  readonly expression: Node;
  readonly size: number;
  readonly relations: readonly Relation[];
}

/** A select item that has a name. */
export interface SelectAlias {
  readonly name: string;
  /** Resolved already. */
  readonly expression: Node;
  readonly size: number;
  /** From 1. */
  readonly position: number;
}

/** What names mean inside one SELECT. Keys are in lower case. */
export interface Scope {
  readonly relations: Relation[];
  readonly merged: Map<string, MergedColumn>;
  readonly aliases: Map<string, SelectAlias>;
  /** What the query groups by, as `columnKey` writes it. */
  readonly groupKeys: Set<string>;
  readonly environment: Environment;
}

/** What a query sees of what stands around it. */
export interface Environment {
  readonly ctes: ReadonlyMap<string, Relation>;
  /** The SELECT in whose expressions it stands. */
  readonly parent: Scope | undefined;
}

/** What is common to the whole statement. */
export interface Resolution {
  readonly catalog: Catalog;
  readonly engine: GuardEngine;
  readonly parser: SqlParser;
  /** What the caller may not see as it stands. */
  readonly restricted: Restricted;
  /** The columns read of each table, by the catalog's names. */
  readonly reads: Map<string, Set<string>>;
  /** Nodes that may still be copied; a chain of aliases could otherwise double the statement at each link. */
  copies: number;
  /** Derived tables that were given a name so far. */
  named: number;
  /** Resolves a query that stands in an expression. */
  resolveQuery(node: Node, environment: Environment, outputs: Outputs): OutputColumn[];
}

/** Whether a query's columns are known by name to somebody, or only their values count. */
export type Outputs = 'named' | 'values';

export function openScope(environment: Environment): Scope {
  return { relations: [], merged: new Map(), aliases: new Map(), groupKeys: new Set(), environment };
}

export function addRelation(scope: Scope, relation: Relation): void {
  if (scope.relations.some((other) => sameName(other.name, relation.name))) {
    throw refuse('ambiguous', `two tables in one query are called "${relation.name}"`);
  }
  scope.relations.push(relation);
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function columnKey(relation: string, column: string): string {
  return JSON.stringify([relation, column]);
}

/** The relation's column of a name; undefined where it has none. */
export function columnOf(relation: Relation, name: string): OutputColumn | undefined {
  const found = relation.columns.filter((column) => sameName(column.name, name));
  if (found.length > 1) throw refuse('ambiguous', `"${relation.name}" has two columns called "${name}"`);
  return found[0];
}

export function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map((column) => column.name);
}

export function scopesFrom(scope: Scope): Scope[] {
  const scopes: Scope[] = [];
  for (let current: Scope | undefined = scope; current !== undefined; current = current.environment.parent) {
    scopes.push(current);
  }
  return scopes;
}

/** The nearest relation of a name. */
export function findRelation(scope: Scope, name: string): Relation {
  const visible = scopesFrom(scope).flatMap((current) => current.relations);
  const found = visible.find((relation) => sameName(relation.name, name));
  if (found === undefined) {
    throw unknownName(
      'table',
      name,
      'the query',
      visible.map((relation) => relation.name),
    );
  }
  return found;
}

/** @throws FORBIDDEN for a column that is seen in aggregates only. */
export function recordRead(resolution: Resolution, relation: Relation, column: string): void {
  resolution.restricted.checkRowByRow(relation.table, column);
  recordAggregated(resolution, relation, column);
}

export function recordAggregated(resolution: Resolution, relation: Relation, column: string): void {
  if (relation.table !== undefined) resolution.reads.get(relation.table.name)?.add(column);
}
