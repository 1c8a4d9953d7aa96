import type { VerifiedQueries } from '../../../prisma/verified-queries.js';
import type { Asker, Plan, PlanRequest, VerifiedExample } from '../../planner/planner.js';
import { fits } from '../../planner/plans/fits.js';
import {
  keyOfQuestion,
  likeness,
  planFor,
  readVerifiedQuery,
  stemsOf,
  type VerifiedQuery,
} from './verified-query.js';

/** What stewards have approved, as questions find it. */
export interface VerifiedBook {
  /** The plan for a question that is verified, but for its values; for an asker who may see all that it names. */
  find(request: PlanRequest, asker: Asker): Promise<Plan | undefined>;
  /** Those most like a question that the asker may see all of, the likest first. */
  alike(question: string, asker: Asker): Promise<VerifiedExample[]>;
  /** Reads again what is approved, with the next question. */
  renew(): void;
}

export interface VerifiedBookOptions {
  readonly store: Pick<VerifiedQueries, 'list'>;
  readonly now: () => Date;
}

const MOST = 5_000;
/** After so long, what another process has approved is known here. */
const FRESH_MILLISECONDS = 10_000;
/** Questions that differ in a value share most of their words. */
const COMPARED = 5;
const ALIKE_ENOUGH = 0.3;
const EXAMPLES = 3;

export function makeVerifiedBook({ store, now }: VerifiedBookOptions): VerifiedBook {
  let read: { readonly at: number; readonly queries: Promise<readonly VerifiedQuery[]> } | undefined;

  function queries(): Promise<readonly VerifiedQuery[]> {
    const at = now().getTime();
    if (read !== undefined && at - read.at < FRESH_MILLISECONDS) return read.queries;
    const fresh = store.list(MOST).then((rows) => rows.flatMap((row) => readVerifiedQuery(row) ?? []));
    read = { at, queries: fresh };
    // The next question tries again.
    fresh.catch(() => {
      if (read?.queries === fresh) read = undefined;
    });
    return fresh;
  }

  async function likest(question: string, most: number): Promise<VerifiedQuery[]> {
    const stems = stemsOf(question);
    return (await queries())
      .map((query) => ({ query, score: likeness(stems, query.stems) }))
      .filter(({ score }) => score >= ALIKE_ENOUGH)
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ query }) => query);
  }

  return {
    async find(request, asker) {
      const key = keyOfQuestion(request.question);
      const same = (await queries()).filter((query) => query.key === key);
      const others = (await likest(request.question, COMPARED)).filter((query) => !same.includes(query));
      const dialects = new Map(
        request.candidates.knowledge.domains.map(({ name, dialect }) => [name, dialect]),
      );
      for (const query of [...same, ...others]) {
        if (query.plan.steps.some(({ domain }) => request.domains?.includes(domain) === false)) continue;
        const plan = await planFor(query, request, dialects);
        if (plan !== undefined && (await fits(plan, asker))) return plan;
      }
      return undefined;
    },
    async alike(question, asker) {
      const found: VerifiedExample[] = [];
      for (const query of await likest(question, EXAMPLES * 2)) {
        if (found.length < EXAMPLES && (await fits(query.plan, asker))) found.push(query);
      }
      return found;
    },
    renew() {
      read = undefined;
    },
  };
}
