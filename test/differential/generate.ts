import {
  type DomainModel,
  type FieldModel,
  isComparable,
  isNumeric,
  isScalar,
  isTemporal,
  partsField,
  relatedFigures,
  type TableModel,
  tableModel,
} from '../../schema/domain-model.js';
import type { ColumnType } from '../../schema/hive-type.js';

/** Values that a column has, by table and column, as GraphQL takes them. */
export type Samples = (table: string, column: string) => readonly unknown[];

const TEXT_FILTERS = [
  'contains',
  'startsWith',
  'endsWith',
  'eqIgnoreCase',
  'containsIgnoreCase',
  'startsWithIgnoreCase',
  'endsWithIgnoreCase',
];
const NUMERIC_FIGURES = ['sum', 'avg', 'median', 'stddevSample', 'varianceSample'];
const GRAINS = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR'];
const PARTS: Readonly<Record<string, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  DAY_OF_WEEK: 'dayOfWeek',
  HOUR: 'hour',
};
const RANGED: ReadonlySet<ColumnType> = new Set([
  'INTEGER',
  'BIGINT',
  'DECIMAL',
  'FLOAT',
  'DATE',
  'DATETIME',
]);

/** Typed queries over a domain, always the same ones for a seed. */
export class QueryGenerator {
  constructor(
    private readonly model: DomainModel,
    private readonly samples: Samples,
    private seed: number,
  ) {}

  query(): string {
    const table = this.pick(this.model.tables.filter(({ keys }) => keys.length > 0));
    const field = this.below(10);
    const text =
      field < 4
        ? this.list(table, 2)
        : field < 5
          ? this.byKey(table)
          : field < 6
            ? this.distinct(table)
            : this.aggregate(table);
    return `{ ${this.model.namespaceField} { ${text} } }`;
  }

  /** Rows in rows, three levels deep where the tables have relations for it. */
  nested(): string {
    const table = this.pick(this.model.tables.filter(({ toMany }) => toMany.length > 0));
    return `{ ${this.model.namespaceField} { ${this.list(table, 3)} } }`;
  }

  private list(table: TableModel, depth: number): string {
    const args = [
      this.maybe(0.7, () => `where: ${this.where(table, 2)}`),
      this.maybe(0.7, () => `orderBy: [${this.some(1, 3, () => this.order(table, 1)).join(', ')}]`),
      `limit: ${this.pick([1, 5, 20, 100])}`,
      this.maybe(0.4, () => `offset: ${this.pick([1, 3, 10])}`),
    ];
    return `${table.listField}${written(args)} { ${this.selection(table, depth)} }`;
  }

  private byKey(table: TableModel): string {
    const args = table.keys.map((key) => `${key.name}: ${this.value(table, key)}`);
    return `${table.byKeyField}(${args.join(', ')}) { ${this.selection(table, 1)} }`;
  }

  private selection(table: TableModel, depth: number): string {
    const fields = this.some(1, 4, () => this.pick(table.fields).name);
    const toOne = table.toOne.flatMap((relation) =>
      this.chance(depth > 0 ? 0.5 : 0)
        ? [`${relation.name} { ${this.selection(this.table(relation.toTable), depth - 1)} }`]
        : [],
    );
    const toMany = table.toMany.flatMap((relation) => {
      if (!this.chance(depth > 0 ? 0.4 : 0)) return [];
      const inner = this.list(this.table(relation.toTable), depth - 1);
      return [inner.replace(/^\w+/, relation.name)];
    });
    return [...new Set(fields), ...toOne, ...toMany].join(' ');
  }

  private order(table: TableModel, depth: number): string {
    const relation = this.chance(depth > 0 ? 0.3 : 0) ? this.pickOne(table.toOne) : undefined;
    if (relation !== undefined)
      return `{ ${relation.name}: ${this.order(this.table(relation.toTable), depth - 1)} }`;
    const many = this.chance(0.25) ? this.pickOne(table.toMany) : undefined;
    if (many !== undefined)
      return `{ ${relatedFigures(many)}: ${this.relatedFigure(this.table(many.toTable))} }`;
    return `{ ${this.pick(table.fields.filter(isScalar)).name}: ${this.direction()} }`;
  }

  /** None whose last digit an engine may decide. */
  private relatedFigure(table: TableModel): string {
    const field = this.pick(table.fields.filter(isComparable));
    const name = this.pick(['count', 'countDistinct', 'min', 'max']);
    return name === 'count'
      ? `{ count: ${this.direction()} }`
      : `{ ${name}: { ${field.name}: ${this.direction()} } }`;
  }

  /** One row for each group of rows that are alike in some columns, and nothing else of them. */
  private distinct(table: TableModel): string {
    const fields = [...new Set(this.some(1, 3, () => this.pick(table.fields.filter(isScalar)).name))];
    const args = [
      `distinct: [${fields.join(', ')}]`,
      this.maybe(0.5, () => `where: ${this.where(table, 2)}`),
      this.maybe(0.6, () => `orderBy: [{ ${this.pick(fields)}: ${this.direction()} }]`),
      `limit: ${this.pick([1, 5, 20, 100])}`,
      this.maybe(0.4, () => `offset: ${this.pick([1, 3, 10])}`),
    ];
    return `${table.listField}${written(args)} { ${fields.join(' ')} }`;
  }

