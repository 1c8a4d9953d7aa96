import type { Asker, Plan, PlanRequest } from '../planner.js';
import { inFence } from './fence.js';
import { shorten } from './one-line.js';

/** What was asked before may take of the prompt, in characters: some 800 tokens. */
const MEMORY_BUDGET = 3_000;
const LONGEST_QUESTION = 300;
const LONGEST_QUERY = 900;

/**
 * What people have approved for questions like this one, and what was asked before it, each in its fence; the latest
 * turn first where there is not room for all. Of domains whose values no model may hear, the questions alone.
 */
export function describeMemory({ verified = [], earlier = [] }: PlanRequest, asker: Asker): string[] {
  let room = MEMORY_BUDGET;
  const fitting = (texts: readonly string[]): string[] =>
    texts.filter((text) => {
      const fits = text.length <= room;
      if (fits) room -= text.length;
      return fits;
    });
  const mayBeHeard = ({ steps }: Plan) =>
    steps.every(({ domain }) => asker.valuesForModel(domain) === 'shown');
  const turns = fitting(
    earlier
      .toReversed()
      .map(({ question, plan }) =>
        [
          `Question: ${shorten(question, LONGEST_QUESTION)}`,
          ...(mayBeHeard(plan) ? describePlan(plan) : []),
        ].join('\n'),
      ),
  ).toReversed();
  const approved = fitting(
    verified
      .filter(({ plan }) => mayBeHeard(plan))
      .map(({ question, plan }) =>
        [`Question: ${shorten(question, LONGEST_QUESTION)}`, ...queriesOf(plan)].join('\n'),
      ),
  );
  return [
    ...(approved.length === 0 ? [] : [inFence('verified', approved.join('\n\n'))]),
    ...(turns.length === 0 ? [] : [inFence('conversation', turns.join('\n\n'))]),
  ];
}

function describePlan(plan: Plan): string[] {
  return [`Understood as: ${shorten(plan.restatement, LONGEST_QUESTION)}`, ...queriesOf(plan)];
}

function queriesOf({ steps, combine }: Plan): string[] {
  return [
    ...steps.map(
      ({ name, domain, language, query }) =>
        `Step ${name} (${domain}, ${language}): ${shorten(query, LONGEST_QUERY)}`,
    ),
    ...(combine === undefined ? [] : [`combine: ${shorten(combine.query, LONGEST_QUERY)}`]),
  ];
}
