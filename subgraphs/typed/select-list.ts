import type { Column } from '../../schema/catalog.js';
import type { JsonRows } from '../sql/dialects/json-rows.js';
import { jsonCellReader } from '../sql/json-cells.js';
import type { Cell } from '../sql/statement.js';
import type { Expression, NestedRows, SelectItem } from '../sql/table-query.js';
import { column as columnExpression } from './typed-domain.js';

/** The columns that a selection reads, each once, in the order of their first use, and the rows nested in its rows. */
export class SelectList {
  readonly items: SelectItem[] = [];
  private readonly places = new Map<string, number>();
  private readonly columns: (Column | undefined)[] = [];
  private readonly nested: NestedRows[] = [];

  /**
   * @param maximumRows how many rows the selection has at most; undefined where no rows may be nested in them
   * @param level how many lists the rows stand in
   */
  constructor(
    readonly maximumRows: number | undefined,
    readonly level = 0,
  ) {}

  /** The place of a column in the result. */
  add(path: readonly string[], column: Column): number {
    const as = [...path, column.name].join('.');
    return this.places.get(as) ?? this.push({ as, expression: columnExpression(path, column.name) }, column);
  }

  /** The place of a value that is no field of the rows; it cannot be part of rows that come as JSON. */
  addExpression(as: string, expression: Expression): number {
    return this.push({ as, expression }, undefined);
  }

  /** The place of the number of nested rows, which their list follows; to be asked for when the list is complete. */
  nest(rows: Omit<NestedRows, 'as'>): () => number {
    const index = this.nested.push({ as: `rows ${this.nested.length + 1}`, ...rows }) - 1;
    return () => this.items.length + 2 * index;
  }

  nestedRows(): { nested?: readonly NestedRows[] } {
    return this.nested.length === 0 ? {} : { nested: this.nested };
  }

  /** Where the rows come as JSON: makes their cells, in place, what they are in a row of the result. */
  reader(): (row: Cell[]) => readonly Cell[] {
    const readers = this.columns.flatMap((column, place) => {
      const read = column && jsonCellReader(column.columnType);
      return read === undefined ? [] : [{ place, read }];
    });
    return (row) => {
      for (const { place, read } of readers) row[place] = read(row[place] ?? null);
      return row;
    };
  }

  /** Whether the columns can be cells of a row in JSON. */
  isWritable(jsonRows: JsonRows): boolean {
    const cells = this.items.length + 2 * this.nested.length + 1;
    return (
      cells <= jsonRows.maximumCells &&
      this.columns.every((column) => column !== undefined && jsonRows.cell('', column) !== undefined)
    );
  }

  private push(item: SelectItem, column: Column | undefined): number {
    const place = this.items.push(item) - 1;
    this.places.set(item.as, place);
    this.columns.push(column);
    return place;
  }
}
