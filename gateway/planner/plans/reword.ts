import type { Plan } from '../planner.js';

/** A plan whose words for people are changed, and its queries not. */
export function reword(plan: Plan, change: (text: string) => string): Plan {
  const { time, ranking } = plan;
  return {
    ...plan,
    restatement: change(plan.restatement),
    assumptions: plan.assumptions.map(change),
    columns: plan.columns.map((column) => ({ ...column, label: change(column.label) })),
    ...(ranking === undefined ? {} : { ranking: { ...ranking, label: change(ranking.label) } }),
    ...(time === undefined
      ? {}
      : {
          time: {
            ...time,
            label: change(time.label),
            ...(time.from === undefined ? {} : { from: change(time.from) }),
            ...(time.to === undefined ? {} : { to: change(time.to) }),
          },
        }),
  };
}
