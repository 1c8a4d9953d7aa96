import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { type Draft, type Filter, freeItem, UNSOUND } from './draft.js';
import { allOf } from './filters.js';
import { tableLabel } from './measures.js';
import { crossesMany } from './scope.js';
import { columnsIn } from './visit-columns.js';

const AUXILIARIES: ReadonlySet<string> = new Set(
  'is are was were have has had do does did get gets got come comes came'.split(' '),
);

/** `what percentage of employees are women`: the rows of which what is said holds, in percent of the rows. */
export function readShare(draft: Draft): void {
  const item = draft.items.find(({ used, meaning }) => !used && meaning.kind === 'share');
  const whole = item === undefined ? undefined : freeItem(draft, item.index + 1, 'table');
  if (item === undefined || whole === undefined || whole.meaning.table !== draft.scope.root) return;
  const said = saidOf(draft, whole.mention.end);
  if (said.length === 0) return;
  for (const used of [item, whole]) used.used = true;
  draft.filters.splice(0, draft.filters.length, ...draft.filters.filter((filter) => !said.includes(filter)));
  const where = allOf(said);
  // A row that meets several others would count once for each of them.
  if (columnsIn(where).some(({ path }) => crossesMany(draft.scope, path))) draft.penalty += UNSOUND;
  draft.measures.push({
    expression: percentage(where),
    label: `percentage of ${tableLabel(draft.scope.root)} ${said.map(({ label }) => label).join(' and ')}`,
    unit: '%',
  });
}

/**
 * The conditions that the share is of: those behind the verb; without one, all behind the rows' name. When is one of
 * them only where nothing else is.
 */
function saidOf({ tokens, filters }: Draft, from: number): readonly Filter[] {
  const verb = tokens.findIndex(({ index, lower }) => index >= from && AUXILIARIES.has(lower));
  const behind = filters.filter(
    ({ item }) => item !== undefined && item.mention.start >= Math.max(verb, from),
  );
  const timeless = behind.filter(({ item }) => item!.meaning.kind !== 'period');
  return timeless.length === 0 ? behind : timeless;
}

function percentage(where: Condition) {
  const count = { kind: 'aggregate', function: 'count' } as const;
  return {
    kind: 'arithmetic',
    operator: '/',
    left: {
      kind: 'arithmetic',
      operator: '*',
      left: { ...count, where },
      right: { kind: 'literal', value: 100, type: 'INTEGER' },
    },
    right: count,
  } as const;
}
