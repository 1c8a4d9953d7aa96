import { type Catalog, type Column, findColumn, findTable, type Table } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import { type Relation, relationsOf } from '../../schema/names.js';
import { type Access, type AggregateOnly, aggregateOnlyIn, INDIVIDUAL, refuseRowByRow } from './access.js';
import type { Dialect } from './dialects/dialect.js';

/** A column as SQL writes it, with what the catalog says of it. */
export interface ResolvedColumn {
  readonly sql: string;
  readonly column: Column;
}

export interface AggregateOnlyColumn {
  readonly sql: string;
  readonly individual: string;
  readonly rule: AggregateOnly;
}

/** For whom a statement is written, and what it then reads in a table's place where that differs. */
export interface Permissions {
  readonly access: Access | undefined;
  readonly source: (table: Table) => string | undefined;
}
/** Tables that a statement reads, each with its columns, as they are come upon. */
export type GatheredReads = Map<string, Set<string>>;

interface Place {
  readonly table: Table;
  readonly alias: string;
}

/**
 * The tables that one SELECT reads: its own, and those that its paths of to-one relations lead to, each joined once.
 * Aliases are unique in the whole statement, so that a subquery can speak of the query around it.
 */
export class Scope {
  private readonly own: Place;
  private readonly joined = new Map<string, Place>();
  private readonly joins: string[] = [];
  private readonly figures = new Map<string, string>();

  constructor(
    private readonly catalog: Catalog,
    private readonly dialect: Dialect,
    private readonly permissions: Permissions,
    private readonly aliases: Set<string>,
    tableName: string,
    private readonly reads: GatheredReads,
  ) {
    const table = findTable(catalog, tableName);
    this.own = { table, alias: this.newAlias(table.name) };
  }

  /** @throws FORBIDDEN for a column that is seen in aggregates only. */
  resolve(path: readonly string[], columnName: string): ResolvedColumn {
    const place = this.follow(path);
    const column = findColumn(place.table, columnName);
    const rule = aggregateOnlyIn(this.permissions.access, place.table, column.name);
    if (rule !== undefined) throw refuseRowByRow(place.table, column.name);
    return { sql: this.write(place, column.name), column };
  }

  /** A column that is seen in aggregates only, with whose values they are; undefined for any other. */
  resolveAggregateOnly(path: readonly string[], columnName: string): AggregateOnlyColumn | undefined {
    const place = this.follow(path);
    const rule = aggregateOnlyIn(this.permissions.access, place.table, columnName);
    return rule === undefined
      ? undefined
      : { sql: this.write(place, columnName), individual: this.quoted(place, INDIVIDUAL), rule };
  }

  /** A relation of the table at the end of `path`. */
  relation(path: readonly string[], name: string): Relation {
    return findRelation(this.catalog, this.follow(path).table, name, 'toMany');
  }

  /** Joins what `write` makes of a to-many relation's rows, one row for each key; gives its name and the key's. */
  joinFigure(
    path: readonly string[],
    relationName: string,
    name: string,
    write: (relation: Relation) => { readonly text: string; readonly key: string },
  ): string {
    const known = this.figures.get(name);
    if (known !== undefined) return known;
    const relation = this.relation(path, relationName);
    const outer = this.resolve(path, relation.fromColumn).sql;
    const alias = this.dialect.quote(this.newAlias([...path, relationName, 'figure'].join('_')));
    const { text, key } = write(relation);
    this.joins.push(`LEFT JOIN (\n${text}\n) AS ${alias} ON ${alias}.${key} = ${outer}`);
    this.figures.set(name, alias);
    return alias;
  }

  /** `FROM` and its joins; to be asked for when everything else of the SELECT has been written. */
  from(): string[] {
    return [`FROM ${this.source(this.own)}`, ...this.joins];
  }

  /** The scope of a query inside this one. */
  inner(tableName: string): Scope {
    return new Scope(this.catalog, this.dialect, this.permissions, this.aliases, tableName, this.reads);
  }

  newAlias(wanted: string): string {
    let alias = wanted;
    for (let count = 2; this.aliases.has(alias.toLowerCase()); count++) alias = `${wanted}_${count}`;
    this.aliases.add(alias.toLowerCase());
    return alias;
  }

  private follow(path: readonly string[]): Place {
    let place = this.own;
    for (let length = 1; length <= path.length; length++) {
      const key = JSON.stringify(path.slice(0, length));
      const next = this.joined.get(key) ?? this.join(place, path.slice(0, length));
      this.joined.set(key, next);
      place = next;
    }
    return place;
  }

  private join(from: Place, path: readonly string[]): Place {
    const relation = findRelation(this.catalog, from.table, path.at(-1) ?? '', 'any');
    const place = { table: findTable(this.catalog, relation.toTable), alias: this.newAlias(path.join('_')) };
    const condition = `${this.write(place, relation.toColumn)} = ${this.write(from, relation.fromColumn)}`;
    this.joins.push(`LEFT JOIN ${this.source(place)} ON ${condition}`);
    return place;
  }

  private source({ table, alias }: Place): string {
    this.read(table);
    const restricted = this.permissions.source(table);
    if (restricted !== undefined) return `${restricted} AS ${this.dialect.quote(alias)}`;
    const name = this.dialect.quote(table.name);
    return alias === table.name ? name : `${name} AS ${this.dialect.quote(alias)}`;
  }

  private write(place: Place, columnName: string): string {
    this.read(place.table).add(columnName);
    return this.quoted(place, columnName);
  }

  private quoted(place: Place, columnName: string): string {
    return `${this.dialect.quote(place.alias)}.${this.dialect.quote(columnName)}`;
  }

  /** The columns of a table that the statement is known to read; none where it only counts rows. */
  private read(table: Table): Set<string> {
    const columns = this.reads.get(table.name) ?? new Set();
    this.reads.set(table.name, columns);
    return columns;
  }
}

export function findRelation(
  catalog: Catalog,
  table: Table,
  name: string,
  kind: Relation['kind'] | 'any',
): Relation {
  const known = relationsOf(catalog, table).filter((relation) => kind === 'any' || relation.kind === kind);
  const relation = known.find((candidate) => candidate.name === name);
  if (relation === undefined) {
    throw unknownName(
      'relation',
      name,
      table.name,
      known.map((candidate) => candidate.name),
    );
  }
  return relation;
}
