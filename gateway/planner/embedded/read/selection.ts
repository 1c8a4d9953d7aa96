import { columnExpression, type Draft, freeItem, reachOf, unitOf } from './draft.js';
import { isEntity, tableEntity } from './entities.js';
import { defaultAggregate, measureAt, performanceMeasure, rowCount } from './measures.js';
import { isKey, isNumeric } from './table-facts.js';

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
      if (draft.groups.length > 0 && isNumeric(column) && draft.measures.length === 0) {
        draft.measures.push(defaultAggregate(draft, table, column));
      } else if (draft.measures.length > 0) {
        mentionBeside(draft, item.index);
      } else {
        // "What was the revenue" asks for one figure: thousands of them are no answer.
        if (isNumeric(column) && draft.limit === undefined && !listsRows(draft)) draft.penalty += 0.6;
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

function listsRows(draft: Draft): boolean {
  return (
    draft.scope.root.operation?.rows === 'one' ||
    draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants !== 'any')
  );
}

/** Beside a measure, a further entity is what it is counted in ("stocks traded"); anything else is unexplained. */
function mentionBeside(draft: Draft, index: number): void {
  const item = draft.items[index]!;
  const sameAsMeasured = draft.measures.some((measure) =>
    JSON.stringify(measure.expression).includes(
      `"column":"${item.meaning.kind === 'column' ? item.meaning.column.name : ''}"`,
    ),
  );
  if (sameAsMeasured) return;
  draft.penalty += isEntity(item) ? 0.1 : 0.6;
}

function freeOrUsedTable(draft: Draft, index: number): boolean {
  return draft.items[index]?.meaning.kind === 'table';
}

function completeSelection(draft: Draft): void {
  if (draft.measures.length > 0 || draft.select.length > 0) return;
  if (draft.groups.length > 0) {
    draft.measures.push(rowCount(draft.scope.root));
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
    if (subject.path.length > 0) draft.distinct = true;
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