  private where(table: TableModel, depth: number): string {
    const kind = this.below(10);
    if (depth > 0 && kind < 2) {
      const inner = this.some(1, 3, () => this.where(table, depth - 1));
      return `{ ${this.pick(['and', 'or'])}: [${inner.join(', ')}] }`;
    }
    if (depth > 0 && kind === 2) return `{ not: ${this.where(table, depth - 1)} }`;
    const toOne = depth > 0 && kind === 3 ? this.pickOne(table.toOne) : undefined;
    if (toOne !== undefined) return `{ ${toOne.name}: ${this.where(this.table(toOne.toTable), depth - 1)} }`;
    const toMany = depth > 0 && (kind === 4 || kind === 5) ? this.pickOne(table.toMany) : undefined;
    if (toMany !== undefined) {
      const inner = this.where(this.table(toMany.toTable), depth - 1);
      return `{ ${toMany.name}: { ${this.pick(['some', 'none', 'every'])}: ${inner} } }`;
    }
    const field = this.pick(table.fields);
    return `{ ${field.name}: ${this.filter(table, field)} }`;
  }

  private filter(table: TableModel, field: FieldModel): string {
    const type = field.column.columnType;
    const value = () => this.value(table, field);
    const isNull = () => `{ isNull: ${this.pick(['true', 'false'])} }`;
    if (type === 'JSON' || this.chance(0.1)) return isNull();
    const kinds = [
      () => `{ ${this.pick(['eq', 'ne'])}: ${value()} }`,
      ...(type === 'BOOLEAN'
        ? []
        : [
            () => `{ ${this.pick(['lt', 'lte', 'gt', 'gte'])}: ${value()} }`,
            () => `{ ${this.pick(['in', 'notIn'])}: [${this.some(1, 4, value).join(', ')}] }`,
          ]),
      ...(RANGED.has(type) ? [() => `{ between: { from: ${value()}, to: ${value()} } }`] : []),
      ...(type === 'STRING'
        ? [() => this.textFilter(table, field), () => this.textFilter(table, field)]
        : []),
      ...(isTemporal(field) ? [() => this.partFilter(type)] : []),
    ];
    return this.pick(kinds)();
  }

  private textFilter(table: TableModel, field: FieldModel): string {
    const text = [...String(this.pick(this.samples(table.table.name, field.column.name)))];
    const from = this.below(text.length);
    const part = text.slice(from, from + 1 + this.below(5)).join('');
    const filter = this.pick(TEXT_FILTERS);
    const cased = this.chance(0.5) ? part.toUpperCase() : part;
    return `{ ${filter}: ${JSON.stringify(filter.endsWith('Case') ? cased : part)} }`;
  }

  private partFilter(type: ColumnType): string {
    const parts = Object.values(PARTS).filter((part) => part !== 'hour' || type === 'DATETIME');
    return `{ ${this.pick(parts)}: { ${this.pick(['eq', 'lt', 'gte'])}: ${1 + this.below(12)} } }`;
  }

  private aggregate(table: TableModel): string {
    const groups = this.groups(table);
    const figures = [...new Set(this.some(1, 4, () => this.figure(table)))];
    const orders = [
      ...(groups.length === 0
        ? []
        : this.some(0, 2, () =>
            this.pick([...groups.map((group) => group.order), ...figures.map(figureOrder)]),
          )),
    ];
    const args = [
      this.maybe(0.5, () => `where: ${this.where(table, 1)}`),
      groups.length === 0 ? '' : `groupBy: [${groups.map((group) => group.argument).join(', ')}]`,
      this.maybe(groups.length === 0 ? 0 : 0.4, () => `having: ${this.having(figures, groups)}`),
      orders.length === 0 ? '' : `orderBy: [${orders.map((order) => order(this.direction())).join(', ')}]`,
      this.maybe(0.5, () => `limit: ${this.pick([3, 10, 50])}`),
    ];
    const keys = groups.map((group) => group.key);
    const selection = [
      ...(keys.length === 0 ? [] : [`keys { ${keys.join(' ')} }`]),
      ...figures.map(figureField),
    ];
    return `${table.aggregateField}${written(args)} { ${selection.join(' ')} }`;
  }

  private groups(table: TableModel): Group[] {
    const groups = this.some(0, 2, () => this.group(table, 1));
    const [first, second] = groups;
    return first !== undefined && second !== undefined && first.key.split(' ')[0] === second.key.split(' ')[0]
      ? [first]
      : groups;
  }

