import { columnExpression, type Draft, freeItem, type Item, reachOf, unitOf } from './draft.js';
import { tableEntity } from './entities.js';
import { defaultAggregate, measureAt, performanceMeasure, rowCount } from './measures.js';
import { addsUp, isKey, isNumeric, labelColumns } from './table-facts.js';

/** `sorted by salary descending`: the order that is asked for in so many words. */
export function readOrder(draft: Draft): void {
  for (const item of draft.items) {
    if (item.used || item.meaning.kind !== 'order') continue;
    item.used = true;
    const column = freeItem(draft, item.index + 1, 'column');
    const later = draft.items.find(
      (other) => other.index > item.index && !other.used && other.meaning.kind === 'order',
    );
    const direction =
      item.meaning.direction ??
      (later?.meaning.kind === 'order' ? later.meaning.direction : undefined) ??
      'ASC';
    if (later !== undefined) later.used = true;
    if (column !== undefined) {
      column.used = true;
      const { table, column: named } = column.meaning;
      draft.order.push({ expression: columnExpression(draft, table, named), direction });
      draft.orderLabels.push(`by ${named.label}`);
    } else {
      const [measure] = measureAt(draft, item.index + 1);
      const by = measure ?? draft.measures[0] ?? draft.groups[0] ?? draft.select[0];
      if (measure !== undefined && !draft.measures.some((other) => other.label === measure.label))
        draft.measures.push(measure);
      if (by === undefined) draft.penalty += 0.5;
      else {
        draft.order.push({ expression: by.expression, direction });
        draft.orderLabels.push(`${direction === 'DESC' ? 'highest' : 'lowest'} ${by.label} first`);
      }
    }
  }
}

/** What is left: columns to show, tables whose rows are meant, words that only ask. */
export function readSelection(draft: Draft): void {
  const performance = draft.items.find((item) => item.meaning.kind === 'performance' && !item.used);
  if (performance !== undefined && draft.measures.length === 0) {
    const measure = performanceMeasure(draft);
    if (measure !== undefined) {
      performance.used = true;
      draft.measures.push(measure);
    }
  }
  for (const item of draft.items) {
    if (item.used) continue;
    if (item.meaning.kind === 'ask') item.used = true;
    // The name of each employee: every row is shown anyway.
    if (
      item.meaning.kind === 'group' &&
      draft.measures.length === 0 &&
      !/^(by|per)$/.test(saidBy(draft, item))
    )
      item.used = true;
    if (item.meaning.kind === 'distinct') {
      item.used = true;
      draft.distinct = true;
    }
    if (item.meaning.kind === 'table') {
      item.used = true;
      const reach = reachOf(draft, item.meaning.table);
      if (!draft.subjects.includes(reach)) draft.subjects.push(reach);
    }
    if (item.meaning.kind === 'column') {
      item.used = true;
      const { table, column } = item.meaning;
      if (draft.select.some((shown) => shown.expression.column === column.name)) continue;
      const wantsFigure = draft.groups.length > 0 ? isNumeric(column) : addsUp(column) && !listsRows(draft);
      if (
        wantsFigure &&
        draft.measures.length === 0 &&
        draft.select.length === 0 &&
        draft.having.length === 0
      ) {
        draft.measures.push(defaultAggregate(draft, table, column));
      } else if (draft.measures.length > 0) {
        mentionBeside(draft, item);
      } else {
        // "What was the revenue" asks for one figure: thousands of them are no answer.
        if (isNumeric(column) && draft.limit === undefined && !listsRows(draft))
          draft.penalty += draft.filters.length > 0 ? 0.1 : 0.6;
        if (isNameOfOther(draft, item)) draft.penalty += 0.3;
        // Beside what rows were ranked by, a further figure is seldom asked for.
        if (isNumeric(column) && draft.ranking !== undefined) draft.penalty += 0.5;
        draft.select.push({
          expression: columnExpression(draft, table, column),
          label: column.label,
          ...unitOf(column),
        });
      }
    }
    if (item.meaning.kind === 'number') {
      const isLimit =
        freeOrUsedTable(draft, item.index + 1) && draft.limit === undefined && draft.measures.length === 0;
      if (isLimit) {
        item.used = true;
        draft.limit = Number(item.meaning.value);
      }
    }
  }
  completeSelection(draft);
}

/** "Names of all categories" are the names of the categories, not of something that has a category. */
function isNameOfOther(draft: Draft, item: Item): boolean {
  if (item.meaning.kind !== 'column' || !/^(names?|titles?)$/.test(saidBy(draft, item))) return false;
  const { table } = item.meaning;
  const tables = draft.items.flatMap(({ meaning }) => (meaning.kind === 'table' ? [meaning.table] : []));
  return tables.length > 0 && !tables.includes(table);
}

function saidBy(draft: Draft, item: Item): string {
  return draft.tokens[item.mention.start]!.lower;
}

function listsRows(draft: Draft): boolean {
  return (
    draft.scope.root.operation?.rows === 'one' ||
    draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants !== 'any')
  );
}

/**
 * Beside a measure, what its rows are called or linked by is what it is counted in ("stocks traded"). Any other column
 * would have to do something there: it stays unplaced, so that nothing is answered without it.
 */
function mentionBeside(draft: Draft, item: Item): void {
  if (item.meaning.kind !== 'column') return;
  const { table, column } = item.meaning;
  const at = JSON.stringify([draft.measures, draft.groups, draft.filters, draft.order, draft.time]);
  if (at.includes(`"column":"${column.name}"`)) return;
  if (isKey(column) || labelColumns(table).includes(column)) draft.penalty += 0.1;
  else item.used = false;
}

function freeOrUsedTable(draft: Draft, index: number): boolean {
  return draft.items[index]?.meaning.kind === 'table';
}

function completeSelection(draft: Draft): void {
  // Columns that are asked for without the rows they stand in are asked for their values.
  if (
    draft.subjects.length === 0 &&
    draft.select.length > 0 &&
    draft.order.length === 0 &&
    draft.filters.length === 0
  ) {
    draft.distinct = true;
  }
  if (draft.measures.length > 0 || draft.select.length > 0) return;
  if (draft.groups.length > 0) {
    // Groups chosen by a condition on them are themselves what is asked.
    if (draft.having.length === 0) draft.measures.push(rowCount(draft.scope.root));
    return;
  }
  const subject = draft.subjects[0] ?? draft.scope.reaches.get(draft.scope.root.name)![0]!;
  if (draft.subjects.length === 0) draft.penalty += 0.3;
  const asksAll = draft.scope.root.operation !== undefined;
  const entity = asksAll ? undefined : tableEntity(draft.scope, subject);
  if (entity !== undefined) {
    for (const key of entity.labels)
      if (key.expression.kind === 'column')
        draft.select.push({ expression: key.expression, label: key.label });
    // Rows that are told apart by more than their name are asked for their names, each once.
    if (subject.path.length > 0 || subject.table.primaryKey.length > 1) draft.distinct = true;
    return;
  }
  for (const column of subject.table.columns) {
    if (isKey(column) && column.references !== undefined) continue;
    draft.select.push({
      expression: { kind: 'column', path: subject.path, column: column.name },
      label: column.label,
      ...unitOf(column),
    });
  }
}
