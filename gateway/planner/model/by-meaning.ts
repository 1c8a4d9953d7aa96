import { LRUCache } from 'lru-cache';
import { AskgraphError } from '../../../schema/errors.js';
import { withDeadline } from '../../../schema/signals.js';
import { nearTables } from '../../knowledge/meaning/table-meanings.js';
import { retrieve } from '../../knowledge/retrieve/retrieve.js';
import type { EmbeddingModel } from '../../model/embedding.js';
import { subjectOf } from '../conversation/subject-of.js';
import type { Asker, FailedPlan, Planner, PlanRequest } from '../planner.js';

export interface MeaningOptions {
  readonly model: EmbeddingModel;
  /** How long one question may wait for its vector. */
  readonly timeoutMilliseconds: number;
  /** Told when words alone have to do. */
  readonly warn: (message: string, error: unknown) => void;
}

const REMEMBERED = 500;
/** What a question is about stands in its first words; models bound what they read. */
const LONGEST = 1_500;

/**
 * A planner that is shown tables too which stand near to the question by what they mean, though they share no word with
 * it. Where the embedding model does not answer, what words have found stands.
 */
export function byMeaning(planner: Planner, { model, timeoutMilliseconds, warn }: MeaningOptions): Planner {
  const { revise } = planner;
  const vectors = new LRUCache<string, Float32Array>({ max: REMEMBERED });

  async function vectorOf(text: string, asker: Asker): Promise<Float32Array | undefined> {
    const known = vectors.get(text);
    if (known !== undefined) return known;
    const signal = withDeadline(asker.signal, timeoutMilliseconds);
    const call = { model: model.name, purpose: 'embed', prompt: text, maximumTokens: 0 } as const;
    const {
      vectors: [vector],
    } = await asker.callModel(call, () => model.embed({ texts: [text], purpose: 'query', signal }));
    if (vector !== undefined) vectors.set(text, vector);
    return vector;
  }

  async function widened(request: PlanRequest, asker: Asker): Promise<PlanRequest> {
    const { question, earlier, domains, candidates } = request;
    const { knowledge } = candidates;
    if (knowledge.meanings === undefined || knowledge.meanings.isEmpty) return request;
    const subject = subjectOf(question, earlier);
    try {
      const vector = await vectorOf(subject.slice(0, LONGEST), asker);
      if (vector === undefined) return request;
      const near = nearTables(vector, knowledge, domains);
      return { ...request, candidates: retrieve(subject, knowledge, domains, near) };
    } catch (error) {
      if (!isOfTheModel(error) || asker.signal.aborted) throw error;
      warn(`The embedding model ${model.name} does not answer; tables are found by words alone.`, error);
      return request;
    }
  }

  return {
    name: planner.name,
    plan: async (request, asker) => planner.plan(await widened(request, asker), asker),
    ...(revise === undefined
      ? {}
      : {
          revise: async (request: PlanRequest, asker: Asker, failed: readonly FailedPlan[]) =>
            revise(await widened(request, asker), asker, failed),
        }),
  };
}

function isOfTheModel(error: unknown): boolean {
  return (
    error instanceof AskgraphError &&
    ['MODEL_UNAVAILABLE', 'MODEL_REPLY_INVALID', 'DEADLINE_EXCEEDED'].includes(error.code)
  );
}