  private group(table: TableModel, depth: number): Group {
    const relation = this.chance(depth > 0 ? 0.35 : 0) ? this.pickOne(table.toOne) : undefined;
    if (relation !== undefined) {
      const inner = this.group(this.table(relation.toTable), depth - 1);
      return {
        argument: `{ ${relation.name}: ${inner.argument} }`,
        key: `${relation.name} { ${inner.key} }`,
        having: `{ ${relation.name}: ${inner.having} }`,
        order: (direction) =>
          `{ keys: { ${relation.name}: ${inner.order(direction).replace(/^\{ keys: (.*) \}$/, '$1')} } }`,
      };
    }
    const dates = table.fields.filter(isTemporal);
    const field = this.pick(dates.length > 0 && this.chance(0.4) ? dates : table.fields.filter(isScalar));
    const plain: Group = {
      argument: `{ ${field.name}: ${this.pick(['{}', '{ includeNull: false }'])} }`,
      key: field.name,
      having: `{ ${field.name}: ${this.filter(table, field)} }`,
      order: (direction) => `{ keys: { ${field.name}: ${direction} } }`,
    };
    if (!isTemporal(field) || this.chance(0.15)) return plain;
    if (this.chance(0.6)) return { ...plain, argument: `{ ${field.name}: { grain: ${this.pick(GRAINS)} } }` };
    const [part, partName] = this.pick(Object.entries(PARTS));
    return {
      argument: `{ ${field.name}: { part: ${part} } }`,
      key: `${partsField(field)} { ${partName} }`,
      having: `{ ${partsField(field)}: { ${partName}: { gte: ${this.below(12)} } } }`,
      order: (direction) => `{ keys: { ${partsField(field)}: { ${partName}: ${direction} } } }`,
    };
  }

  private figure(table: TableModel): string {
    const metric = this.chance(0.2) ? this.pickOne(table.metrics) : undefined;
    if (metric !== undefined) return `metrics.${metric.name}`;
    const name = this.pick(['count', 'count', 'countDistinct', 'min', 'max', ...NUMERIC_FIGURES]);
    const fits =
      name === 'countDistinct' ? isScalar : NUMERIC_FIGURES.includes(name) ? isNumeric : isComparable;
    const field = this.pickOne(
      table.fields.filter((candidate) => fits(candidate) && hasDigitsFor(name, candidate)),
    );
    return name === 'count' || field === undefined ? 'count' : `${name}.${field.name}`;
  }

  /** Only of figures that are whole numbers everywhere: one engine's last digit of a mean decides no comparison. */
  private having(figures: readonly string[], groups: readonly Group[]): string {
    const count = this.havingCount(figures);
    if (!this.chance(0.4)) return count;
    const key = `{ keys: ${this.pick(groups).having} }`;
    return this.pick([key, `{ or: [${key}, ${count}] }`, `{ not: { and: [${key}, ${count}] } }`]);
  }

  private havingCount(figures: readonly string[]): string {
    const [name, field] = (figures.find((figure) => figure.startsWith('countDistinct')) ?? 'count').split(
      '.',
    );
    const filter = `{ ${this.pick(['gt', 'gte', 'lt'])}: ${this.below(12)} }`;
    return field === undefined ? `{ ${name}: ${filter} }` : `{ ${name}: { ${field}: ${filter} } }`;
  }

  private value(table: TableModel, field: FieldModel): string {
    return JSON.stringify(this.pick(this.samples(table.table.name, field.column.name)));
  }

  private table(name: string): TableModel {
    return tableModel(this.model, name);
  }

  private direction(): string {
    const directions = ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST', 'DESC_NULLS_LAST'];
    return this.pick(directions);
  }

  /** Numerical Recipes' linear congruence; its low bits repeat soon, so the high ones count. */
  private next(): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return this.seed / 2 ** 32;
  }

  private below(count: number): number {
    return Math.floor(this.next() * count);
  }

  private chance(probability: number): boolean {
    return this.next() < probability;
  }

  private maybe(probability: number, make: () => string): string {
    return this.chance(probability) ? make() : '';
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  private pickOne<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.pick(items);
  }

  private some<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

interface Group {
  readonly argument: string;
  readonly key: string;
  readonly having: string;
  readonly order: (direction: string) => string;
}

/** The shop's big numbers stand at the end of what a floating-point number tells apart: nothing is left for their spread. */
function hasDigitsFor(figure: string, { column }: FieldModel): boolean {
  return column.columnType !== 'BIGINT' || !figure.endsWith('Sample');
}

function figureField(figure: string): string {
  const [name, field] = figure.split('.');
  return field === undefined ? `${name}` : `${name}_${field}: ${name} { ${field} }`;
}

/** Means and sums of floats are not ordered by: engines may differ in their last digit, and so in the order. */
function figureOrder(figure: string): (direction: string) => string {
  const [name, field] = figure.split('.');
  const inexact = name === 'metrics' || NUMERIC_FIGURES.includes(name ?? '');
  const ordered = field === undefined || inexact ? undefined : field;
  return (direction) =>
    ordered === undefined ? `{ count: ${direction} }` : `{ ${name}: { ${ordered}: ${direction} } }`;
}

function written(args: readonly string[]): string {
  const given = args.filter((argument) => argument !== '');
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}
