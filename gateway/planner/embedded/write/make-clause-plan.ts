import type { Profile } from '../../../knowledge/domain.js';
import type { Plan } from '../../planner.js';
import type { ClauseReading } from '../clauses/read-clauses.js';
import { makeScope } from '../read/scope.js';
import { isTime } from '../read/table-facts.js';
import { describeQuery, expressionLabel } from './describe-query.js';
import { type PlanOptions, stepOf } from './make-plan.js';
import { shownColumns } from './shown-columns.js';
import { sourcesOf } from './sources.js';

/** A question that was read clause by clause, as data. */
export function makeClausePlan(
  reading: ClauseReading,
  profile: Profile,
  { maxRows, confidence }: PlanOptions,
): Plan {
  const { domain, built } = reading;
  const { query, root } = built;
  const scope = makeScope(domain, root, profile);
  const [first] = query.limit === undefined ? [] : (query.orderBy ?? []);
  const ofTime =
    first?.expression.kind === 'column' &&
    built.columns.some(({ column }) => column !== undefined && isTime(column));
  const ends = ofTime ? (['latest', 'earliest'] as const) : (['highest', 'lowest'] as const);
  return {
    kind: 'plan',
    steps: [stepOf('result', query, scope, maxRows)],
    restatement: describeQuery(query, domain),
    columns: built.columns.map(({ label, role, column }, index) => ({
      name: query.select[index]!.as,
      label,
      role,
      shows: shownColumns(query.select[index]!.expression, scope),
      ...(column?.unit === undefined ? {} : { unit: column.unit }),
    })),
    assumptions: [],
    sources: sourcesOf({ query, scope }),
    ...(first === undefined
      ? {}
      : {
          ranking: {
            end: ends[first.direction === 'DESC' ? 0 : 1],
            label: expressionLabel(first.expression, root, domain),
          },
        }),
    confidence,
  };
}
