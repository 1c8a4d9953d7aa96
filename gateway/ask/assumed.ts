import { dayInZone } from '../../schema/day-in-zone.js';
import type { Plan, PlanRequest } from '../planner/planner.js';
import { normalQuestion } from '../planner/plans/normal-question.js';
import { formatDate } from './format.js';

const ABOUT_TODAY =
  /\b(today|yesterday|tomorrow|tonight|now|current(ly)?|ago|so far|to date|((this|last|past|previous|next|coming|recent)( \w+)? (hour|day|week|weekend|month|quarter|year|decade)s?))\b/i;

/** What was taken for granted: by the plan, in reading the question as a whole one, and of what day "today" is. */
export function assumed(
  { assumptions, question: whole = '' }: Plan,
  { question, asOf, timeZone }: Pick<PlanRequest, 'question' | 'asOf' | 'timeZone'>,
): string[] {
  const day = dayInZone(asOf, timeZone);
  return [
    ...(whole === '' || normalQuestion(whole) === normalQuestion(question) ? [] : [`Read as “${whole}”.`]),
    ...assumptions,
    ...(ABOUT_TODAY.test(whole === '' ? question : whole)
      ? [`Today is ${formatDate(day)} (time zone ${timeZone}).`]
      : []),
  ];
}
