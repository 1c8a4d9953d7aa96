import type { Profile } from '../knowledge/domain.js';
import type { Plan } from '../planner/planner.js';
import { columnsHolding, type KnownColumn } from '../planner/plans/known-values.js';
import { type Dialects, mapPlanLiterals } from '../planner/plans/map-plan-literals.js';
import { wordKey } from '../planner/plans/normal-question.js';
import { reword } from '../planner/plans/reword.js';

/** A plan with marks in the place of values that were sampled, and where these are found. */
export interface Blanked {
  readonly plan: Plan;
  readonly places: readonly Place[];
}

/** The value at a place of a sampled column. */
type Place = Omit<KnownColumn, 'values'> & { readonly index: number };

const markOf = (number: number) => `⟦${number}⟧`;

/** Takes out of a plan the values that it has of a sample; those that the question names itself stay. */
export async function takeOutSampled(
  plan: Plan,
  question: string,
  profile: Profile,
  dialects: Dialects,
): Promise<Blanked> {
  const said = ` ${wordKey(question)} `;
  const marks = new Map<string, string>();
  const places: Place[] = [];
  const blank = await mapPlanLiterals(plan, dialects, ({ kind, value }) => {
    if (kind === 'number' || said.includes(` ${wordKey(value)} `)) return undefined;
    const known = marks.get(value);
    if (known !== undefined) return known;
    const [column] = columnsHolding(value, plan, profile);
    if (column === undefined) return undefined;
    const { values, ...place } = column;
    const mark = markOf(places.length);
    places.push({ ...place, index: values.indexOf(value) });
    marks.set(value, mark);
    return mark;
  });
  const plain = reword(blank, (text) =>
    [...marks].reduce((words, [value, mark]) => words.replaceAll(value, mark), text),
  );
  return { plan: plain, places };
}

/** Puts the values back; undefined where one is not known any more. */
export async function putInSampled(
  { plan, places }: Blanked,
  profile: Profile,
  dialects: Dialects,
): Promise<Plan | undefined> {
  const values = new Map<string, string>();
  for (const [number, { domain, table, column, index }] of places.entries()) {
    const value = profile.columnFacts(domain, table, column)?.values?.[index];
    if (value === undefined) return undefined;
    values.set(markOf(number), value);
  }
  if (values.size === 0) return plan;
  const whole = await mapPlanLiterals(plan, dialects, ({ value }) => values.get(value));
  return reword(whole, (text) =>
    [...values].reduce((words, [mark, value]) => words.replaceAll(mark, value), text),
  );
}
