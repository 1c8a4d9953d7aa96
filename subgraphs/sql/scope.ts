import { type Catalog, type Column, findColumn, findTable, type Table } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import { type Relation, relationsOf } from '../../schema/names.js';
import type { Dialect } from './dialects/dialect.js';

/** A column as SQL writes it, with what the catalog says of it. */
export interface ResolvedColumn {
  readonly sql: string;
  readonly column: Column;
}

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

  constructor(
    private readonly catalog: Catalog,
    private readonly dialect: Dialect,
    private readonly aliases: Set<string>,
    tableName: string,
  ) {
    const table = findTable(catalog, tableName);
    this.own = { table, alias: this.newAlias(table.name) };
  }

  resolve(path: readonly string[], columnName: string): ResolvedColumn {
    const place = this.follow(path);
    const column = findColumn(place.table, columnName);
    return { sql: this.write(place, column.name), column };
  }

  /** A relation of the table at the end of `path`. */
  relation(path: readonly string[], name: string): Relation {
    return findRelation(this.catalog, this.follow(path).table, name, 'toMany');
  }

  /** `FROM` and its joins; to be asked for when everything else of the SELECT has been written. */
  from(): string[] {
    return [`FROM ${this.source(this.own)}`, ...this.joins];
  }

  /** The scope of a query inside this one. */
  inner(tableName: string): Scope {
    return new Scope(this.catalog, this.dialect, this.aliases, tableName);
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
    const name = this.dialect.quote(table.name);
    return alias === table.name ? name : `${name} AS ${this.dialect.quote(alias)}`;
  }

  private write(place: Place, columnName: string): string {
    return `${this.dialect.quote(place.alias)}.${this.dialect.quote(columnName)}`;
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
