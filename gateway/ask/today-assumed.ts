import type { PlanRequest } from '../planner/planner.js';
import { formatDate } from './format.js';

const ABOUT_TODAY =
  /\b(today|yesterday|tomorrow|tonight|now|current(ly)?|ago|so far|to date|((this|last|past|previous|next|coming|recent)( \w+)? (hour|day|week|weekend|month|quarter|year|decade)s?))\b/i;

/** What "today" was taken to be, where the question speaks of a time that hangs on it. */
export function todayAssumed({
  question,
  asOf,
  timeZone,
}: Pick<PlanRequest, 'question' | 'asOf' | 'timeZone'>): string[] {
  if (!ABOUT_TODAY.test(question)) return [];
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(asOf);
  return [`Today is ${formatDate(day)} (time zone ${timeZone}).`];
}
