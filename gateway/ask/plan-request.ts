import { unknownName } from '../../schema/did-you-mean.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { retrieve } from '../knowledge/retrieve/retrieve.js';
import { readChoiceId } from '../planner/choice-id.js';
import { subjectOf } from '../planner/conversation/subject-of.js';
import type { Asker, PlanRequest } from '../planner/planner.js';
import { MOST_ROWS } from './carry-out.js';
import type { Memory } from './remembering.js';
import type { AskInput } from './schema/ask-service.js';

/** What a planner is asked: the question with its candidates, and what may be remembered of it. */
export async function requestOf(
  input: AskInput,
  context: RequestContext,
  knowledge: Knowledge,
  asker: Asker,
  memory: Memory,
): Promise<PlanRequest> {
  const { question, choiceId, domains } = input;
  const meaning = choiceId === undefined ? undefined : readChoiceId(choiceId);
  const earlier = await memory.earlier(input, context);
  const verified = await memory.verified.alike(question, asker);
  return {
    question,
    ...(meaning === undefined ? {} : { meaning }),
    asOf: input.asOf ?? context.asOf,
    timeZone: input.timeZone,
    // One row more than is shown tells whether there are more.
    maxRows: Math.min(input.maxRows + 1, MOST_ROWS),
    candidates: retrieve(subjectOf(question, earlier), knowledge, domains),
    ...(domains === undefined ? {} : { domains }),
    ...(earlier.length === 0 ? {} : { earlier }),
    ...(verified.length === 0 ? {} : { verified }),
  };
}

/** Throws UNKNOWN_NAME for a domain that the caller does not know. */
export function checkDomains(domains: readonly string[] | undefined, knowledge: Knowledge): void {
  const known = knowledge.domains.map((domain) => domain.name);
  for (const name of domains ?? []) {
    if (!known.includes(name)) throw unknownName('domain', name, 'this gateway', known);
  }
}
