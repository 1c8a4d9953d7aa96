import type { Reading } from '../read/compose.js';
import { tableLabel } from '../read/measures.js';

/** Words that go on from what stands before them; anything else is set off by a comma. */
const CONTINUES = /^(in|on|by|for|from|with|where|before|after|since|until|today|yesterday|this|last|next)\b/;

/** What a reading asks, in plain words, built from its query: a wrong reading shows. */
export function restate(reading: Reading): string {
  const { draft } = reading;
  const groups = unique(draft.groups.map((key) => key.label).filter((label) => label !== ''));
  const parts = [
    groups.length > 0 ? `by ${groups.join(' and ')}` : '',
    ...unique(chosenBy(draft)),
    ...unique(draft.orderLabels),
    draft.both ? 'and the reverse' : '',
    draft.limit === undefined || draft.orderLabels.length > 0 ? '' : `the first ${draft.limit}`,
  ].filter((part) => part !== '');
  return parts.reduce(
    (text, part, index) => `${text}${joint(part, parts.slice(0, index))}`,
    subjectOf(reading),
  );
}

function chosenBy({ argumentLabels, filters, havingLabels }: Reading['draft']): string[] {
  return [...argumentLabels, ...filters.flatMap(({ label }) => label ?? []), ...havingLabels];
}

/** A part with what joins it to those before: a second condition goes on with "and". */
function joint(part: string, before: readonly string[]): string {
  if (!CONTINUES.test(part)) return `, ${part}`;
  const [word] = part.split(' ');
  const repeats =
    (word === 'with' || word === 'where') && before.some((earlier) => earlier.startsWith(`${word} `));
  return repeats ? ` and ${part.slice(word!.length + 1)}` : ` ${part}`;
}

/** The figures, or what is shown of the rows. */
function subjectOf({ draft, scope, query }: Reading): string {
  if (query.groupBy !== undefined)
    return unique(draft.measures.map((measure) => measure.label)).join(' and ');
  const rows = scope.root.operation === undefined ? tableLabel(scope.root) : scope.root.label;
  if (scope.root.operation !== undefined && draft.select.length === scope.root.columns.length) return rows;
  const rankedBy = draft.limit === undefined ? undefined : draft.order[0]?.expression;
  const asked = draft.select.filter((column) => draft.select.length === 1 || column.expression !== rankedBy);
  return `${unique(asked.map((column) => column.label)).join(', ')} of ${rows}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
