import type { OperationArgument } from '../../../knowledge/domain.js';
import { add } from '../recognise/period.js';
import type { Draft } from './draft.js';

/**
 * Gives a hand-written field its arguments: choices that the question names, names in it for required text, its
 * period for a pair of dates. False where one that is required stays open.
 */
export function fillArguments(draft: Draft): boolean {
  const operation = draft.scope.root.operation;
  if (operation === undefined) return true;
  for (const item of draft.items) {
    if (item.meaning.kind === 'choice') {
      item.used = true;
      draft.arguments[item.meaning.argument.name] = item.meaning.choice;
    }
  }
  const texts = operation.arguments.filter(
    (argument) => argument.type === 'text' && argument.presence === 'required',
  );
  for (const argument of texts) {
    const item = draft.items.find((candidate) => candidate.meaning.kind === 'argument' && !candidate.used);
    if (item?.meaning.kind !== 'argument') return false;
    item.used = true;
    draft.arguments[argument.name] = item.meaning.text;
    draft.argumentLabels.push(`for ${item.meaning.text}`);
  }
  return fillDates(
    draft,
    operation.arguments.filter((argument) => argument.type === 'date'),
  );
}

/** Two dates are the first and the last day of the question's period. */
function fillDates(draft: Draft, dates: readonly OperationArgument[]): boolean {
  const periods = draft.items.filter((item) => item.meaning.kind === 'period' && !item.used);
  if (dates.length === 0) {
    for (const item of periods) {
      // What is asked for now is what such a field gives; any other time is not.
      const now =
        item.meaning.kind === 'period' &&
        (item.meaning.period.kind === 'now' || isToday(draft, item.meaning.period));
      if (now) item.used = true;
      else return false;
    }
    return true;
  }
  const item = periods.find(
    (candidate) => candidate.meaning.kind === 'period' && candidate.meaning.period.kind === 'range',
  );
  if (item?.meaning.kind !== 'period' || item.meaning.period.kind !== 'range')
    return dates.every((argument) => argument.presence === 'optional');
  const { from, to, label } = item.meaning.period;
  const [first, last] = dates;
  if (first === undefined || last === undefined || from === undefined || to === undefined) return false;
  item.used = true;
  draft.arguments[first.name] = from;
  draft.arguments[last.name] = add('day', to, -1);
  draft.argumentLabels.push(label);
  return true;
}

function isToday(draft: Draft, period: { kind: string; from?: string; to?: string }): boolean {
  return period.kind === 'range' && period.from === draft.day && period.to === add('day', draft.day, 1);
}
